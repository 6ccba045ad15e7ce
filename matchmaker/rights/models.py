"""Consents and erasures. Ids and codes alone: they prove what was asked and done after the person is gone."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime

CODE_CHARACTERS = 60


class Channel(StrEnum):
    """Through what a consent was given or withdrawn."""

    PAGE = "page"
    API = "api"
    LETTER = "letter"
    TELEPHONE = "telephone"


class Consent(SQLModel, table=True):
    """One grant or withdrawal; rows are only added. `account_id` is no foreign key: the proof outlives the account."""

    __tablename__ = "consent"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(index=True)
    purpose: str = Field(max_length=CODE_CHARACTERS)
    text_version: str = Field(max_length=CODE_CHARACTERS)
    channel: str = Field(max_length=20)
    is_granted: bool
    at: datetime = Field(sa_type=UtcDateTime)


class Subject(StrEnum):
    """Whose data: a person's or a member's. Each is the name of the table where the walk begins."""

    ACCOUNT = "account"
    PROFILE = "profile"


class Erasure(SQLModel, table=True):
    """One erasure asked for: the subject is blocked at once and erased when it is due, unless it is undone before."""

    __tablename__ = "erasure"

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=20)
    subject_id: int = Field(index=True)
    asked_by_id: int | None = Field(default=None)
    visibility_before: str = Field(default="", max_length=20)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
