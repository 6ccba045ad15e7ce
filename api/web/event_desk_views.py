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
class Cell:
    """A meeting in someone's row; empty where there is none, away where someone is not there."""

    key: str
    names: str
    table: str
    is_pinned: bool
    is_away: bool
    awaits: bool


@dataclass(frozen=True)
class DayHead:
    """A day with the times at which its slots begin."""

    day: str
    times: tuple[str, ...]


@dataclass(frozen=True)
class RowShown:
    """Someone's slots."""

    participant_id: int
    name: str
    is_supplying: bool
    presence: str
    held: int
    missing: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ActTried:
    """What an act would cost and whom it would touch, with the form that does it."""

    act: str
    slot: str
    table: str
    ids: tuple[int, ...]
    fit_change: float
    missing_change: int
    touched: tuple[tuple[str, str, str], ...]  # names, before, after
    is_allowed: bool


@dataclass(frozen=True)
class Chosen:
    """The meeting that the desk looks at."""

    key: str
    names: str
    time: str
    table: str
    fit: float
    is_pinned: bool
    reason: str
    slots: tuple[Choice, ...]
    tables: tuple[Choice, ...]


@dataclass(frozen=True)
class Grid(Page):
    """The working copy: who meets whom when."""

    template: ClassVar[str] = "event_grid.html"
    line: EventLine
    working: WorkingShown
    heads: tuple[DayHead, ...]
    rows: tuple[RowShown, ...]
    shown: str
    found: str
    kinds: tuple[Choice, ...]
    everyone: tuple[Choice, ...]
    chosen: Chosen | None
    tried: ActTried | None
    unplaced: tuple[tuple[str, str, str], ...]  # key, names, reason
    typed: Typed
    done: str


@dataclass(frozen=True)
class ArrivalShown:
    """Someone at the door."""

    participant_id: int
    member: str
    name: str
    companions: str
    presence: str


@dataclass(frozen=True)
class StandbyShown:
    """Someone who could step in."""

    name: str
    held: int
    free_slots: int
    waiting: int


@dataclass(frozen=True)
class Arrivals(Page):
    """The arrival desk."""

    template: ClassVar[str] = "event_arrivals.html"
    line: EventLine
    found: str
    lines: tuple[ArrivalShown, ...]
    presence: Mapping[str, int]
    standbys: tuple[StandbyShown, ...]
    is_published: bool
    typed: Typed
    done: str


@dataclass(frozen=True)
class EventForm(Page):
    """An event being written."""

    template: ClassVar[str] = "event_form.html"
    event_id: int
    typed: Typed
    sights: tuple[Choice, ...]


VIEWS: tuple[type[Page], ...] = (Desk, Progress, Grid, Arrivals, EventForm)
