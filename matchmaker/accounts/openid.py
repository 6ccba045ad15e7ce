"""Signing in through an OpenID provider: what is remembered on the way, and whose account comes back.

State travels through the browser; nonce and PKCE verifier follow from it and the server's key, so that none is stored.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, OpenIdentity, OpenIdRequest
from matchmaker.accounts.queries import account_by_address
from matchmaker.accounts.rules import REQUEST_LIFE
from matchmaker.accounts.seals import digest_of, is_same, new_secret, sealed


@dataclass(frozen=True)
class Errand:
    """What a browser takes to a provider, and what it must bring back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Claims:
    """What a provider says of a person, after its signature was checked."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool


def begin_errand(session: Session, *, key: str, provider: str, browser: str, now: datetime) -> Errand:
    """Send a browser to a provider."""
    session.exec(delete(OpenIdRequest).where(col(OpenIdRequest.expires_at) <= now))
    state = new_secret()
    row = OpenIdRequest(
        provider=provider, state_digest=digest_of(state), browser_digest=digest_of(browser),
        expires_at=now + REQUEST_LIFE,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _errand(key, state)


def end_errand(session: Session, *, key: str, provider: str, state: str, browser: str, now: datetime) -> Errand | None:
    """Take a browser back, once; nothing when it is another one, too late, or was never sent."""
    found = select(OpenIdRequest).where(OpenIdRequest.state_digest == digest_of(state)).with_for_update()
    row = session.exec(found).first()
    if row is None or not is_same(row.browser_digest, digest_of(browser)):
        return None
    session.delete(row)
    session.flush()
    return _errand(key, state) if row.provider == provider and now < row.expires_at else None


def account_of(session: Session, *, claims: Claims, now: datetime) -> Account | None:
    """The account that a provider's person is: by issuer and subject once linked, before that by verified e-mail."""
    known = select(OpenIdentity).where(OpenIdentity.issuer == claims.issuer, OpenIdentity.subject == claims.subject)
    identity = session.exec(known).first()
    if identity is not None:
        account = session.get_one(Account, identity.account_id)
        return None if account.ended_at is not None else account
    if not (claims.is_email_verified and claims.email):
        return None
    found = account_by_address(session, claims.email)
    if found is None or found.ended_at is not None:
        return None
    session.add(OpenIdentity(account_id=found.id or 0, issuer=claims.issuer, subject=claims.subject, created_at=now))
    session.flush()
    return found


def _errand(key: str, state: str) -> Errand:
    nonce, verifier = (sealed(key, purpose=f"openid {name}", text=state) for name in ("nonce", "verifier"))
    return Errand(state=state, nonce=nonce, verifier=verifier)
