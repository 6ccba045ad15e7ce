"""Events, who takes part, and what each would like. All rows and codes of events are known here."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.events.agenda_models import (
    AgendaMeeting,
    AgendaPaper,
    AgendaRun,
    AgendaSeat,
    AgendaVersion,
    Encounter,
    FeedEdition,
    Ruling,
    WorkingAgenda,
)
from matchmaker.events.states import (
    AgendaSight,
    Arrival,
    Degree,
    EventState,
    Presence,
    RulingKind,
    RunState,
    Source,
)
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS

__all__ = [
    "AgendaMeeting",
    "AgendaPaper",
    "AgendaRun",
    "AgendaSeat",
    "AgendaSight",
    "AgendaVersion",
    "Arrival",
    "Degree",
    "Encounter",
    "Event",
    "EventState",
    "FeedEdition",
    "Group",
    "GroupMember",
    "Offer",
    "Participant",
    "Presence",
    "Ruling",
    "RulingKind",
    "RunState",
    "Source",
    "Suggestion",
    "Wish",
    "WorkingAgenda",
]


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
