"""The view of committees and those who sit in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class SeatShown:
    """Who sits in a seat, and for which agent."""

    id: int
    agent: str
    person: str
    filled_at: datetime


@dataclass(frozen=True)
class SectorShown:
    """The seats of a sector: how many there are, and those that are filled."""

    code: str
    count: int
    seats: tuple[SeatShown, ...]


@dataclass(frozen=True)
class CommitteeShown:
    """A committee; `state` is forming, in_force or ended."""

    id: int
    kind: str
    state: str
    constituted_on: date | None
    assembly_by: date | None
    is_overdue: bool
    ended_on: date | None
    sectors: tuple[SectorShown, ...]


@dataclass(frozen=True)
class Committees(Room):
    """All committees; `free`: who could be given a seat; `missing`: kinds of committee that there are not yet."""

    template: ClassVar[str] = "committees.html"
    committees: tuple[CommitteeShown, ...]
    free: tuple[Choice, ...]
    missing: tuple[str, ...]
    typed: Typed
    done: str


VIEWS: tuple[type[Page], ...] = (Committees,)
