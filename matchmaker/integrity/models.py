"""Signatures of the code of ethics, declarations of interest, conflicts with their grounds, incidents."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import NAME_CHARACTERS

VERSION_CHARACTERS = 20


class Nature(StrEnum):
    """What ties a person or a member to another one."""

    EMPLOYMENT = "employment"
    OWNERSHIP = "ownership"
    CONTRACT_IN_PROGRESS = "contract_in_progress"
    FAMILY = "family"
    ADVISORY = "advisory"


class Evidence(StrEnum):
    """What two profiles have in common; the value itself is never kept beside the code."""

    SAME_REGISTRATION_NUMBER = "same_registration_number"
    SAME_MAIL_DOMAIN = "same_mail_domain"
    SAME_ADDRESS = "same_address"
    SAME_ACCOUNT = "same_account"


class ConflictState(StrEnum):
    """Whether two members may meet: unknown holds for a person, confirmed keeps them apart everywhere."""

    UNKNOWN = "unknown"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Decision(StrEnum):
    """What the secretariat makes of a conflict."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class IncidentState(StrEnum):
    """Where a report of a breach of the code stands."""

    RECEIVED = "received"
    EXAMINED = "examined"
    DECIDED = "decided"
    APPEALED = "appealed"
    CLOSED = "closed"


class Measure(StrEnum):
    """What the committee decides on a breach; suspension and exclusion are proposed to those who admit."""

    NONE = "none"
    WARNING = "warning"
    SUSPENSION_PROPOSED = "suspension_proposed"
    EXCLUSION_PROPOSED = "exclusion_proposed"


class Signature(SQLModel, table=True):
    """A member's representative has signed one version of the code of ethics."""

    __tablename__ = "code_signature"
    __table_args__ = (UniqueConstraint("profile_id", "version", name="uq_code_signature_member"),)

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    version: str = Field(max_length=VERSION_CHARACTERS)
    signed_at: datetime = Field(sa_type=UtcDateTime)


class Declaration(SQLModel, table=True):
    """What one representative of a member has declared; the newest counts, the others are its history."""

    __tablename__ = "declaration"
    __table_args__ = (Index("ix_declaration_newest", "profile_id", "account_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    declared_at: datetime = Field(sa_type=UtcDateTime)


class Interest(SQLModel, table=True):
    """One interest of a declaration, with a profile of the service or with someone named freely."""

    __tablename__ = "interest"

    id: int | None = Field(default=None, primary_key=True)
    declaration_id: int = Field(foreign_key="declaration.id", index=True, ondelete="CASCADE")
    nature: str = Field(max_length=30)
    with_profile_id: int | None = Field(default=None, foreign_key="profile.id", ondelete="CASCADE")
    with_name: str = Field(default="", max_length=NAME_CHARACTERS)
    since: date | None = None
    until: date | None = None


class Conflict(SQLModel, table=True):
    """Two profiles that may have to be kept apart. The smaller number stands first, so that a pair exists once."""

    __tablename__ = "conflict"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", name="uq_conflict_pair"),
        CheckConstraint("first_id < second_id", name="ck_conflict_order"),
        Index("ix_conflict_second", "second_id", "state"),
        Index("ix_conflict_state", "state", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")
    second_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")
    state: str = Field(default=ConflictState.UNKNOWN, max_length=20)
    reason: str = Field(default="")  # of the decision, in the words of the secretariat
    decided_by_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Ground(SQLModel, table=True):
    """Why two profiles may be in conflict: a nature that one side declared, or evidence that the service detected."""

    __tablename__ = "conflict_ground"
    __table_args__ = (UniqueConstraint("conflict_id", "declared_by_id", "code", name="uq_conflict_ground"),)

    id: int | None = Field(default=None, primary_key=True)
    conflict_id: int = Field(foreign_key="conflict.id", index=True, ondelete="CASCADE")
    code: str = Field(max_length=30)  # of Nature when declared, of Evidence when detected
    declared_by_id: int | None = Field(default=None, foreign_key="profile.id", ondelete="CASCADE")
    until: date | None = None  # the last day on which a declared tie holds, where it is known
    added_at: datetime = Field(sa_type=UtcDateTime)


class Trait(SQLModel, table=True):
    """A digest of something that two profiles may have in common, so that a save finds the others at once."""

    __tablename__ = "profile_trait"

    profile_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    evidence: str = Field(primary_key=True, max_length=30)
    digest: str = Field(primary_key=True, max_length=32, index=True)


class Incident(SQLModel, table=True):
    """A report that a member has broken the code, before one member of the committee at a time."""

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    about_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    reporter_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    is_protected: bool = Field(default=False)  # the reporter's name is for the committee alone
    code_version: str = Field(max_length=VERSION_CHARACTERS)
    article: str = Field(max_length=60)
    text: str
    state: str = Field(default=IncidentState.RECEIVED, max_length=20, index=True)
    measure: str | None = Field(default=None, max_length=30)
    assigned_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # of the next step; none when it is closed
    created_at: datetime = Field(sa_type=UtcDateTime)


class IncidentStep(SQLModel, table=True):
    """One step of an incident, with its reasons; steps are only ever added."""

    __tablename__ = "incident_step"

    id: int | None = Field(default=None, primary_key=True)
    incident_id: int = Field(foreign_key="incident.id", index=True, ondelete="CASCADE")
    account_id: int | None = Field(default=None, foreign_key="account.id", ondelete="SET NULL")
    state: str = Field(max_length=20)
    measure: str | None = Field(default=None, max_length=30)
    reason: str = Field(default="")
    at: datetime = Field(sa_type=UtcDateTime)
