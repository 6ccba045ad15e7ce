"""Reading the audit log, and proving that nobody changed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.seals import FIRST_DIGEST, digest_of
from matchmaker.errors import NotAllowedError

READ_AT_ONCE = 1_000  # entries held in memory while the log is verified


@dataclass(frozen=True)
class WantedEntries:
    """Who, what, on what kind of thing, from one moment up to another; empty where it does not matter."""

    account_id: int | None = None
    act: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


def list_entries(
    session: Session, *, acting: Acting, act: str = "", subject: str = "", after: int = 0, limit: int
) -> Sequence[AuditEntry]:
    """Entries by number, from the one after `after`, of one act or subject where asked. Raises `administrator_only`."""
    if not acting.is_administrator:
        raise NotAllowedError("administrator_only")
    statement = select(AuditEntry).where(col(AuditEntry.id) > after)
    if act:
        statement = statement.where(AuditEntry.act == act)
    if subject:
        statement = statement.where(AuditEntry.subject == subject)
    return session.exec(statement.order_by(col(AuditEntry.id)).limit(limit)).all()


def find_entries(
    session: Session, *, acting: Acting, wanted: WantedEntries, before: int | None = None, limit: int
) -> Sequence[AuditEntry]:
    """Entries, the newest first, from the one before `before`. Raises `administrator_only`."""
    if not acting.is_administrator:
        raise NotAllowedError("administrator_only")
    statement = select(AuditEntry)
    for column, value in (
        (AuditEntry.account_id, wanted.account_id), (AuditEntry.act, wanted.act), (AuditEntry.subject, wanted.subject)
    ):  # fmt: skip
        if value:
            statement = statement.where(column == value)
    if wanted.since is not None:
        statement = statement.where(col(AuditEntry.at) >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(col(AuditEntry.at) < wanted.until)
    if before is not None:
        statement = statement.where(col(AuditEntry.id) < before)
    return session.exec(statement.order_by(col(AuditEntry.id).desc()).limit(limit)).all()


def acts_known(session: Session, *, acting: Acting) -> tuple[list[str], list[str]]:
    """The acts and the subjects that the log speaks of. Raises `administrator_only`."""
    if not acting.is_administrator:
        raise NotAllowedError("administrator_only")
    acts, subjects = (session.exec(select(column).distinct()).all() for column in (AuditEntry.act, AuditEntry.subject))
    return sorted(acts), sorted(subjects)


def verify_log(session: Session) -> AuditEntry | None:
    """The first entry that does not follow from the one before it; nothing when the whole log does.

    Entries cut off at the end leave no trace in those that remain: compare `count_entries` and `last_digest` with what
    was noted elsewhere.
    """
    previous = FIRST_DIGEST
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).yield_per(READ_AT_ONCE):
        if entry.digest != digest_of(entry, previous=previous):
            return entry
        previous = entry.digest
    return None


def count_entries(session: Session) -> int:
    """How many entries there are."""
    return session.exec(select(func.count()).select_from(AuditEntry)).one()


def last_digest(session: Session) -> str:
    """The digest that seals the whole log."""
    last = session.exec(select(AuditEntry.digest).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return last or FIRST_DIGEST


def holds_digest(session: Session, digest: str) -> bool:
    """Whether an entry has this digest: one noted earlier must still be there."""
    return session.exec(select(AuditEntry.id).where(AuditEntry.digest == digest)).first() is not None
