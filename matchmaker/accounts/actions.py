"""Making, using and ending API tokens."""

import hashlib
import secrets
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting, ApiToken, Role
from matchmaker.errors import NotFoundError

TOKEN_BYTES = 32
TOKEN_PREFIX = "mm_"  # noqa: S105 - a mark by which leaked keys are found, not a secret


def make_token(
    session: Session, *, name: str, role: Role, label: str, now: datetime, expires_at: datetime | None = None
) -> tuple[Account, str]:
    """Make an account with one token; the token is returned once and cannot be read again."""
    account = Account(name=name, role=role, created_at=now)
    session.add(account)
    session.flush()
    return account, add_token(session, account=account, label=label, now=now, expires_at=expires_at)


def add_token(session: Session, *, account: Account, label: str, now: datetime, expires_at: datetime | None) -> str:
    """Give an account one more token."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        ApiToken(account_id=account.id or 0, label=label, digest=_digest(token), created_at=now, expires_at=expires_at)
    )
    session.flush()
    return token


def who_is(session: Session, *, token: str, now: datetime) -> Acting | None:
    """The account behind a token; nothing when it is unknown, expired or revoked."""
    row = session.exec(select(ApiToken).where(ApiToken.digest == _digest(token))).first()
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    account = session.get_one(Account, row.account_id)
    return Acting(account_id=account.id, role=Role(account.role))


def revoke_token(session: Session, *, token_id: int, now: datetime) -> ApiToken:
    """End a token. Raises `token_unknown`."""
    row = session.get(ApiToken, token_id)
    if row is None:
        raise NotFoundError("token_unknown", token_id=token_id)
    row.revoked_at = row.revoked_at or now
    session.add(row)
    return row


def list_tokens(session: Session) -> list[tuple[ApiToken, Account]]:
    """All tokens with their accounts, oldest first, without the keys."""
    statement = select(ApiToken, Account).where(ApiToken.account_id == Account.id).order_by(col(ApiToken.id))
    return list(session.exec(statement).all())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
