"""The views of people, their roles, and of the audit log."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class AccountLine:
    """An account in the list."""

    id: int
    name: str
    email: str
    role: str
    ended_at: datetime | None


@dataclass(frozen=True)
class People(Room):
    """Accounts, found by words and role; the form by which somebody is appointed."""

    template: ClassVar[str] = "people.html"
    lines: tuple[AccountLine, ...]
    words: str
    roles: tuple[Choice, ...]
    is_first: bool
    next_query: str
    typed: Typed
    given: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    done: str


@dataclass(frozen=True)
class ActedShown:
    """A member for which the account acts."""

    id: int
    name: str
    part: str
    is_last: bool


@dataclass(frozen=True)
class SessionShown:
    """A browser in which the account is signed in."""

    device: str
    seen_at: datetime


@dataclass(frozen=True)
class TokenShown:
    """A key of a program."""

    id: int
    label: str
    created_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True)
class PersonPage(Room):
    """One account: its role, for whom it acts, where it is signed in, which keys it has."""

    template: ClassVar[str] = "person.html"
    line: AccountLine
    created_at: datetime
    acts_for: tuple[ActedShown, ...]
    sessions: tuple[SessionShown, ...]
    tokens: tuple[TokenShown, ...]
    roles: tuple[Choice, ...]
    is_oneself: bool
    is_ending: bool
    typed: Typed
    done: str


@dataclass(frozen=True)
class EntryShown:
    """One act of the log: codes and numbers as they are kept, with the name of who acted where it is known."""

    id: int
    at: datetime
    account_id: int | None
    by: str
    act: str
    subject: str
    subject_id: int
    codes: tuple[tuple[str, str], ...]
    digest: str


@dataclass(frozen=True)
class AuditPage(Room):
    """The audit log, newest first. `state` is empty until the seals are asked for, then whole or broken."""

    template: ClassVar[str] = "audit.html"
    lines: tuple[EntryShown, ...]
    typed: Typed
    acts: tuple[Choice, ...]
    subjects: tuple[Choice, ...]
    state: str
    entries: int
    broken_at: int
    digest: str
    is_first: bool
    next_query: str


VIEWS: tuple[type[Page], ...] = (People, PersonPage, AuditPage)
