"""Views of a challenge that is written step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from api.web.pieces import ChallengeLine, Choice, Named, Where
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class StepMark:
    """A step in the list of steps; `is_said`: something stands there already."""

    step: str
    is_said: bool


@dataclass(frozen=True)
class AdviceShown:
    """What the coach says, in which step it is mended, and the author's words that gave it."""

    hint: str
    step: str
    quote: str


@dataclass(frozen=True)
class Piece:
    """A part of the description; `need` is the number of the need that it is, 0 where it is none."""

    text: str
    need: int


@dataclass(frozen=True)
class NeedShown:
    """A need with its place from 1. `is_quoted`: it stands word for word in the description."""

    number: int
    text: str
    is_quoted: bool


@dataclass(frozen=True)
class StepPage(Page):
    """One step. `saved`: at what hour it was saved last; empty before. `id` is 0 before the first save."""

    template: ClassVar[str] = "challenge_step.html"
    id: int
    title: str
    spoken: str
    is_draft: bool
    step: str
    steps: tuple[StepMark, ...]
    typed: Typed
    saved: str
    advice: tuple[AdviceShown, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    areas_suggested: bool
    needs: tuple[NeedShown, ...]
    needs_suggested: bool
    text: tuple[tuple[Piece, ...], ...]
    guests: tuple[Named, ...]
    found: tuple[Named, ...]


@dataclass(frozen=True)
class CheckPage(Page):
    """All answers before they are posted, or after. `missing`: the steps without which it cannot be posted."""

    template: ClassVar[str] = "challenge_check.html"
    id: int
    line: ChallengeLine
    status: str
    steps: tuple[StepMark, ...]
    paragraphs: tuple[str, ...]
    expected_benefit: str
    beneficiaries: str
    where: Where
    areas: tuple[str, ...]
    principles: tuple[str, ...]
    budget_band: str
    procurement: str
    starts_on: date | None
    ends_on: date | None
    audience: str
    guests: tuple[Named, ...]
    needs: tuple[str, ...]
    needs_suggested: bool
    advice: tuple[AdviceShown, ...]
    missing: tuple[str, ...]
    wrong: Typed
    done: str


@dataclass(frozen=True)
class AlikePage(Page):
    """Challenges that read almost the same."""

    template: ClassVar[str] = "challenge_alike.html"
    id: int
    title: str
    spoken: str
    lines: tuple[ChallengeLine, ...]


VIEWS: tuple[type[Page], ...] = (StepPage, CheckPage, AlikePage)
