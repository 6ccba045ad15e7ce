"""Letters waiting and sent. They keep ids and codes; names and words are read when a letter is written."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS


class LetterState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"


class Letter(SQLModel, table=True):
    """One letter to an account, or to an address that has none yet. Its Message-ID never changes."""

    __tablename__ = "letter"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="CASCADE")
    address: str = Field(default="", max_length=LINE_CHARACTERS)
    kind: str = Field(max_length=60)
    subject_id: int = Field(default=0)
    codes: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)
    is_urgent: bool = Field(default=False)  # sent also in quiet hours and never gathered in a digest
    key: str | None = Field(default=None, max_length=120, unique=True)  # the same key is written once
    message_id: str = Field(default_factory=lambda: uuid4().hex, max_length=60)
    state: str = Field(default=LetterState.WAITING, max_length=20, index=True)
    attempts: int = Field(default=0)
    not_before: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
