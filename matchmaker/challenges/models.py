"""Challenges and the needs they are split into."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.places.models import Located
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS


class Status(StrEnum):
    """Where a challenge stands."""

    DRAFT = "draft"  # not posted yet: its owners alone know that it exists
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who may read an open challenge. Its author chooses; whoever is asked about it may read it too."""

    PUBLIC = "public"
    MEMBERS = "members"  # whoever acts for a member that is shown
    INVITED = "invited"  # whoever acts for a member that is named


class Procurement(StrEnum):
    """Whether a purchase procedure is planned, open or closed on this challenge."""

    NONE = "none"
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class BudgetBand(StrEnum):
    """Money at hand, in thousands of US dollars; a band says enough and commits to nothing."""

    UNDECIDED = "undecided"
    NONE = "none"
    UNDER_25K = "under_25k"
    FROM_25K = "25k_100k"
    FROM_100K = "100k_500k"
    OVER_500K = "over_500k"


class Challenge(Located, table=True):
    """A problem in the words of who has it. A reference is a tender read from a portal: matched, never contacted."""

    __tablename__ = "challenge"
    __table_args__ = (
        UniqueConstraint("source", "external_id", name="uq_challenge_external"),
        Index("ix_challenge_list", "status", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str = Field(default="", max_length=60)
    external_id: str | None = Field(default=None, max_length=LINE_CHARACTERS)
    owner_id: int | None = Field(default=None, foreign_key="profile.id", index=True)
    language: str = Field(max_length=3)
    title: str = Field(max_length=NAME_CHARACTERS)
    description: str
    expected_benefit: str = Field(default="")
    beneficiaries: str = Field(default="")
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    principles: list[str] = Field(default_factory=list, sa_type=JSON)
    taxonomy_version: str = Field(default="", max_length=20)
    budget_band: str = Field(default=BudgetBand.UNDECIDED, max_length=20)
    starts_on: date | None = None
    ends_on: date | None = None
    procurement: str = Field(default=Procurement.NONE, max_length=20)
    status: str = Field(default=Status.OPEN, max_length=20)
    audience: str = Field(default=Audience.MEMBERS, max_length=20)
    is_reference: bool = Field(default=False)
    buyer: str = Field(default="", max_length=LINE_CHARACTERS)  # who asks, when no profile does
    url: str = Field(default="", max_length=LINE_CHARACTERS)
    is_demo: bool = Field(default=False)
    import_digest: str = Field(default="", max_length=32)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Need(SQLModel, table=True):
    """One thing that a challenge lacks. `is_suggested` until the author has confirmed or edited the list."""

    __tablename__ = "need"

    id: int | None = Field(default=None, primary_key=True)
    challenge_id: int = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    position: int
    text: str
    is_suggested: bool = Field(default=True)


class Guest(SQLModel, table=True):
    """A member that may read a challenge, whoever else may."""

    __tablename__ = "challenge_guest"

    challenge_id: int = Field(foreign_key="challenge.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, index=True, ondelete="CASCADE")


class CoOwner(SQLModel, table=True):
    """A member that has a challenge together with its owner, from the moment that it says yes."""

    __tablename__ = "challenge_owner"

    challenge_id: int = Field(foreign_key="challenge.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, index=True, ondelete="CASCADE")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    joined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
