"""Views of a profile that is being written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from api.web.pieces import ChallengeLine, Choice, MatchExplained, Where
from api.web.typed import Typed
from api.web.views import Page
from matchmaker.profiles.completeness import Missing
from matchmaker.profiles.sorting import Sorted


@dataclass(frozen=True)
class Writing:
    """Whose profile is being written: `id` is 0 before it is begun, `is_first` while it was never published."""

    id: int
    name: str
    kind: str
    spoken: str
    is_first: bool
    has_copy: bool


@dataclass(frozen=True)
class StepMark:
    """A step with whether anything is said in it."""

    step: str
    is_said: bool


@dataclass(frozen=True)
class ItemLine:
    """An offer, or something done, in the list of its step."""

    number: int
    named: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class StepPage(Page):
    """One step. `item` is the number of what is rewritten, 0 for one more; `saved`: the hour at which it was."""

    template: ClassVar[str] = "profile_step.html"
    writing: Writing
    step: str
    steps: tuple[StepMark, ...]
    typed: Typed
    choices: Mapping[str, tuple[Choice, ...]]
    items: tuple[ItemLine, ...]
    item: int
    is_listed: bool
    saved: str
    missing: tuple[Missing, ...]
    challenges: tuple[Choice, ...]


@dataclass(frozen=True)
class DoneShown:
    """Something done, as it will be read."""

    number: int
    title: str
    where: Where
    year: int | None
    text: str
    result: str
    for_whom: str


@dataclass(frozen=True)
class CheckPage(Page):
    """Everything that was written, before it is published."""

    template: ClassVar[str] = "profile_check.html"
    writing: Writing
    kind_name: str
    summary: str
    paragraphs: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]
    experience: tuple[DoneShown, ...]
    spoken: tuple[str, ...]
    where: Where
    delivers_in: tuple[str, ...]
    areas: tuple[str, ...]
    website: str
    has_new_email: bool
    missing: tuple[Missing, ...]
    may_publish: bool
    is_reviewed: bool
    application_id: int
    wrong: Typed
    done: str


@dataclass(frozen=True)
class PreviewPage(Page):
    """How a match would quote the profile for a challenge that is chosen or typed."""

    template: ClassVar[str] = "profile_preview.html"
    writing: Writing
    typed: Typed
    challenges: tuple[Choice, ...]
    line: ChallengeLine | None
    match: MatchExplained | None


@dataclass(frozen=True)
class PastePage(Page):
    """A text or a file from which a profile is drafted."""

    template: ClassVar[str] = "profile_paste.html"
    writing: Writing
    typed: Typed
    megabytes: int
    pages: int


@dataclass(frozen=True)
class SortedPage(Page):
    """The sentences of a text, each with where it seems to belong, before any of them is kept."""

    template: ClassVar[str] = "profile_sorted.html"
    writing: Writing
    text: str
    sentences: tuple[Sorted, ...]
    spoken: str
    website: str
    left_out: int


VIEWS: tuple[type[Page], ...] = (StepPage, CheckPage, PreviewPage, PastePage, SortedPage)
