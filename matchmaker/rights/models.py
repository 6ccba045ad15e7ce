"""Consents, requests and erasures. They prove what was asked and done after the person is gone."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime

CODE_CHARACTERS = 60
LAW_CHARACTERS = 200


class Channel(StrEnum):
    """Through what a consent was given or withdrawn, or a request came."""

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


class Right(StrEnum):
    """What is asked for."""

    ACCESS = "access"  # a copy of everything, to be taken along
    CORRECT = "correct"
    BLOCK = "block"  # kept, and used for nothing
    ERASE = "erase"  # blocked at once, erased after a few days
    REVIEW = "review"  # a person looks again at what was ranked by a machine
    OBJECT = "object"  # to a use of the data; granted, it is blocked


class State(StrEnum):
    """Where a request stands. `rules.MOVES` says how it goes from one to the next."""

    RECEIVED = "received"
    IDENTITY_ASKED = "identity_asked"
    EXTENDED = "extended"  # once, where the law allows it or what is open forbids to erase yet
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Request(SQLModel, table=True):
    """A right that somebody uses. Numbers, codes and dates stay as proof; the words go with the subject."""

    __tablename__ = "rights_request"
    __table_args__ = (
        Index("ix_rights_request_subject", "subject", "subject_id"),
        Index("ix_rights_request_due", "state", "due_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    subject: str = Field(max_length=20)
    subject_id: int
    asked_by_id: int | None = Field(default=None)
    channel: str = Field(default=Channel.API, max_length=20)
    showing_id: int | None = Field(default=None)  # the list that is to be looked at again
    words: str = Field(default="")
    state: str = Field(default=State.RECEIVED, max_length=20)
    cause: str = Field(default="", max_length=CODE_CHARACTERS)  # a code: why it was held, or filed by the service
    answer: str = Field(default="")
    answered_by_id: int | None = Field(default=None)
    country: str = Field(default="", max_length=2)
    law: str = Field(default="", max_length=LAW_CHARACTERS)
    article: str = Field(default="", max_length=LAW_CHARACTERS)
    deadlines_version: str = Field(default="", max_length=CODE_CHARACTERS)
    received_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Erasure(SQLModel, table=True):
    """One erasure asked for: the subject is blocked at once and erased when it is due, unless it is undone before.

    While something is open that must be settled first it is held, at most until `held_until`. `swept_at`: index,
    caches, letters and free pages hold nothing of it any more.
    """

    __tablename__ = "erasure"

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=20)
    subject_id: int = Field(index=True)
    asked_by_id: int | None = Field(default=None)
    request_id: int | None = Field(default=None)
    visibility_before: str = Field(default="", max_length=20)
    held_for: str = Field(default="", max_length=CODE_CHARACTERS)
    held_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    swept_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
