"""The views of the curation board: challenges, candidates ticked, one look at each, what was made."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Candidate, ChallengeLine, Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class SuggestionShown:
    """A candidate to tick. `pair` is what is sent; `can_propose` is false where it would be refused for sure."""

    pair: str
    candidate: Candidate
    notices: tuple[str, ...]
    shown: int
    others: int
    can_propose: bool
    is_ticked: bool


@dataclass(frozen=True)
class CandidatesShown:
    """The candidates of one challenge, once they were asked for."""

    suggestions: tuple[SuggestionShown, ...]
    introduced: int


@dataclass(frozen=True)
class CuratedLine:
    """A challenge of the board; without candidates until it is opened."""

    line: ChallengeLine
    population: int | None
    introductions: int
    candidates: CandidatesShown | None


@dataclass(frozen=True)
class Board(Room):
    """The board. `ticked` are pairs that were ticked before and are not on this page."""

    template: ClassVar[str] = "curation.html"
    lines: tuple[CuratedLine, ...]
    countries: tuple[Choice, ...]
    only_bare: bool
    narrowed: str
    wrong: Typed


@dataclass(frozen=True)
class BoardPart(Room):
    """The candidates of one challenge, to be put into the board."""

    template: ClassVar[str] = "curation_part.html"
    each: CuratedLine


@dataclass(frozen=True)
class Review(Room):
    """One look at each pair, and the message that both sides read."""

    template: ClassVar[str] = "curation_review.html"
    lines: tuple[CuratedLine, ...]
    count: int
    typed: Typed


@dataclass(frozen=True)
class MadeShown:
    """What became of one pair: an introduction, one that was there before, or why there is none."""

    title: str
    title_language: str
    name: str
    introduction_id: int | None
    is_made: bool
    refusal: str


@dataclass(frozen=True)
class CurationReport(Room):
    """What was made and what was refused, and why."""

    template: ClassVar[str] = "curation_report.html"
    made: tuple[MadeShown, ...]
    known: tuple[MadeShown, ...]
    refused: tuple[MadeShown, ...]


VIEWS: tuple[type[Page], ...] = (Board, BoardPart, Review, CurationReport)
