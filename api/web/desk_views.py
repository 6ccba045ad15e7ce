"""The views of the alliance's own desk and of what waits on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class Room(Page):
    """A page of the desk. `rooms`: the codes of those that the reader may open, in their order."""

    rooms: tuple[str, ...]


@dataclass(frozen=True)
class Waiting:
    """A queue: how much waits in it, and since when the oldest does."""

    code: str
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Desk(Room):
    """What waits, the queue with the oldest first."""

    template: ClassVar[str] = "desk.html"
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class QueueLine:
    """One thing that waits for one decision, on a page of its own.

    `state` is a code of its queue; `about` are the names it is about, empty where the reader may not know one.
    """

    id: int
    about: tuple[str, ...]
    state: str
    at: datetime | None
    due_at: datetime | None = None
    is_late: bool = False


@dataclass(frozen=True)
class QueuePage(Room):
    """One queue, oldest first. `done` is what was just done, `undoes` for whom that can be undone."""

    template: ClassVar[str] = "queue.html"
    code: str
    decided_at: str
    lines: tuple[QueueLine, ...]
    count: int
    is_first: bool
    next_query: str
    typed: Typed
    done: str
    undoes: int


VIEWS: tuple[type[Page], ...] = (Desk, QueuePage)
