"""Addresses that get no letters: they came back, or whoever reads them does not want any."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.letters.models import Silence, SilentAddress


def digest_of(address: str) -> str:
    """By which an address is known without being kept."""
    return hashlib.sha256(address.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()


def silences(session: Session, addresses: Iterable[str]) -> dict[str, str]:
    """Those of `addresses` that get no letters, or fewer, with the reason."""
    by_digest = {digest_of(address): address for address in addresses if address}
    rows = session.exec(select(SilentAddress).where(col(SilentAddress.digest).in_(list(by_digest)))).all()
    return {by_digest[row.digest]: row.reason for row in rows}


def silence(session: Session, *, digest: str, reason: Silence, now: datetime, status: str = "") -> SilentAddress:
    """Send no more letters to the address of this digest. A bounce takes the place of a refusal, never the reverse."""
    row = session.get(SilentAddress, digest) or SilentAddress(digest=digest, reason=reason, noted_at=now)
    if reason is Silence.BOUNCED:
        row.reason, row.status, row.noted_at = reason, status, now
    session.add(row)
    session.flush()
    return row


def bounced(session: Session, *, address: str, now: datetime, status: str = "") -> SilentAddress:
    """Note that letters to an address come back, and whose address it is."""
    row = silence(session, digest=digest_of(address), reason=Silence.BOUNCED, now=now, status=status)
    row.account_id = session.exec(select(Account.id).where(Account.email == address.strip().lower())).first()
    session.add(row)
    session.flush()
    return row


def note_bounce(session: Session, *, acting: Acting, account_id: int, now: datetime) -> SilentAddress:
    """Note by hand that letters to an account come back. Raises `secretariat_only`, `account_unknown`."""
    account = _account(session, acting, account_id)
    known = session.get(SilentAddress, digest_of(account.email or ""))
    if known is not None and known.reason == Silence.BOUNCED:
        return known
    row = bounced(session, address=account.email or "", now=now)
    record_act(session, acting=acting, act="bounce_noted", subject="account", subject_id=account_id, now=now)
    return row


def renew_address(session: Session, *, acting: Acting, account_id: int, now: datetime) -> bool:
    """Let letters go to an account's address again: its owner or the secretariat says that it works.

    Says whether it had bounced. Raises `account_unknown`, also for somebody else's.
    """
    if not (acting.is_secretariat or acting.account_id == account_id):
        raise NotFoundError("account_unknown", account_id=account_id)
    account = session.get(Account, account_id)
    if account is None or not account.email:
        raise NotFoundError("account_unknown", account_id=account_id)
    row = session.get(SilentAddress, digest_of(account.email))
    if row is None:
        return False
    session.delete(row)
    session.flush()
    record_act(session, acting=acting, act="address_renewed", subject="account", subject_id=account_id, now=now)
    return True


def list_bounces(
    session: Session, *, acting: Acting, after: int = 0, limit: int
) -> list[tuple[Account, SilentAddress]]:
    """Accounts whose letters come back, by number. Raises `secretariat_only`."""
    _check_secretariat(acting)
    statement = (
        select(Account, SilentAddress)
        .where(SilentAddress.account_id == Account.id, SilentAddress.reason == Silence.BOUNCED)
        .where(col(Account.id) > after)
        .order_by(col(Account.id))
        .limit(limit)
    )
    return [(account, row) for account, row in session.exec(statement).all()]


def waiting_bounces(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """To how many accounts letters come back, and since when to the first. Raises `secretariat_only`."""
    _check_secretariat(acting)
    known = (col(SilentAddress.account_id).is_not(None), col(SilentAddress.reason) == Silence.BOUNCED)
    return session.exec(select(func.count(), func.min(SilentAddress.noted_at)).where(*known)).one()


def _account(session: Session, acting: Acting, account_id: int) -> Account:
    _check_secretariat(acting)
    account = session.get(Account, account_id)
    if account is None or not account.email:
        raise NotFoundError("account_unknown", account_id=account_id)
    return account


def _check_secretariat(acting: Acting) -> None:
    if not acting.is_secretariat:
        raise NotAllowedError("secretariat_only")
