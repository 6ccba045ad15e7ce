"""Saved searches, and what each has found."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.places.models import Located
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS


class Frequency(StrEnum):
    """How often a digest is sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"  # the feed alone


class Alert(Located, table=True):
    """A search that a profile lets run: by a text, or without one by what the profile itself offers.

    Its place with `radius_kilometres` narrows it; so does each list that is not empty.
    """

    __tablename__ = "alert"

    id: int | None = Field(default=None, primary_key=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")  # who reads
    name: str = Field(max_length=NAME_CHARACTERS)
    text: str = Field(default="", max_length=LINE_CHARACTERS)
    language: str = Field(default="", max_length=3)  # of the text
    countries: list[str] = Field(default_factory=list, sa_type=JSON)
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    sizes: list[str] = Field(default_factory=list, sa_type=JSON)
    radius_kilometres: int | None = None
    frequency: str = Field(default=Frequency.DAILY, max_length=20)
    is_paused: bool = Field(default=False)
    feed_digest: str | None = Field(default=None, max_length=64, unique=True)  # SHA-256 of the secret in its address
    feed_identity: str = Field(default_factory=lambda: uuid4().hex, max_length=32)
    looked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    digest_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Finding(SQLModel, table=True):
    """A challenge that an alert found, once. It keeps digests of sentences: words are read when they are shown."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("alert_id", "challenge_id", name="uq_finding_challenge"),)

    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", index=True, ondelete="CASCADE")
    challenge_id: int = Field(foreign_key="challenge.id", index=True, ondelete="CASCADE")
    points: int
    evidence: list[list[str]] = Field(default_factory=list, sa_type=JSON)  # [need or "", sentence], as digests
    found_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
