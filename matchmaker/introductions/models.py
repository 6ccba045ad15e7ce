"""Introductions: two sides, questions between them, disclosures, meetings and outcomes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime


class Side(StrEnum):
    """The two who may meet."""

    OWNER = "owner"  # of the challenge
    PROFILE = "profile"  # who could answer it

    @property
    def other(self) -> "Side":
        """The one across the table."""
        return Side.PROFILE if self is Side.OWNER else Side.OWNER


class Proposer(StrEnum):
    """Who had the idea. A side that proposes has said yes by proposing."""

    OWNER = "owner"
    PROFILE = "profile"
    SECRETARIAT = "secretariat"


class Phase(StrEnum):
    """Where an introduction stands. Nobody but the secretariat can tell the first three from each other."""

    HELD = "held"  # a conflict of interest is being looked at: nothing opens, a side not yet asked is not asked
    WAITING = "waiting"  # for a yes
    SEALED = "sealed"  # nothing will open any more; it is told on the date set at the beginning
    OPEN = "open"  # both said yes themselves: contacts are open
    CLOSED = "closed"  # they were open: either side took its yes back, or a conflict was confirmed; it looks the same
    ENDED = "ended"  # did not come about


class Word(StrEnum):
    """What a side has said."""

    SILENT = "silent"
    YES = "yes"
    YES_TO_CONFIRM = "yes_to_confirm"  # by telephone, recorded by the secretariat: opens nothing
    NOT_NOW = "not_now"
    NO = "no"


class Outcome(StrEnum):
    """What came of it."""

    PILOT = "pilot"
    CONTRACT = "contract"
    JOINT_PROJECT = "joint_project"
    LESSON = "lesson"
    NOTHING = "nothing"


class Introduction(SQLModel, table=True):
    """One idea that two profiles should meet about one challenge, with the match it comes from."""

    __tablename__ = "introduction"
    __table_args__ = (
        Index("ix_introduction_pair", "challenge_id", "profile_id"),
        Index("ix_introduction_due", "phase", "expires_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    challenge_id: int = Field(foreign_key="challenge.id", ondelete="CASCADE")
    owner_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    proposed_by: str = Field(max_length=20)
    message: str
    showing_id: int | None = Field(default=None, foreign_key="showing.id", ondelete="SET NULL")
    profile_version: int | None = None  # of the profile that the match quoted
    quoted: list[str | None] = Field(default_factory=list, sa_type=JSON)  # per need, the digest of the sentence
    needs: list[str] = Field(default_factory=list, sa_type=JSON)  # their words then: both sides go on reading these
    phase: str = Field(default=Phase.HELD, max_length=20)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # while procurement is open
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_met: bool | None = None  # the secretariat's word where the two sides differ


class IntroductionSide(SQLModel, table=True):
    """What one side was told and has said."""

    __tablename__ = "introduction_side"

    introduction_id: int = Field(foreign_key="introduction.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True, max_length=20)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    word: str = Field(default=Word.SILENT, max_length=20)
    reason: str = Field(default="", max_length=60)
    words: str = Field(default="")
    shares_words: bool = Field(default=False)  # its writer agrees that the other side reads the words of a no
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by telephone
    has_met: bool | None = None


class IntroductionQuestion(SQLModel, table=True):
    """A question back, and its answer; both sides read them."""

    __tablename__ = "introduction_question"

    id: int | None = Field(default=None, primary_key=True)
    introduction_id: int = Field(foreign_key="introduction.id", index=True, ondelete="CASCADE")
    asked_by: str = Field(max_length=20)
    text: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    reply: str = Field(default="")
    replied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Disclosure(SQLModel, table=True):
    """Whose contact an account received, and when. Ids without foreign keys: the proof outlives what it names."""

    __tablename__ = "disclosure"
    __table_args__ = (
        UniqueConstraint("introduction_id", "to_account_id", "of_profile_id", name="uq_disclosure_receipt"),
        UniqueConstraint("mentoring_id", "to_account_id", "of_profile_id", name="uq_disclosure_mentoring"),
    )

    id: int | None = Field(default=None, primary_key=True)
    introduction_id: int | None = Field(default=None, index=True)  # or a mentoring
    mentoring_id: int | None = Field(default=None)
    to_account_id: int = Field(index=True)
    to_profile_id: int
    of_profile_id: int = Field(index=True)
    disclosed_at: datetime = Field(sa_type=UtcDateTime)


class OutcomeReport(SQLModel, table=True):
    """What one side says came of it, so many days after contacts opened."""

    __tablename__ = "outcome_report"

    introduction_id: int = Field(foreign_key="introduction.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True, max_length=20)
    days: int = Field(primary_key=True)
    outcome: str = Field(max_length=20)
    reported_at: datetime = Field(sa_type=UtcDateTime)


class ConfirmedOutcome(SQLModel, table=True):
    """Both sides said the same. Written once; read on by number, as news."""

    __tablename__ = "confirmed_outcome"
    __table_args__ = (UniqueConstraint("introduction_id", "days", name="uq_confirmed_outcome_days"),)

    id: int | None = Field(default=None, primary_key=True)
    introduction_id: int = Field(foreign_key="introduction.id", ondelete="CASCADE")
    days: int
    outcome: str = Field(max_length=20)
    confirmed_at: datetime = Field(sa_type=UtcDateTime)


class OutcomeLesson(SQLModel, table=True):
    """The lesson that a side told after both confirmed an outcome."""

    __tablename__ = "outcome_lesson"

    introduction_id: int = Field(foreign_key="introduction.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True, max_length=20)
    lesson_id: int = Field(foreign_key="lesson.id", index=True, ondelete="CASCADE")


class AskingPolicy(SQLModel, table=True):
    """Who may propose themselves for a profile's challenges. Without a row nobody may."""

    __tablename__ = "asking_policy"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)  # of agents; none: nobody may ask
    per_week: int = Field(default=0)  # of all who ask together, in any seven days
    takes_none: bool = Field(default=False)  # no introduction from anyone for now; others are not told
