import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.correction import Correction, QuerySample
from indexer.faiss_index import Rows, VectorIndex
from indexer.generation import Entry, Generation, Manifest
from indexer.smoothing import DOCUMENTS_PER_NEIGHBOUR, smoothed
from indexer.vectors import Vectors

DIMENSION = 8


def generation_of(sections: Vectors) -> Generation:
    """One document a row, each with one section."""
    entries = [
        Entry("profile", number, 1, "es", (), (), (f"digest{number}",), ("section",))
        for number in range(1, len(sections) + 1)
    ]
    nothing, identity = np.zeros((1, DIMENSION), np.float32), np.eye(DIMENSION, dtype=np.float32)
    sample = QuerySample(nothing, np.zeros(1, np.float32))
    return Generation(
        manifest=Manifest(1, "fake-1", "none", len(entries), ""),
        entries=entries,
        vectors=VectorIndex.of(sections, graph_from_rows=10**6),
        correction=Correction("none", {"es": sample}, {("es", "section"): nothing[0]}, identity, {"es": identity}),
    )


def drawn(size: int, seed: int) -> tuple[Vectors, Vectors]:
    """Random sections and scores."""
    random = np.random.default_rng(seed)
    return random.normal(size=(size, DIMENSION)).astype(np.float32), random.normal(size=size).astype(np.float32)


def everyone(sections: Vectors) -> Rows:
    return np.arange(len(sections), dtype=np.int64)


@given(st.integers(0, DOCUMENTS_PER_NEIGHBOUR - 1), st.integers(0, 1_000))
@settings(max_examples=60, deadline=None)
def test_among_few_documents_nobody_has_neighbours(size: int, seed: int) -> None:
    sections, scores = drawn(size, seed)
    result = smoothed(generation_of(sections), everyone(sections), scores)
    assert np.argsort(result).tolist() == np.argsort(scores).tolist()


@given(st.integers(DOCUMENTS_PER_NEIGHBOUR, 120), st.integers(0, 1_000))
@settings(max_examples=60, deadline=None)
def test_the_order_of_documents_does_not_depend_on_the_order_of_rows(size: int, seed: int) -> None:
    sections, scores = drawn(size, seed)
    turned = smoothed(generation_of(sections[::-1].copy()), everyone(sections), scores[::-1].copy())[::-1]
    assert np.allclose(smoothed(generation_of(sections), everyone(sections), scores), turned, atol=1e-4)


def test_a_document_among_others_that_answer_passes_one_that_stands_alone() -> None:
    sections, scores = drawn(64, 3)
    sections[:4] = np.eye(DIMENSION, dtype=np.float32)[0] + 0.01 * sections[:4]
    scores = np.clip(scores, -1, 0.9)
    scores[:4], scores[10] = (1.4, 1.4, 1.4, 1.0), 1.1
    result = smoothed(generation_of(sections), everyone(sections), scores)
    assert result[3] > result[10]


def test_what_stands_out_by_itself_stays_first() -> None:
    sections, scores = drawn(64, 4)
    scores = np.clip(scores, -1, 1)
    scores[7] = 6.0
    assert np.argmax(smoothed(generation_of(sections), everyone(sections), scores)) == 7


def test_twins_lend_each_other_the_same() -> None:
    sections, scores = drawn(64, 5)
    sections[1], scores[1] = sections[0], scores[0]
    result = smoothed(generation_of(sections), everyone(sections), scores)
    assert np.isclose(result[0], result[1], atol=1e-4)


def test_a_document_without_words_has_no_centre() -> None:
    sections, _ = drawn(3, 6)
    generation = generation_of(sections)
    assert np.allclose(np.linalg.norm(generation.centres, axis=1), 1, atol=1e-5)
    wordless = Generation(
        manifest=generation.manifest,
        entries=[*generation.entries[:1], Entry("profile", 9, 1, "es", (), (), (), ()), *generation.entries[1:]],
        vectors=generation.index,
        correction=generation.correction,
    )
    assert wordless.centres[1].tolist() == [0.0] * DIMENSION
    assert np.allclose(wordless.centres[[0, 2, 3]], generation.centres)
