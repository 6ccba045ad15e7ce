"""Views of the working copy as a grid."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.event_desk_views import WorkingShown
from api.web.event_views import EventLine
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


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
