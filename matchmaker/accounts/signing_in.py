"""Signing in without a password: a link for the browser that asked, or its code typed anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Role, SignInRequest
from matchmaker.accounts.queries import account_by_address
from matchmaker.accounts.rules import (
    OPEN_REQUESTS,
    OPERATOR_LINK_LIFE,
    REQUEST_LIFE,
    is_browser_of,
    is_open,
    takes_codes,
)
from matchmaker.accounts.seals import code_of, digest_of, is_same, new_secret, sealed
from matchmaker.errors import NotAllowedError


class AboutRequest(Protocol):
    """A letter whose subject is a request to sign in."""

    @property
    def subject_id(self) -> int:
        """The number of the request."""
        ...


@dataclass(frozen=True)
class SignInSecrets:
    """What a sign-in letter says: an address for the browser that asked, and digits for any other."""

    link: str
    code: str


@dataclass(frozen=True)
class Newcomer:
    """The account that a first sign-in makes."""

    name: str
    role: Role


def open_request(
    session: Session,
    *,
    key: str,
    address: str,
    browser: str,
    language: str,
    now: datetime,
    newcomer: Newcomer | None = None,
) -> SignInRequest | None:
    """Note that a browser asks to sign in; nothing when no letter may follow.

    None follows for an account that has ended, an unknown address without a `newcomer`, or too many open requests.
    """
    session.exec(delete(SignInRequest).where(col(SignInRequest.expires_at) <= now))
    account = account_by_address(session, address)
    if sum(is_open(row, now=now) for row in _requests_of(session, address)) >= OPEN_REQUESTS:
        return None
    if account is None and newcomer is None:
        return None
    if account is not None and account.ended_at is not None:
        return None
    nonce = new_secret()
    row = SignInRequest(
        account_id=account.id if account else None, address=address.lower(), nonce=nonce, language=language,
        name=newcomer.name if newcomer and not account else "", role=newcomer.role if newcomer and not account else "",
        link_digest=digest_of(_link_secret(key, nonce)), code_digest=_code_digest(key, code_of(key, nonce=nonce)),
        browser_digest=digest_of(browser), created_at=now, expires_at=now + REQUEST_LIFE,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def make_link(session: Session, *, key: str, account: Account, now: datetime, public_url: str) -> str:
    """A link of an operator's making, which signs an account in once, in any browser."""
    nonce = new_secret()
    row = SignInRequest(
        account_id=account.id, address=account.email or "", nonce=nonce, language=account.language,
        link_digest=digest_of(_link_secret(key, nonce)), code_digest=_code_digest(key, code_of(key, nonce=nonce)),
        created_at=now, expires_at=now + OPERATOR_LINK_LIFE,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _secrets(row, key=key, public_url=public_url).link


def sign_in_secrets(
    session: Session, letter: AboutRequest, *, key: str, public_url: str, now: datetime
) -> SignInSecrets | None:
    """What the letter of a request says, computed when it leaves; nothing when the request no longer holds."""
    row = session.get(SignInRequest, letter.subject_id)
    if row is None or not is_open(row, now=now):
        return None
    return _secrets(row, key=key, public_url=public_url)


def take_link(session: Session, *, secret: str, browser: str, now: datetime) -> Account | None:
    """The account of a link, once; nothing when it does not hold. Raises `other_browser`, which does not spend it."""
    found = select(SignInRequest).where(SignInRequest.link_digest == digest_of(secret)).with_for_update()
    row = session.exec(found).first()
    if row is None or not is_open(row, now=now):
        return None
    if not is_browser_of(row, browser=browser):
        raise NotAllowedError("other_browser")
    return _spend(session, row, now=now)


def take_code(session: Session, *, key: str, address: str, code: str, now: datetime) -> Account | None:
    """The account of an address and a code sent to it, once. A wrong code counts against all codes of the address.

    The caller must commit also when there is nothing, or the count is lost.
    """
    rows = [row for row in _requests_of(session, address) if takes_codes(row, now=now)]
    digest = _code_digest(key, code)
    right = [row for row in rows if is_same(row.code_digest, digest)]
    if right:
        return _spend(session, right[0], now=now)
    for row in rows:
        row.attempts += 1
        session.add(row)
    session.flush()
    return None


def close_requests(session: Session, *, address: str, now: datetime) -> None:
    """End all links and codes of an address, at once."""
    for row in _requests_of(session, address):
        row.used_at = row.used_at or now
        session.add(row)


def _spend(session: Session, row: SignInRequest, *, now: datetime) -> Account | None:
    """Use a request up, with all others of its address: whoever has come in needs no more of them."""
    row.used_at = now
    session.add(row)
    close_requests(session, address=row.address, now=now)
    account = session.get(Account, row.account_id) if row.account_id else account_by_address(session, row.address)
    if account is None and row.role:
        account = Account(name=row.name, role=Role(row.role), email=row.address, language=row.language, created_at=now)
        session.add(account)
    session.flush()
    return None if account is None or account.ended_at is not None else account


def _requests_of(session: Session, address: str) -> Sequence[SignInRequest]:
    """Requests of an address that browsers made, held against other writers; none of an empty address."""
    mine = select(SignInRequest).where(SignInRequest.address == address.lower(), SignInRequest.browser_digest != "")
    return session.exec(mine.order_by(col(SignInRequest.id)).with_for_update()).all() if address else []


def _secrets(row: SignInRequest, *, key: str, public_url: str) -> SignInSecrets:
    link = f"{public_url.rstrip('/')}/{row.language}/sign-in/{_link_secret(key, row.nonce)}"
    return SignInSecrets(link=link, code=code_of(key, nonce=row.nonce))


def _link_secret(key: str, nonce: str) -> str:
    return sealed(key, purpose="sign-in link", text=nonce)


def _code_digest(key: str, code: str) -> str:
    """Digits are few: without the key their digest would be undone in a second."""
    return digest_of(sealed(key, purpose="sign-in code digest", text=code))
