"""The views of what the desk decides on requests, incidents and members."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class RequestPage(Room):
    """A request on personal data. `steps`: what may follow now."""

    template: ClassVar[str] = "rights_request.html"
    id: int
    is_queued: bool
    right: str
    state: str
    subject: str
    subject_id: int
    about: str
    words: str
    answer: str
    country: str
    law: str
    received_at: datetime
    due_at: datetime
    is_late: bool
    steps: tuple[Choice, ...]
    typed: Typed
    done: str


@dataclass(frozen=True)
class StepShown:
    """A step of an incident with its reasons."""

    state: str
    measure: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class IncidentPage(Room):
    """An incident as its reader may know it. `steps`: what the reader may do now; `examiners`: to whom it can go."""

    template: ClassVar[str] = "incident.html"
    id: int
    is_queued: bool
    about: Named | None
    article: str
    text: str
    reporter: str
    state: str
    due_at: datetime | None
    past: tuple[StepShown, ...]
    steps: tuple[Choice, ...]
    measures: tuple[Choice, ...]
    typed: Typed
    done: str


@dataclass(frozen=True)
class MemberLine:
    """A member in the register."""

    agent: Named
    kind: str
    status: str
    admitted_at: datetime


@dataclass(frozen=True)
class Members(Room):
    """The register, found by words and standing."""

    template: ClassVar[str] = "members.html"
    lines: tuple[MemberLine, ...]
    words: str
    statuses: tuple[Choice, ...]
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class ChangeShown:
    """A change of a standing, and why."""

    act: str
    reason: str
    changed_at: datetime


@dataclass(frozen=True)
class MemberPage(Room):
    """How a member stands, how that came, and what can be done now. `is_shown`: whether its own page opens."""

    template: ClassVar[str] = "member.html"
    agent: Named
    is_shown: bool
    kind: str
    changes: tuple[ChangeShown, ...]
    acts: tuple[Choice, ...]
    typed: Typed
    done: str


VIEWS: tuple[type[Page], ...] = (RequestPage, IncidentPage, Members, MemberPage)
