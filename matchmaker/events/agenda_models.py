"""Agendas: what is laid down for them, searched for, worked on, published, and what came of their meetings."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.events.states import RunState
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import NAME_CHARACTERS


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
