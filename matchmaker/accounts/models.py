"""Accounts and their tokens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

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
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True)
class Acting:
    """Who asks: nobody in particular (`account_id` None, no role), or an account with its role."""

    account_id: int | None = None
    role: Role | None = None

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
