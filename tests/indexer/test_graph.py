"""A small index that really walks its graph, beside one that scans: filters, additions, replacements, removals."""

from collections.abc import Sequence
from itertools import product

import pytest

from indexer.engines import Engine
from indexer.faiss_index import graph_walks
from indexer.sync import silent
from matchmaker.matching.ports import Document, SearchRequest, Subject
from tests.indexer.conftest import OpenEngine, publish
from tests.search_contract import document, request

CANDIDATE_ROWS = 60  # of some 640
SUBJECTS = ("fugas de agua", "residuos orgánicos", "alumbrado público", "autobuses eléctricos", "archivos digitales")
VERBS = ("Buscamos", "Medimos", "Reparamos", "Enseñamos", "Financiamos", "Diseñamos", "Evaluamos", "Vigilamos")
PLACES = (
    "en barrios altos",
    "en mercados",
    "en escuelas",
    "junto al río",
    "en el puerto",
    "en veredas",
    "de noche",
    "a pie",
)
TEXTS = [f"{verb} {subject} {place}" for verb, subject, place in product(VERBS, SUBJECTS, PLACES)]
ASKED = [
    request(*needs, filters=tuple(frozenset({facet}) for facet in facets))
    for needs in ((TEXTS[3],), (TEXTS[100], TEXTS[250]), ("Cuidamos el agua de los barrios",))
    for facets in ((), ("kind:company",), ("kind:company", "country:CO"))
]  # fmt: skip


def profile(number: int, text: str) -> Document:
    facets = [f"kind:{('company', 'expert')[number % 2]}", f"country:{('CO', 'BR', 'PE')[number % 3]}"]
    return document(number, text, facets=facets)


ALL = [profile(number, text) for number, text in enumerate(TEXTS, start=1)]


@pytest.fixture
def walking(open_index: OpenEngine) -> Engine:
    return open_index(folder="walking", graph_from_rows=1, scan_rows=0, candidate_rows=CANDIDATE_ROWS)


@pytest.fixture
def scanning(open_index: OpenEngine) -> Engine:
    return open_index(folder="scanning", candidate_rows=CANDIDATE_ROWS)


def change(engine: Engine, documents: Sequence[Document], numbers: Sequence[int]) -> None:
    """Add, replace or remove these numbers, and make the result the live generation."""
    current = engine.generations.current()
    assert current is not None
    changed = {(Subject.PROFILE, number) for number in numbers}
    with engine.generations.writing:
        engine.generations.publish(engine.builder.changed(current, documents, changed, silent))


def same(walking: Engine, scanning: Engine, asked: SearchRequest) -> float:
    """The share of the first ten that both find, after a search that walked beside one that did not."""
    before = graph_walks()
    scanned = scanning.index.search(asked).hits[:10]
    assert graph_walks() == before
    walked = walking.index.search(asked).hits[:10]
    assert graph_walks() > before
    assert len(walked) == 10
    return len({hit.id for hit in walked} & {hit.id for hit in scanned}) / 10


def blank_places(engine: Engine) -> int:
    current = engine.generations.current()
    assert current is not None
    return current.index.blank_places


@pytest.mark.parametrize("asked", ASKED)
def test_a_walk_finds_what_a_scan_finds_under_every_filter(
    walking: Engine, scanning: Engine, asked: SearchRequest
) -> None:
    for engine in (walking, scanning):
        publish(engine, ALL)
    assert same(walking, scanning, asked) >= 0.9
    facets = {number: found.facets for number, found in enumerate(ALL, start=1)}
    for hit in walking.index.search(asked).hits:
        assert all(facets[hit.id] & wanted for wanted in asked.filters)


def test_what_is_added_replaced_and_removed_is_walked_to_or_not_at_all(walking: Engine, scanning: Engine) -> None:
    new, other = "Plantamos manglares contra la marea", "Criamos abejas en las azoteas"
    for engine in (walking, scanning):
        publish(engine, ALL)
        change(engine, [profile(900, new)], [900])
        change(engine, [profile(4, other)], [4])
        change(engine, [], [5, 6])
    assert blank_places(walking) == 6  # a section and a sentence of each of three
    for text, number in ((new, 900), (other, 4)):
        assert same(walking, scanning, request(text)) >= 0.9
        assert walking.index.search(request(text)).hits[0].id == number
    for text in (TEXTS[3], TEXTS[4], TEXTS[5]):
        assert not {5, 6} & {hit.id for hit in walking.index.search(request(text)).hits}
        assert same(walking, scanning, request(text)) >= 0.9


def test_a_graph_of_many_blank_places_is_built_anew(walking: Engine, scanning: Engine) -> None:
    for engine in (walking, scanning):
        publish(engine, ALL)
    for first in range(1, 161, 40):
        gone = range(first, first + 40)
        for engine in (walking, scanning):
            change(engine, [], gone)
        assert same(walking, scanning, ASKED[0]) >= 0.9
    assert blank_places(walking) < 160  # of 320 rows that are gone
