"""The match of a challenge as a grid: its needs across, those who answer down, and every sentence quoted below."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from api.web.pieces import Candidate, ChallengeLine, Found, Named, Quote
from api.web.views import ChallengePage, Page


@dataclass(frozen=True)
class Said:
    """What one who answers says to a need."""

    agent: Named
    language: str
    quote: Quote
    deviations: float


@dataclass(frozen=True)
class NeedAnswered:
    """A need, numbered from 1, with everyone's sentences, the closest first."""

    number: int
    need: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Grid(Page):
    """Needs by candidates. `most`: deviations of the closest sentence of all, the largest disc."""

    template: ClassVar[str] = "grid.html"
    line: ChallengeLine
    is_own: bool
    found: Found
    needs: tuple[NeedAnswered, ...]
    most: float
    list_query: str
    more_query: str


VIEWS: tuple[type[Page], ...] = (Grid,)


def grid_of(shown: ChallengePage) -> Grid:
    """The same matches that the page of the challenge lists, with the same filters."""
    chosen = [("kinds", choice.value) for choice in shown.kinds if choice.is_chosen]
    places = [("country", choice.value) for choice in shown.countries if choice.is_chosen]
    tongues = [("spoken", choice.value) for choice in shown.spoken if choice.is_chosen]
    filters = [*chosen, *places, *tongues, *([("delivering", "1")] if shown.delivering else [])]
    found = shown.found
    deviations = [
        answer.deviations for candidate in found.candidates for answer in candidate.match.answers if answer.quote
    ]
    return Grid(
        language=shown.language,
        frame=shown.frame,
        line=shown.line,
        is_own=shown.own.is_own,
        found=found,
        needs=tuple(_answered(number, need, found.candidates) for number, need in enumerate(found.needs, 1)),
        most=max(deviations, default=1.0),
        list_query=_query(filters),
        more_query=_query([*filters, ("view", "grid"), ("shown", str(found.more))]) if found.more else "",
    )


def _answered(number: int, need: str, candidates: tuple[Candidate, ...]) -> NeedAnswered:
    said = [
        Said(candidate.agent, candidate.language, answer.quote, answer.deviations)
        for candidate in candidates
        for answer in candidate.match.answers
        if answer.number == number and answer.quote
    ]
    return NeedAnswered(number, need, tuple(sorted(said, key=lambda one: -one.deviations)))


def _query(values: list[tuple[str, str]]) -> str:
    return f"?{urlencode(values)}" if values else ""
