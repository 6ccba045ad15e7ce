"""Applications with their assessments and decisions, the standing of agents, committees with seats, invitations."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.membership.states import ApplicationState
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS

CODE_CHARACTERS, VERSION_CHARACTERS, DIGEST_CHARACTERS = 40, 20, 64


class AdmissionProcess(SQLModel, table=True):
    """How applications submitted from now on are decided. A row is never changed: the newest holds."""

    __tablename__ = "admission_process"

    id: int | None = Field(default=None, primary_key=True)
    criteria_version: str = Field(default="", max_length=VERSION_CHARACTERS)  # empty: no criteria
    has_assessors: bool = Field(default=False)
    has_committee: bool = Field(default=False)
    reason: str
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class Application(SQLModel, table=True):
    """An agent asks to be admitted. How it is decided is copied at submission: later switches do not touch it."""

    __tablename__ = "application"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    state: str = Field(default=ApplicationState.DRAFT, max_length=CODE_CHARACTERS, index=True)
    words: str = Field(default="")  # why the agent wants to belong
    criteria_version: str = Field(default="", max_length=VERSION_CHARACTERS)
    has_assessors: bool = Field(default=False)
    has_committee: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Assessor(SQLModel, table=True):
    """An account that assesses applications."""

    __tablename__ = "assessor"

    account_id: int = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    appointed_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Assessment(SQLModel, table=True):
    """One application given to one assessor."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("application_id", "account_id", name="uq_assessment_assessor"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    assigned_at: datetime = Field(sa_type=UtcDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    released_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # taken back: it counts no more


class Score(SQLModel, table=True):
    """What an assessor says on one criterion."""

    __tablename__ = "score"

    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True, ondelete="CASCADE")
    criterion: str = Field(primary_key=True, max_length=CODE_CHARACTERS)
    points: int
    reason: str


class Vote(SQLModel, table=True):
    """What a member of the committee says; it stands once it is cast."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("application_id", "round", "account_id", name="uq_vote_once"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    round: str = Field(max_length=CODE_CHARACTERS)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    outcome: str = Field(max_length=CODE_CHARACTERS)
    reason: str
    cast_at: datetime = Field(sa_type=UtcDateTime)


class Decision(SQLModel, table=True):
    """What became of an application in one round, with the reason that the applicant reads."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("application_id", "round", name="uq_decision_round"),)

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", ondelete="CASCADE")
    round: str = Field(max_length=CODE_CHARACTERS)
    outcome: str = Field(max_length=CODE_CHARACTERS)
    body: str = Field(max_length=CODE_CHARACTERS)
    reason: str
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class Appeal(SQLModel, table=True):
    """Why the first decision should be looked at again; there is one for each application at most."""

    __tablename__ = "appeal"

    application_id: int = Field(foreign_key="application.id", primary_key=True, ondelete="CASCADE")
    words: str
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    made_at: datetime = Field(sa_type=UtcDateTime)


class Standing(SQLModel, table=True):
    """How an agent stands. Without a row nobody has decided anything on it."""

    __tablename__ = "standing"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    status: str = Field(max_length=CODE_CHARACTERS)
    admitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # of the register; empty: never admitted
    changed_at: datetime = Field(sa_type=UtcDateTime)


class StandingChange(SQLModel, table=True):
    """One change of a standing with its reason."""

    __tablename__ = "standing_change"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    act: str = Field(max_length=CODE_CHARACTERS)
    status: str = Field(max_length=CODE_CHARACTERS)
    reason: str
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Committee(SQLModel, table=True):
    """A committee: forming until its act of constitution, in force until it ends."""

    __tablename__ = "committee"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=CODE_CHARACTERS, unique=True)  # one founds, one governs
    text_version: str = Field(default="", max_length=VERSION_CHARACTERS)  # of the text that was signed
    constituted_on: date | None = None
    first_assembly_by: date | None = None  # founding committee: computed at its constitution
    ended_on: date | None = None  # founding committee: the day of the first assembly
    created_at: datetime = Field(sa_type=UtcDateTime)


class Seat(SQLModel, table=True):
    """A seat of a sector, and who sits in it."""

    __tablename__ = "seat"

    id: int | None = Field(default=None, primary_key=True)
    committee_id: int = Field(foreign_key="committee.id", index=True, ondelete="CASCADE")
    sector: str = Field(max_length=CODE_CHARACTERS)
    profile_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")  # the agent that holds the seat
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    filled_at: datetime = Field(sa_type=UtcDateTime)
    vacated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Invitation(SQLModel, table=True):
    """A letter to the owner of an imported profile. Of its secret only the SHA-256 is kept."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", unique=True, ondelete="CASCADE")  # an owner is written to once
    address: str = Field(max_length=LINE_CHARACTERS)
    language: str = Field(max_length=3)
    nonce: str = Field(max_length=DIGEST_CHARACTERS)
    digest: str = Field(max_length=DIGEST_CHARACTERS, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    send_at: datetime = Field(sa_type=UtcDateTime, index=True)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    answer: str = Field(default="", max_length=CODE_CHARACTERS)
    reason: str = Field(default="")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
