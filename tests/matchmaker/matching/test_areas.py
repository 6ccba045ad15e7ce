from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from matchmaker.matching.areas import SUGGESTED_AT_MOST, AreaSuggestion, suggest_areas
from matchmaker.matching.ports import Document, Hit, Query, SearchRequest, SearchResult
from tests.factories import taxonomy
from tests.fakes import InMemoryIndex
from tests.search_contract import FOUR

AREAS = taxonomy().areas


@dataclass(frozen=True)
class Likings:
    """An index that holds some texts dear, by their beginning."""

    scores: dict[str, float]

    def search(self, _request: SearchRequest) -> SearchResult:
        return SearchResult((), "likings", 0, "")

    def examine(self, _document_id: int, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        return [None for _ in requests]

    def try_out(self, _document: Document, requests: Sequence[SearchRequest]) -> list[Hit | None]:
        return [None for _ in requests]

    def compare(self, _query: Query, options: Sequence[Query]) -> list[float]:
        begun = [[value for name, value in self.scores.items() if option.text.startswith(name)] for option in options]
        return [max(values, default=-1.0) for values in begun]


def suggested(scores: dict[str, float], language: str = "es") -> list[AreaSuggestion]:
    return suggest_areas(Likings(scores), taxonomy=taxonomy(), text="Un texto", language=language)


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_an_area_is_suggested_to_a_text_in_its_own_words(language: str) -> None:
    for area in AREAS:
        found = suggest_areas(
            InMemoryIndex(FOUR), taxonomy=taxonomy(), text=area.description[language], language=language
        )
        assert found[0].area == area.code


def test_an_area_is_as_near_as_its_nearest_description() -> None:
    area = next(area for area in AREAS if area.sub_terms)
    sub = area.sub_terms[-1]
    assert suggested({sub.name["es"]: 3.0, area.name["es"]: 2.9})[0] == AreaSuggestion(area.code, sub.code, 3.0)
    assert suggested({area.name["es"]: 3.0})[0] == AreaSuggestion(area.code, None, 3.0)


def test_nothing_is_suggested_to_a_text_about_something_else() -> None:
    assert suggested({}) == []
    assert suggest_areas(InMemoryIndex(()), taxonomy=taxonomy(), text="Agua", language="es") == []


def test_areas_far_behind_the_nearest_are_not_suggested() -> None:
    first, second = AREAS[0], AREAS[1]
    assert [found.area for found in suggested({first.name["es"]: 9.0, second.name["es"]: 1.0})] == [first.code]


def test_few_are_suggested_the_nearest_first_and_equals_by_their_code() -> None:
    found = suggested({area.name["es"]: 4.0 for area in AREAS} | {AREAS[-1].name["es"]: 4.1})
    rest = sorted(area.code for area in AREAS[:-1])
    assert [area.area for area in found] == [AREAS[-1].code, *rest][:SUGGESTED_AT_MOST]


@pytest.mark.parametrize("language", ["fr", "qu", "und"])
def test_a_text_in_another_language_is_compared_with_the_spanish_words(language: str) -> None:
    area = AREAS[0]
    assert [found.area for found in suggested({area.name["es"]: 4.0}, language)] == [area.code]
