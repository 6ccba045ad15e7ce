"""Sessions and tokens of others, seen and ended by an administrator."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from matchmaker.accounts.actions import revoke_token
from matchmaker.accounts.models import AccountSession, Acting, ApiToken
from matchmaker.accounts.queries import get_account
from matchmaker.accounts.rules import IDLE_LIFE, SESSION_LIFE
from matchmaker.accounts.sessions import end_sessions
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotFoundError

SUBJECT = "account"


def running_sessions(session: Session, *, acting: Acting, account_id: int, now: datetime) -> Sequence[AccountSession]:
    """In which browsers an account is signed in, the latest first. Raises `administrator_needed`, `account_unknown`."""
    get_account(session, acting=acting, account_id=account_id)
    running = select(AccountSession).where(
        AccountSession.account_id == account_id,
        col(AccountSession.ended_at).is_(None),
        col(AccountSession.seen_at) > now - IDLE_LIFE,
        col(AccountSession.created_at) > now - SESSION_LIFE,
    )
    return session.exec(running.order_by(col(AccountSession.seen_at).desc())).all()


def running_tokens(session: Session, *, acting: Acting, account_id: int, now: datetime) -> Sequence[ApiToken]:
    """The tokens of an account that hold, without their keys. Raises `administrator_needed`, `account_unknown`."""
    get_account(session, acting=acting, account_id=account_id)
    expires = col(ApiToken.expires_at)
    running = select(ApiToken).where(
        ApiToken.account_id == account_id, col(ApiToken.revoked_at).is_(None), or_(expires.is_(None), expires > now)
    )
    return session.exec(running.order_by(col(ApiToken.id))).all()


def sign_out(session: Session, *, acting: Acting, account_id: int, now: datetime) -> None:
    """End all browsers' sessions of an account. Raises `administrator_needed`, `account_unknown`."""
    if not running_sessions(session, acting=acting, account_id=account_id, now=now):
        return
    end_sessions(session, account_id=account_id, now=now)
    record_act(session, acting=acting, act="account.sign_out", subject=SUBJECT, subject_id=account_id, now=now)


def end_token(session: Session, *, acting: Acting, account_id: int, token_id: int, now: datetime) -> None:
    """End a token of an account. Raises `administrator_needed`, `account_unknown`, `token_unknown`."""
    get_account(session, acting=acting, account_id=account_id)
    row = session.get(ApiToken, token_id)
    if row is None or row.account_id != account_id:
        raise NotFoundError("token_unknown", token_id=token_id)
    if row.revoked_at is not None:
        return
    revoke_token(session, token_id=token_id, now=now)
    codes = {"token_id": token_id}
    record_act(session, acting=acting, act="token.end", subject=SUBJECT, subject_id=account_id, now=now, codes=codes)
