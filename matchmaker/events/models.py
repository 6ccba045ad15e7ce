"""Events, who takes part, what each would like, and the agendas made and published for them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS


class EventState(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"  # only the secretariat sees it
    OPEN = "open"  # members register and say whom they would like to meet
    CLOSED = "closed"  # registration is over; the agenda is being made, or held
    OVER = "over"
    CANCELLED = "cancelled"


class AgendaSight(StrEnum):
    """Who reads the whole published agenda; one's own is always read."""

    OWN = "own"
    PARTICIPANTS = "participants"
    EVERYONE = "everyone"


class Presence(StrEnum):
    """Whether someone who is registered comes."""

    EXPECTED = "expected"
    ARRIVED = "arrived"
    ABSENT = "absent"  # did not come: its meetings are free for others
    CANCELLED = "cancelled"


class Arrival(StrEnum):
    """How someone came to be registered."""

    ITSELF = "itself"
    SECRETARIAT = "secretariat"
    TICKET = "ticket"
    WALK_IN = "walk_in"


class Degree(StrEnum):
    """How much someone would like a meeting."""

    MUST = "must"
    WOULD_LIKE = "would_like"
    NO = "no"


class RunState(StrEnum):
    """What became of a search for an agenda."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"
    LOST = "lost"  # its process gave no sign of life; told by the clock, never stored


class RulingKind(StrEnum):
    """What the secretariat has laid down for every agenda to come."""

    PIN = "pin"
    FORBID = "forbid"
    ADD = "add"
    REMOVE = "remove"


class Source(StrEnum):
    """Where the idea of a meeting comes from."""

    INTRODUCTION = "introduction"
    WISH = "wish"
    SUGGESTION = "suggestion"
    GROUP = "group"
    ADDED = "added"


class Event(SQLModel, table=True):
    """A gathering. Days, tables and policy are drafts that were checked (`drafts`); times are those of its zone."""

    __tablename__ = "event"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=NAME_CHARACTERS)
    description: str = Field(default="")
    venue: str = Field(default="", max_length=LINE_CHARACTERS)
    city: str = Field(default="", max_length=LINE_CHARACTERS)
    country: str = Field(default="", max_length=2)
    time_zone: str = Field(max_length=60)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    slot_minutes: int
    pause_minutes: int = Field(default=0)
    days: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    tables: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    policy: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    state: str = Field(default=EventState.DRAFT, max_length=20, index=True)
    agenda_sight: str = Field(default=AgendaSight.OWN, max_length=20)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Participant(SQLModel, table=True):
    """A member at an event, with who comes for it. A sponsor is labelled so; nothing else ever reads the label."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("event_id", "profile_id", name="uq_participant_member"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    name: str = Field(default="", max_length=NAME_CHARACTERS)
    email: str = Field(default="", max_length=LINE_CHARACTERS)
    companions: list[str] = Field(default_factory=list, sa_type=JSON)
    came_by: str = Field(default=Arrival.SECRETARIAT, max_length=20)
    ticket: str = Field(default="", max_length=LINE_CHARACTERS)
    presence: str = Field(default=Presence.EXPECTED, max_length=20)
    presence_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    arrives_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leaves_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    busy: list[dict[str, str]] = Field(default_factory=list, sa_type=JSON)
    most_meetings: int | None = None
    least_meetings: int | None = None
    most_in_row: int | None = None
    zone: str = Field(default="", max_length=60)
    is_remote: bool = Field(default=False)
    remote_link: str = Field(default="", max_length=LINE_CHARACTERS)
    time_zone: str = Field(default="", max_length=60)
    sponsor: str = Field(default="", max_length=NAME_CHARACTERS)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Wish(SQLModel, table=True):
    """Whom a participant must, would like to, or will not meet. Nobody else reads it; two yeses are an agreement."""

    __tablename__ = "wish"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    about_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE", index=True)
    degree: str = Field(max_length=20)


class Offer(SQLModel, table=True):
    """A meeting that the secretariat proposes to a participant, who answers by a wish."""

    __tablename__ = "event_offer"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    about_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE", index=True)
    offered_at: datetime = Field(sa_type=UtcDateTime)


class Suggestion(SQLModel, table=True):
    """What the matcher found among those who take part: a challenge and who answers it."""

    __tablename__ = "event_suggestion"

    event_id: int = Field(foreign_key="event.id", primary_key=True, ondelete="CASCADE")
    challenge_id: int = Field(foreign_key="challenge.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    points: int


class Group(SQLModel, table=True):
    """A meeting of three to five that the secretariat brings together on a topic."""

    __tablename__ = "event_group"

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", index=True, ondelete="CASCADE")
    topic: str = Field(max_length=NAME_CHARACTERS)
    fit: float
    created_at: datetime = Field(sa_type=UtcDateTime)


class GroupMember(SQLModel, table=True):
    """Someone in a group; silent until it answers."""

    __tablename__ = "event_group_member"

    group_id: int = Field(foreign_key="event_group.id", primary_key=True, ondelete="CASCADE")
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    is_coming: bool | None = None


class Ruling(SQLModel, table=True):
    """What the secretariat laid down about a meeting: it holds for every agenda to come."""

    __tablename__ = "agenda_ruling"

    event_id: int = Field(foreign_key="event.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=60)
    kind: str = Field(primary_key=True, max_length=20)
    slot: str | None = Field(default=None, max_length=20)
    members: list[int] = Field(default_factory=list, sa_type=JSON)


class AgendaRun(SQLModel, table=True):
    """A search for an agenda in a process of its own. Every worker reads here where it stands."""

    __tablename__ = "agenda_run"
    __table_args__ = (Index("ix_agenda_run_event", "event_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE")
    mode: str = Field(default="", max_length=20)  # of a re-optimisation; empty for an agenda from nothing
    state: str = Field(default=RunState.WAITING, max_length=20)
    seed: int = Field(default=0)
    seconds: float | None = None
    exposure: float = Field(default=0.0)
    asked_by_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    beat_at: datetime = Field(sa_type=UtcDateTime)  # the last sign of life
    stop_asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    process_id: int | None = None
    stage: str = Field(default="", max_length=20)
    done: int = Field(default=0)
    total: int = Field(default=0)
    problem: str = Field(default="", max_length=60)
    problem_values: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class AgendaPaper(SQLModel, table=True):
    """What a run works on and what it has found, apart from the row that is polled."""

    __tablename__ = "agenda_paper"

    run_id: int = Field(foreign_key="agenda_run.id", primary_key=True, ondelete="CASCADE")
    name: str = Field(primary_key=True, max_length=20)
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class WorkingAgenda(SQLModel, table=True):
    """The agenda that the secretariat works on: its instance, its schedule, what is known of its price."""

    __tablename__ = "working_agenda"

    event_id: int = Field(foreign_key="event.id", primary_key=True, ondelete="CASCADE")
    instance: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    schedule: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    attainable: float = Field(default=0.0)
    fairness_price: float | None = None  # share of the fit that guarantees cost
    version: int = Field(default=1)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class AgendaVersion(SQLModel, table=True):
    """A published agenda, frozen, with its certificate. The one with the highest number is in force."""

    __tablename__ = "agenda_version"
    __table_args__ = (UniqueConstraint("event_id", "number", name="uq_agenda_version_number"),)

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="event.id", ondelete="CASCADE")
    number: int
    again_number: int | None = None  # the earlier version that this one brings back
    certificate: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    published_by_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    published_at: datetime = Field(sa_type=UtcDateTime)


class AgendaMeeting(SQLModel, table=True):
    """A meeting of a published agenda."""

    __tablename__ = "agenda_meeting"

    version_id: int = Field(foreign_key="agenda_version.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=60)
    slot: str = Field(max_length=20)
    table_id: str = Field(max_length=60)
    source: str = Field(max_length=20)
    fit: float
    topic: str = Field(default="", max_length=NAME_CHARACTERS)  # of a group
    introduction_id: int | None = Field(default=None, foreign_key="introduction.id", ondelete="SET NULL", index=True)


class AgendaSeat(SQLModel, table=True):
    """Who sits in a meeting of a published agenda."""

    __tablename__ = "agenda_seat"

    version_id: int = Field(foreign_key="agenda_version.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=60)
    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE", index=True)


class Encounter(SQLModel, table=True):
    """What one of those who were to meet says of it."""

    __tablename__ = "encounter"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    key: str = Field(primary_key=True, max_length=60)
    has_met: bool
    outcome: str = Field(default="", max_length=20)
    said_at: datetime = Field(sa_type=UtcDateTime)


class FeedEdition(SQLModel, table=True):
    """Which of its addresses for a calendar is in use, of an account for a participant; without a row, the first."""

    __tablename__ = "feed_edition"

    participant_id: int = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE", index=True)
    number: int = Field(default=1)
    since: datetime = Field(sa_type=UtcDateTime)
