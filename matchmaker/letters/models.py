"""Letters waiting and sent. They keep ids and codes; names and words are read when a letter is written."""

from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS

DIGEST_CHARACTERS = 64  # of a SHA-256 in hexadecimal


class LetterState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    GATHERED = "gathered"  # it leaves within the digest `digest_id`
    SENT = "sent"
    GIVEN_UP = "given_up"
    CANCELLED = "cancelled"


class Letter(SQLModel, table=True):
    """One letter to an account, or to an address that has none yet. Its Message-ID never changes."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_due", "state", "not_before"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="CASCADE")
    address: str = Field(default="", max_length=LINE_CHARACTERS)
    kind: str = Field(max_length=60)
    subject_id: int = Field(default=0)
    codes: dict[str, str | int | bool | None] = Field(default_factory=dict, sa_type=JSON)
    is_urgent: bool = Field(default=False)  # sent also in quiet hours and never gathered in a digest
    key: str | None = Field(default=None, max_length=120, unique=True)  # the same key is written once
    message_id: str = Field(default_factory=lambda: uuid4().hex, max_length=60, unique=True)
    state: str = Field(default=LetterState.WAITING, max_length=20)
    remark: str = Field(default="", max_length=60)  # a code: why it was cancelled, given up or put off
    digest_id: int | None = Field(default=None, foreign_key="letter.id", index=True, ondelete="CASCADE")
    attempts: int = Field(default=0)
    attempted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LetterHabits(SQLModel, table=True):
    """When and of what an account wants letters; an account without a row has the usual habits.

    `time_zone` is a name of the IANA database, or empty for that of the country. Hours are local; the same hour twice
    means that no hour is quiet. `unwanted` holds voluntary groups.
    """

    __tablename__ = "letter_habits"

    account_id: int = Field(foreign_key="account.id", primary_key=True, ondelete="CASCADE")
    time_zone: str = Field(default="", max_length=60)
    quiet_from: int = Field(default=20)
    quiet_until: int = Field(default=8)
    unwanted: list[str] = Field(default_factory=list, sa_type=JSON)


class Silence(StrEnum):
    """Why an address gets no letters."""

    BOUNCED = "bounced"  # none at all, until its owner renews it
    DECLINED = "declined"  # no voluntary ones: whoever reads it said so, without an account


class SilentAddress(SQLModel, table=True):
    """An address that gets no letters, by its SHA-256: a refusal outlives the erasure of the address itself."""

    __tablename__ = "silent_address"

    digest: str = Field(primary_key=True, max_length=DIGEST_CHARACTERS)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="SET NULL")
    reason: str = Field(max_length=20)
    status: str = Field(default="", max_length=20)  # of the bounce, as mail servers write it: 5.1.1
    noted_at: datetime = Field(sa_type=UtcDateTime)
