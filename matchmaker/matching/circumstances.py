"""Which circumstances of an agent fit a challenge: "solutions in function of their own circumstances". Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.languages import UNDETERMINED
from matchmaker.matching.asks import Ask
from matchmaker.matching.documents import countries_reached
from matchmaker.places.models import Located
from matchmaker.places.sizes import SizeBand, are_alike, band
from matchmaker.profiles.drafts import ANYWHERE
from matchmaker.profiles.models import Experience, Profile


class Circumstance(StrEnum):
    """What may count, for or against. Words belong to the page; values travel beside the code."""

    SAME_COUNTRY = "same_country"
    DELIVERS_THERE = "delivers_there"
    DOES_NOT_DELIVER_THERE = "does_not_deliver_there"
    SHARED_LANGUAGE = "shared_language"
    NO_SHARED_LANGUAGE = "no_shared_language"
    WORKED_IN_LIKE_PLACES = "worked_in_like_places"
    WORKED_IN_THE_COUNTRY = "worked_in_the_country"
    LIKE_SIZE = "like_size"  # of two public bodies


WEIGHTS = {
    Circumstance.SAME_COUNTRY: 0.0,  # said, not counted: delivering there is what matters
    Circumstance.DELIVERS_THERE: 0.10,
    Circumstance.DOES_NOT_DELIVER_THERE: -0.25,
    Circumstance.SHARED_LANGUAGE: 0.0,  # said, not counted: an answer in the other language is as good
    Circumstance.NO_SHARED_LANGUAGE: 0.0,
    Circumstance.WORKED_IN_LIKE_PLACES: 0.10,
    Circumstance.WORKED_IN_THE_COUNTRY: 0.05,
    Circumstance.LIKE_SIZE: 0.10,
}
"""In standard deviations of relevance among the candidates: enough to order near equals, never to hide an answer.

Age, size and number of contracts are not among them: two experiences in like places count as one.
"""


@dataclass(frozen=True)
class Fitting:
    """A circumstance with the values that a sentence about it needs."""

    code: Circumstance
    values: dict[str, str | int]


def circumstances_of(ask: Ask, profile: Profile, experience: Sequence[Experience]) -> tuple[Fitting, ...]:
    """The circumstances that count between a challenge and an agent; a challenge without a place has fewer."""
    found: list[Fitting] = []
    country = ask.where.country
    if country:
        found += _reach(profile, country)
        done_there = [done for done in experience if done.country == country]
        if done_there and profile.country != country:
            found.append(Fitting(Circumstance.WORKED_IN_THE_COUNTRY, {"country": country}))
    found += _tongues(ask, profile)
    found += _like_places(ask.where, experience)
    return tuple(found)


def size_circumstance(first: Located, second: Located) -> tuple[Fitting, ...]:
    """Whether two places are of like size, for peers."""
    if not _comparable(first, second):
        return ()
    return (Fitting(Circumstance.LIKE_SIZE, {"place": second.place_name, "band": str(band(second.population))}),)


def weight(circumstances: Sequence[Fitting]) -> float:
    """What all circumstances together add to relevance, in its standard deviations."""
    return sum(WEIGHTS[fitting.code] for fitting in circumstances)


def _reach(profile: Profile, country: str) -> list[Fitting]:
    if profile.country == country:
        return [
            Fitting(Circumstance.SAME_COUNTRY, {"country": country}),
            Fitting(Circumstance.DELIVERS_THERE, {"country": country}),
        ]
    if not (profile.country or profile.delivery_area):
        return []
    reached = countries_reached(profile)
    delivers = country in reached or ANYWHERE in reached
    code = Circumstance.DELIVERS_THERE if delivers else Circumstance.DOES_NOT_DELIVER_THERE
    return [Fitting(code, {"country": country})]


def _tongues(ask: Ask, profile: Profile) -> list[Fitting]:
    if not profile.languages or ask.language == UNDETERMINED:
        return []
    if ask.language in profile.languages:
        return [Fitting(Circumstance.SHARED_LANGUAGE, {"language": ask.language})]
    return [Fitting(Circumstance.NO_SHARED_LANGUAGE, {"language": ask.language})]


def _like_places(where: Located, experience: Sequence[Experience]) -> list[Fitting]:
    alike = list(dict.fromkeys(done.place_name for done in experience if _comparable(where, done)))
    if not alike:
        return []
    values: dict[str, str | int] = {
        "places": ", ".join(alike[:3]), "count": len(alike), "band": str(band(where.population))
    }  # fmt: skip
    return [Fitting(Circumstance.WORKED_IN_LIKE_PLACES, values)]


def _comparable(first: Located, second: Located) -> bool:
    known = band(first.population) is not SizeBand.UNKNOWN and band(second.population) is not SizeBand.UNKNOWN
    return bool(second.place_name) and known and are_alike(first.population, second.population)
