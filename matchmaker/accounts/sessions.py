"""Browsers in which someone is signed in: begun, seen, listed, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, AccountSession, Acting, Role
from matchmaker.accounts.queries import check_people_scope
from matchmaker.accounts.rules import IDLE_LIFE, SESSION_LIFE, holds, is_seen_late
from matchmaker.accounts.seals import digest_of, new_secret
from matchmaker.errors import NotFoundError


@dataclass(frozen=True)
class Visit:
    """Who is signed in, and whether the visit is worth noting."""

    acting: Acting
    session_id: int
    is_seen_late: bool


def start_session(session: Session, *, account: Account, device: str, now: datetime) -> str:
    """Sign an account in; the secret is returned once and belongs in a cookie."""
    secret = new_secret()
    row = AccountSession(
        account_id=account.id or 0, digest=digest_of(secret), device=device, created_at=now, seen_at=now
    )
    session.add(row)
    session.flush()
    return secret


def who_visits(session: Session, *, secret: str, now: datetime) -> Visit | None:
    """Who is signed in with this secret; nobody when the session or the account has ended."""
    row = session.exec(select(AccountSession).where(AccountSession.digest == digest_of(secret))).first()
    if row is None or not holds(row, now=now):
        return None
    account = session.get_one(Account, row.account_id)
    if account.ended_at is not None:
        return None
    acting = Acting(account_id=account.id, role=Role(account.role), session_id=row.id)
    return Visit(acting, row.id or 0, is_seen_late(row, now=now))


def note_visit(session: Session, *, session_id: int, now: datetime) -> None:
    """Remember when a session was last seen."""
    session.exec(update(AccountSession).where(col(AccountSession.id) == session_id).values(seen_at=now))


def list_sessions(session: Session, *, acting: Acting, now: datetime) -> Sequence[AccountSession]:
    """One's own sessions that still hold, newest first."""
    mine = select(AccountSession).where(
        AccountSession.account_id == acting.account_id,
        col(AccountSession.ended_at).is_(None),
        col(AccountSession.seen_at) > now - IDLE_LIFE,
        col(AccountSession.created_at) > now - SESSION_LIFE,
    )
    return session.exec(mine.order_by(col(AccountSession.id).desc())).all()


def end_session(session: Session, *, acting: Acting, session_id: int, now: datetime) -> None:
    """End one of one's own sessions, at once. Raises `session_unknown`, `scope_missing`."""
    check_people_scope(acting)
    row = session.get(AccountSession, session_id)
    if row is None or row.account_id != acting.account_id:
        raise NotFoundError("session_unknown", session_id=session_id)
    row.ended_at = row.ended_at or now
    session.add(row)


def end_other_sessions(session: Session, *, acting: Acting, now: datetime) -> None:
    """End all of one's own sessions but the present one, at once. Raises `scope_missing`."""
    check_people_scope(acting)
    end_sessions(session, account_id=acting.account_id or 0, but=acting.session_id or 0, now=now)


def end_sessions(session: Session, *, account_id: int, now: datetime, but: int = 0) -> None:
    """End the sessions of an account, at once."""
    running = col(AccountSession.ended_at).is_(None)
    chosen = (col(AccountSession.account_id) == account_id, col(AccountSession.id) != but, running)
    session.exec(update(AccountSession).where(*chosen).values(ended_at=now))
