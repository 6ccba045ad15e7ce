"""Asking for a letter with which to sign in."""

from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Role
from matchmaker.accounts.signing_in import Newcomer, open_request
from matchmaker.letters.actions import write_letter
from matchmaker.people.joining import waiting_invitations

SIGN_IN = "sign_in"


def ask_to_sign_in(
    session: Session,
    *,
    key: str,
    address: str,
    browser: str,
    language: str,
    now: datetime,
    newcomer: Newcomer | None = None,
) -> None:
    """Send link and code where an account has this address, or a newcomer gives it; whoever asks is not told which."""
    newcomer = newcomer or _invited(session, address=address, now=now)
    request = open_request(
        session, key=key, address=address, browser=browser, language=language, now=now, newcomer=newcomer
    )
    if request is None:
        return
    write_letter(
        session, kind=SIGN_IN, account_id=request.account_id, address=request.address, subject_id=request.id or 0,
        is_urgent=True, now=now,
    )  # fmt: skip


def _invited(session: Session, *, address: str, now: datetime) -> Newcomer | None:
    """Who was asked to act for a member may come in to answer."""
    row = next(iter(waiting_invitations(session, address=address, now=now)), None)
    return None if row is None else Newcomer(row.name, Role(row.role))
