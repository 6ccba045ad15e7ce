"""Making, using and ending API tokens."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import EVERY_SCOPE, Account, Acting, ApiToken, Role, Scope
from matchmaker.accounts.seals import digest_of
from matchmaker.errors import NotAllowedError, NotFoundError

TOKEN_BYTES = 32
TOKEN_PREFIX = "mm_"  # noqa: S105 - a mark by which leaked keys are found, not a secret


def make_token(
    session: Session,
    *,
    name: str,
    role: Role,
    label: str,
    now: datetime,
    expires_at: datetime | None = None,
    scopes: Collection[Scope] = EVERY_SCOPE,
) -> tuple[Account, str]:
    """Make an account with one token; the token is returned once and cannot be read again."""
    account = Account(name=name, role=role, created_at=now)
    session.add(account)
    session.flush()
    return account, add_token(session, account=account, label=label, now=now, expires_at=expires_at, scopes=scopes)


def add_token(
    session: Session,
    *,
    account: Account,
    label: str,
    now: datetime,
    expires_at: datetime | None,
    scopes: Collection[Scope] = EVERY_SCOPE,
) -> str:
    """Give an account one more token."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    row = ApiToken(
        account_id=account.id or 0, label=label, digest=digest_of(token), scopes=sorted(scopes), created_at=now,
        expires_at=expires_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return token


def make_own_token(
    session: Session,
    *,
    acting: Acting,
    label: str,
    scopes: Collection[Scope],
    expires_at: datetime | None,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Give oneself a token, which may do no more than one may now. Raises `sign_in_needed`, `scope_missing`."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    for scope in sorted({Scope.PEOPLE, *scopes} - acting.scopes):
        raise NotAllowedError("scope_missing", scope=scope)
    account = session.get_one(Account, acting.account_id)
    key = add_token(session, account=account, label=label, now=now, expires_at=expires_at, scopes=scopes)
    return session.exec(select(ApiToken).where(ApiToken.digest == digest_of(key))).one(), key


def own_tokens(session: Session, *, acting: Acting) -> list[ApiToken]:
    """One's own tokens that were not ended, oldest first."""
    statement = select(ApiToken).where(ApiToken.account_id == acting.account_id, col(ApiToken.revoked_at).is_(None))
    return list(session.exec(statement.order_by(col(ApiToken.id))).all())


def revoke_own_token(session: Session, *, acting: Acting, token_id: int, now: datetime) -> None:
    """End one's own token. Raises `token_unknown`, `scope_missing`."""
    if Scope.PEOPLE not in acting.scopes:
        raise NotAllowedError("scope_missing", scope=Scope.PEOPLE)
    row = session.get(ApiToken, token_id)
    if row is None or row.account_id != acting.account_id:
        raise NotFoundError("token_unknown", token_id=token_id)
    revoke_token(session, token_id=token_id, now=now)


def who_is(session: Session, *, token: str, now: datetime) -> Acting | None:
    """The account behind a token; nothing when it is unknown, expired or revoked, or the account has ended."""
    row = session.exec(select(ApiToken).where(ApiToken.digest == digest_of(token))).first()
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    account = session.get_one(Account, row.account_id)
    if account.ended_at is not None:
        return None
    return Acting(account_id=account.id, role=Role(account.role), scopes=frozenset(map(Scope, row.scopes)))


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


def describe_oneself(session: Session, *, acting: Acting, name: str, language: str) -> Account:
    """Say by which name one goes and in which language one reads. Raises `sign_in_needed`, `scope_missing`."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    if Scope.PEOPLE not in acting.scopes:
        raise NotAllowedError("scope_missing", scope=Scope.PEOPLE)
    account = session.get_one(Account, acting.account_id)
    account.name, account.language = name, language
    session.add(account)
    session.flush()
    return account
