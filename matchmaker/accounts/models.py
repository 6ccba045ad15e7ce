"""Accounts and their tokens."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS


class Role(StrEnum):
    """What an account is for."""

    CITY = "city"
    SUPPLIER = "supplier"
    SECRETARIAT = "secretariat"
    COMMITTEE = "committee"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """What a token may be used for. A person who signed in has all of them."""

    READ = "read"
    WRITE = "write"  # save, answer, decide: whatever the account itself may
    PEOPLE = "people"  # who acts for whom: people of a member, appointments, sessions, tokens


EVERY_SCOPE = frozenset(Scope)


class Account(SQLModel, table=True):
    """Someone, or some program, that acts for one or more members or for the secretariat."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    role: str = Field(max_length=20)
    email: str | None = Field(default=None, max_length=LINE_CHARACTERS, unique=True)  # in lower case
    language: str = Field(default="es", max_length=3)  # in which it reads
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ApiToken(SQLModel, table=True):
    """A key of an account. Only its SHA-256 is kept: the key itself has 256 random bits and is shown once."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    label: str = Field(max_length=200)
    digest: str = Field(max_length=64, unique=True)
    scopes: list[str] = Field(default_factory=lambda: sorted(Scope), sa_type=JSON)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInRequest(SQLModel, table=True):
    """Someone asked to sign in. Link and code follow from `nonce` and the server's key; the row has digests of them.

    `browser_digest` is of the secret in the browser that asked; empty for a link that an operator made. `name` and
    `role` are those of an account that the first sign-in makes, and empty when it must exist.
    """

    __tablename__ = "sign_in_request"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True, ondelete="CASCADE")
    address: str = Field(max_length=LINE_CHARACTERS, index=True)  # in lower case
    name: str = Field(default="", max_length=200)
    role: str = Field(default="", max_length=20)
    language: str = Field(default="es", max_length=3)
    nonce: str = Field(max_length=64)
    link_digest: str = Field(max_length=64, unique=True)
    code_digest: str = Field(max_length=64)
    browser_digest: str = Field(default="", max_length=64)
    attempts: int = Field(default=0)
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccountSession(SQLModel, table=True):
    """A browser in which someone is signed in. Only the SHA-256 of its secret is kept."""

    __tablename__ = "account_session"

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    digest: str = Field(max_length=64, unique=True)
    device: str = Field(default="", max_length=60)  # "Firefox, Android": enough for its owner to know it
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OpenIdentity(SQLModel, table=True):
    """Under which number an OpenID provider knows an account."""

    __tablename__ = "open_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_open_identity_subject"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    issuer: str = Field(max_length=LINE_CHARACTERS)
    subject: str = Field(max_length=LINE_CHARACTERS)
    created_at: datetime = Field(sa_type=UtcDateTime)


class OpenIdRequest(SQLModel, table=True):
    """Someone went to an OpenID provider and is to come back in the same browser with this state, once."""

    __tablename__ = "open_id_request"

    id: int | None = Field(default=None, primary_key=True)
    provider: str = Field(max_length=60)
    state_digest: str = Field(max_length=64, unique=True)
    browser_digest: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


@dataclass(frozen=True)
class Acting:
    """Who asks: nobody in particular (`account_id` None, no role), or an account with its role.

    `session_id` is the browser's session, when the account came with one and not with a token.
    """

    account_id: int | None = None
    role: Role | None = None
    scopes: frozenset[Scope] = EVERY_SCOPE
    session_id: int | None = field(default=None, compare=False)

    @property
    def is_secretariat(self) -> bool:
        """Whether the secretariat asks, which may see everything but contacts not yet opened."""
        return self.role is Role.SECRETARIAT

    @property
    def is_committee(self) -> bool:
        """Whether a member of the committee asks, who decides on applications and appeals."""
        return self.role is Role.COMMITTEE

    @property
    def is_administrator(self) -> bool:
        """Whether an administrator asks, who appoints people and reads the audit log."""
        return self.role is Role.ADMINISTRATOR


ANYONE = Acting()
OPERATOR = Acting(account_id=None, role=Role.SECRETARIAT)
"""The command line: whoever holds the machine holds the database."""
