"""Who mentors, and the requests between a mentor and a member that asks."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime


class MentorOffer(SQLModel, table=True):
    """What a member helps others with, how, and how much: it is found by its profile, as everyone is."""

    __tablename__ = "mentor_offer"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    hours_a_month: int
    text: str = Field(default="")
    is_paused: bool = Field(default=False)
    version: int = Field(default=1)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Side(StrEnum):
    """One of the two whom a request concerns."""

    MENTOR = "mentor"
    MENTEE = "mentee"


class Proposer(StrEnum):
    """Who asked for it: a side, whoever speaks for it by now, or the secretariat."""

    MENTOR = "mentor"
    MENTEE = "mentee"
    SECRETARIAT = "secretariat"


class Answer(StrEnum):
    """What a side says; silence is none of these."""

    YES = "yes"
    NOT_NOW = "not_now"
    NO = "no"


class Result(StrEnum):
    """What came of it, as one side tells."""

    HELPED = "helped"
    HELPED_PARTLY = "helped_partly"
    DID_NOT_HELP = "did_not_help"
    DID_NOT_HAPPEN = "did_not_happen"


class Mentoring(SQLModel, table=True):
    """A request, and what became of it. Its state is read from its answers (`rules.state_of`), never written."""

    __tablename__ = "mentoring"

    id: int | None = Field(default=None, primary_key=True)
    mentor_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    mentee_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    challenge_id: int | None = Field(default=None, foreign_key="challenge.id", ondelete="SET NULL")
    proposed_by: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    proposer: str = Field(default=Proposer.MENTEE, max_length=20)
    hours_a_month: int
    message: str
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # the other side; nobody while a conflict waits
    mentor_answer: str | None = Field(default=None, max_length=20)
    mentee_answer: str | None = Field(default=None, max_length=20)
    mentor_result: str | None = Field(default=None, max_length=20)
    mentee_result: str | None = Field(default=None, max_length=20)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
