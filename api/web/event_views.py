"""Views of events, as members see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class EventLine:
    """An event in a list; `days` as they are written."""

    id: int
    name: str
    where: str
    days: str
    state: str


@dataclass(frozen=True)
class ComingLine:
    """An event at which a member of the reader's takes part, with the way to that member's agenda."""

    line: EventLine
    participant_id: int
    member: str


@dataclass(frozen=True)
class MemberShown:
    """A member that takes part; `degree` is what the reader said of it."""

    profile_id: int
    name: str
    kind: str
    country: str
    is_remote: bool
    sponsor: str
    degree: str
    is_offered: bool


@dataclass(frozen=True)
class MeetingShown:
    """A meeting at its time and place; `own_time` on the reader's own clock, where that is another one."""

    key: str
    time: str
    own_time: str
    table: str
    room: str
    topic: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    links: tuple[str, ...]
    has_met: bool | None
    outcomes: tuple[Choice, ...]


@dataclass(frozen=True)
class GroupShown:
    """A group to which one is asked."""

    id: int
    topic: str
    is_coming: bool | None


@dataclass(frozen=True)
class TakingPartShown:
    """A member of the reader's that takes part, with its meetings, wishes and groups."""

    participant_id: int
    name: str
    presence: str
    meetings: tuple[MeetingShown, ...]
    members: tuple[MemberShown, ...]
    groups: tuple[GroupShown, ...]


@dataclass(frozen=True)
class Events(Page):
    """Events to come and held."""

    template: ClassVar[str] = "events.html"
    lines: tuple[EventLine, ...]
    is_desk: bool
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class EventPage(Page):
    """An event with what the reader has to do with it."""

    template: ClassVar[str] = "event.html"
    line: EventLine
    description: str
    zone: str
    opens_at: datetime
    closes_at: datetime
    takes_words: bool
    may_register: tuple[Choice, ...]
    needs_member: bool  # nobody for whom one acts is there to be registered
    own: tuple[TakingPartShown, ...]
    number: int | None  # of the published agenda
    shows_whole: bool
    is_desk: bool
    typed: Typed
    done: str


@dataclass(frozen=True)
class WholeAgendaPage(Page):
    """The agenda in force, slot by slot."""

    template: ClassVar[str] = "event_agenda.html"
    line: EventLine
    number: int
    slots: tuple[tuple[str, tuple[MeetingShown, ...]], ...]


VIEWS: tuple[type[Page], ...] = (Events, EventPage, WholeAgendaPage)
