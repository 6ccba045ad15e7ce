"""What was shown, so that it can be explained later, and so that ties go to the least shown; who is considered."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime


class Showing(SQLModel, table=True):
    """One list of matches shown for a stored challenge, and by what it was made. Tried challenges leave none."""

    __tablename__ = "showing"

    id: int | None = Field(default=None, primary_key=True)
    challenge_id: int = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    challenge_version: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    model: str = Field(max_length=200)
    generation: int
    correction: str = Field(max_length=40)
    ranking: str = Field(max_length=20)
    shown_at: datetime = Field(sa_type=UtcDateTime)


class ShownMatch(SQLModel, table=True):
    """One match of a showing: its place, its strength, the digests of the sentences quoted."""

    __tablename__ = "shown_match"
    __table_args__ = (Index("ix_shown_match_profile", "profile_id"),)

    id: int | None = Field(default=None, primary_key=True)
    showing_id: int = Field(foreign_key="showing.id", index=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", ondelete="CASCADE")
    profile_version: int
    place: int
    points: int
    quoted: list[str | None] = Field(default_factory=list, sa_type=JSON)


class Shortlisted(SQLModel, table=True):
    """An agent that the owners of a challenge consider, with a note of theirs. Nobody else learns of it."""

    __tablename__ = "shortlisted"

    challenge_id: int = Field(foreign_key="challenge.id", primary_key=True, ondelete="CASCADE")
    profile_id: int = Field(foreign_key="profile.id", primary_key=True, index=True, ondelete="CASCADE")
    note: str = Field(default="")
    noted_by_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    noted_at: datetime = Field(sa_type=UtcDateTime)


class ProfilesApart(SQLModel, table=True):
    """Two profiles that look alike and are not the same, as the secretariat says. The smaller number stands first."""

    __tablename__ = "profiles_apart"

    first_id: int = Field(foreign_key="profile.id", primary_key=True, ondelete="CASCADE")
    second_id: int = Field(foreign_key="profile.id", primary_key=True, index=True, ondelete="CASCADE")
    told_at: datetime = Field(sa_type=UtcDateTime)


class ChallengesApart(SQLModel, table=True):
    """Two challenges that say the same and are not one, as the secretariat says. The smaller number stands first."""

    __tablename__ = "challenges_apart"

    first_id: int = Field(foreign_key="challenge.id", primary_key=True, ondelete="CASCADE")
    second_id: int = Field(foreign_key="challenge.id", primary_key=True, index=True, ondelete="CASCADE")
    told_at: datetime = Field(sa_type=UtcDateTime)
