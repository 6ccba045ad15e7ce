"""Views of the event desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from api.web.event_views import EventLine
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class LowShown:
    """Someone who cannot reach a guarantee, why, and the smallest change."""

    participant_id: int
    name: str
    floor: int
    reachable: int
    obstacle: str
    lacking: int


@dataclass(frozen=True)
class UnmetShown:
    """A wish that cannot be granted, by whom, with whom and why; who would have to be there, and when."""

    participant_id: int
    name: str
    others: str
    hindrance: str
    time: str
    away: str
    lacking: int


@dataclass(frozen=True)
class RunShown:
    """A search: where it stands; `problem` in the reader's words; figures of the best agenda so far."""

    id: int
    state: str
    mode: str
    stage: str
    done: int
    total: int
    is_active: bool
    problem: str
    placed: int | None
    quality: float
    missing: int


@dataclass(frozen=True)
class WorkingShown:
    """The working copy in figures."""

    placed: int
    quality: float
    missing: int
    awaiting: int
    unplaced: Mapping[str, int]


@dataclass(frozen=True)
class VersionShown:
    """A published agenda."""

    number: int
    again_number: int | None
    time: str
    certificate: Mapping[str, Any]


@dataclass(frozen=True)
class Desk(Page):
    """All that the secretariat does with an event, in the order in which it is done."""

    template: ClassVar[str] = "event_desk.html"
    line: EventLine
    next_states: tuple[str, ...]
    presence: Mapping[str, int]
    candidates: int
    agreed: int
    low: tuple[LowShown, ...]
    unmet: tuple[UnmetShown, ...]
    run: RunShown | None
    working: WorkingShown | None
    versions: tuple[VersionShown, ...]
    typed: Typed
    done: str


@dataclass(frozen=True)
class Progress(Page):
    """A search, followed while it runs."""

    template: ClassVar[str] = "event_progress.html"
    line: EventLine
    run: RunShown


@dataclass(frozen=True)
class EventForm(Page):
    """An event being written."""

    template: ClassVar[str] = "event_form.html"
    event_id: int
    typed: Typed
    sights: tuple[Choice, ...]


VIEWS: tuple[type[Page], ...] = (Desk, Progress, EventForm)
