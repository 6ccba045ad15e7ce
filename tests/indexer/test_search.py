import sqlite3
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import Builder, Progress
from indexer.correction import Correction, QuerySample
from indexer.engines import Engine
from indexer.faiss_index import VectorIndex
from indexer.generation import Entry, Generation, Manifest
from indexer.scoring import reordered
from indexer.search import MeaningIndex
from indexer.vectors import Vectors
from matchmaker.errors import NotReadyError
from matchmaker.matching.ports import Document, Query, SearchIndex
from tests.fakes import HashingEncoder
from tests.indexer.conftest import OpenEngine, publish
from tests.search_contract import FOUR, LEAKS, WASTE, SearchContract, Searched, document, numbers, request

LANGUAGES = ("es", "pt", "en", "fr")
WORDS = ("agua", "fuga", "red", "luz", "bus", "calle")


class TestMeaningIndex(SearchContract):
    @pytest.fixture
    def searched(self, open_index: OpenEngine) -> Searched:
        folders = count()

        def filled(documents: Sequence[Document]) -> SearchIndex:
            engine = open_index(folder=f"index{next(folders)}")
            publish(engine, documents)
            return engine.index

        return filled


def test_an_index_that_was_never_built_says_so(engine: Engine) -> None:
    for ask in (lambda: engine.index.search(request(LEAKS)), lambda: engine.index.compare(Query(LEAKS, "es"), [])):
        with pytest.raises(NotReadyError, match="index_being_built"):
            ask()


def test_an_index_of_another_model_is_being_built_until_the_swap(open_index: OpenEngine) -> None:
    publish(open_index(HashingEncoder("fake-1")), FOUR)
    engine = open_index(HashingEncoder("fake-2"))
    with pytest.raises(NotReadyError, match="index_being_built"):
        engine.index.search(request(LEAKS))
    publish(engine, FOUR, number=2)
    assert engine.index.search(request(LEAKS)).hits[0].id == 1


@pytest.mark.parametrize("filters", [(), (frozenset({"kind:company"}),), (frozenset({"country:CO"}),)])
def test_a_graph_beside_the_rows_changes_no_answer_of_a_small_index(
    open_index: OpenEngine, filters: tuple[frozenset[str], ...]
) -> None:
    exact, graph = open_index(folder="exact"), open_index(folder="graph", graph_from_rows=1)
    for engine in (exact, graph):
        publish(engine, FOUR)
    asked = request(LEAKS, WASTE, filters=filters)
    found = graph.index.search(asked)
    assert found.hits
    assert found == exact.index.search(asked)


def test_a_result_names_model_generation_and_correction(engine: Engine) -> None:
    publish(engine, FOUR, number=3)
    found = engine.index.search(request(LEAKS))
    assert (found.model, found.generation) == ("fake-1", 3)
    assert found.correction.endswith("-3")


def test_what_is_only_tried_leaves_nothing_behind(open_index: OpenEngine, tmp_path: Path) -> None:
    engine = open_index()
    publish(engine, FOUR)

    def kept() -> int:
        with sqlite3.connect(tmp_path / "index" / "embeddings.sqlite") as connection:
            found: int = connection.execute("SELECT count(*) FROM vector").fetchone()[0]
        connection.close()
        return found

    before = kept()
    engine.index.search(request("Un secreto de la ciudad", whole=Query("Otro secreto", "es")))
    assert kept() == before
    engine.index.search(request(needs=(Query("Una pregunta publicada", "es", is_stored=True),)))
    assert kept() == before + 1


def test_documents_without_a_word_to_quote_are_passed_over(engine: Engine) -> None:
    publish(engine, [*FOUR, document(8)])
    assert sorted(numbers(engine.index, request(LEAKS))) == [1, 2, 3]
    assert numbers(engine.index, request(LEAKS, only=frozenset({8}))) == []


def test_few_candidate_rows_still_give_the_best_documents(engine: Engine) -> None:
    publish(engine, [document(number, f"{LEAKS} número {number}", WASTE) for number in range(1, 3_000)])
    assert numbers(engine.index, request(f"{LEAKS} número 1234", limit=1)) == [1234]


@st.composite
def corpora(draw: st.DrawFn) -> tuple[Generation, Vectors, list[str], str]:
    size = draw(st.integers(1, 12))
    entries = [
        Entry(
            subject="profile", id=number, version=1, language=draw(st.sampled_from(LANGUAGES)), facets=(),
            terms=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=4))), digests=("d",), levels=("sentence",),
        )
        for number in draw(st.permutations(range(1, size + 1)))
    ]  # fmt: skip
    scores = draw(st.lists(st.floats(-3, 3, width=32), min_size=size, max_size=size))
    asked = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    generation = Generation(
        manifest=Manifest(1, "fake-1", "none", size, ""),
        entries=entries,
        vectors=VectorIndex.of(np.zeros((size, 2), np.float32), graph_from_rows=10**6),
        correction=_no_correction(),
    )
    return generation, np.array(scores, dtype=np.float32), asked, draw(st.sampled_from(LANGUAGES))


def _no_correction() -> Correction:
    nothing = np.zeros((1, 2), np.float32)
    sample = QuerySample(nothing, np.zeros(1, np.float32))
    identity = np.eye(2, dtype=np.float32)
    return Correction("none", {"es": sample}, {("es", "sentence"): nothing[0]}, identity, {"es": identity})


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_words_in_common_never_move_a_document_past_those_of_another_language(
    case: tuple[Generation, Vectors, list[str], str],
) -> None:
    generation, scores, asked, language = case
    documents = np.arange(len(scores), dtype=np.int64)
    result = reordered(generation, documents, scores, asked, language)
    same = generation.languages == (language if language != "fr" else "other")
    assert result[~same].tolist() == scores[~same].tolist()
    for place in np.flatnonzero(same):  # documents that are equal in all share the mean of their scores
        equals = np.isclose(result[same], result[place])
        if equals.sum() == 1:
            assert result[place] in scores[same]
    assert np.isclose(result[same].sum(), scores[same].sum(), atol=1e-5)
    assert all(scores[same].min() - 1e-6 <= value <= scores[same].max() + 1e-6 for value in result[same])


def test_words_in_common_decide_between_equals_of_the_language(engine: Engine) -> None:
    publish(engine, [document(1, WASTE), document(2, LEAKS), document(3, WASTE)])
    generation = engine.generations.current()
    assert generation is not None
    documents, scores = np.arange(3, dtype=np.int64), np.array([0.2, 0.1, 0.2], np.float32)
    unchanged = reordered(generation, documents, scores, ["desconocida"], "es")
    assert unchanged.tolist() == scores.tolist()
    moved = reordered(generation, documents, np.full(3, 0.5, np.float32), ["fug"], "es")
    assert moved.tolist() == [0.5, 0.5, 0.5]


def test_searches_go_on_while_another_model_is_built_beside(open_index: OpenEngine) -> None:
    old, new = open_index(HashingEncoder("fake-1")), open_index(HashingEncoder("fake-2"))
    publish(old, FOUR)
    beside = new.builder.whole(FOUR, number=2, reason="no index of this model", progress=_searching(old.index))
    assert numbers(old.index, request(LEAKS))[0] == 1
    new.generations.publish(beside)
    assert new.index.search(request(LEAKS)).model == "fake-2"
    assert numbers(new.index, request(LEAKS))[0] == 1


def _searching(index: MeaningIndex) -> Progress:
    def search(_stage: str, _done: int, _total: int) -> None:
        assert numbers(index, request(LEAKS))[0] == 1

    return search


def test_a_builder_says_whether_a_generation_is_of_its_model(open_index: OpenEngine) -> None:
    old, new = open_index(HashingEncoder("fake-1")), open_index(HashingEncoder("fake-2"))
    publish(old, FOUR)
    builders: list[Builder] = [old.builder, new.builder]
    assert [builder.fits(old.generations.current()) for builder in builders] == [True, False]
    assert old.builder.fits(None) is False
