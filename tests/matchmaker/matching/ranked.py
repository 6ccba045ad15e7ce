"""Rows and hits by the few things that a test of matching cares about; none is stored."""

from collections.abc import Sequence
from typing import Any

from matchmaker.matching.asks import Ask
from matchmaker.matching.circumstances import Fitting
from matchmaker.matching.ports import Evidence, Hit, Query
from matchmaker.matching.ranking import Candidate
from matchmaker.places.models import Located
from matchmaker.profiles.models import Experience, Profile
from matchmaker.sentences import digest_of
from tests.factories import NOW

SMALL_TOWN, LIKE_TOWN, LARGE_CITY = 20_000, 24_000, 2_000_000


def profile(**changes: object) -> Profile:
    """A firm of Colombia that speaks Spanish."""
    values: dict[str, Any] = {
        "id": 1, "kind": "company", "name": "Fugas", "language": "es", "languages": ["es"], "country": "CO",
        "delivery_area": [], "areas": [], "created_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return Profile(**(values | changes))


def done_in(name: str, *, country: str = "CO", population: int | None = LIKE_TOWN) -> Experience:
    """Something done in a place."""
    return Experience(
        profile_id=1, position=0, title="", text="", place_name=name, country=country, population=population
    )


def ask(*needs: str, country: str = "CO", population: int | None = SMALL_TOWN, language: str = "es") -> Ask:
    """A question of a town."""
    return Ask(
        needs=tuple(Query(need, language) for need in needs or ("fugas",)),
        whole=None,
        principles=(),
        language=language,
        where=Located(country=country, population=population, place_name="Aquí" if country else ""),
    )


def evidence(*found: tuple[str, float]) -> tuple[Evidence, ...]:
    """Evidence by the words of each sentence."""
    return tuple(Evidence(digest_of(text), deviations) for text, deviations in found)


def candidate(
    number: int, relevance: float, *, circumstances: Sequence[Fitting] = (), best: Sequence[float] = (1.0,)
) -> Candidate:
    """A candidate without words."""
    hit = Hit(number, 1, relevance, 0.0, 0.0, ())
    return Candidate(hit, tuple(circumstances), tuple(best))
