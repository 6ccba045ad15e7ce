"""Receiving a contact: it is read and noted in one act, so that everyone can ask who received theirs."""

from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.introductions.models import Disclosure
from matchmaker.mentoring.queries import Contact, contacts_for, get_mentoring, sides_of
from matchmaker.mentoring.rules import other, profile_of


def receive_contacts(session: Session, *, acting: Acting, mentoring_id: int, now: datetime) -> list[Contact]:
    """How to reach the other side, noted in the register of disclosures the first time. Raises as `contacts_for`."""
    found = contacts_for(session, acting=acting, mentoring_id=mentoring_id, now=now)
    request = get_mentoring(session, acting=acting, mentoring_id=mentoring_id)
    own = sides_of(session, acting=acting, request=request)[0]
    of_profile_id = profile_of(request, other(own))
    known = select(Disclosure.id).where(
        Disclosure.mentoring_id == mentoring_id,
        Disclosure.to_account_id == acting.account_id,
        Disclosure.of_profile_id == of_profile_id,
    )
    if session.exec(known).first() is None:
        session.add(
            Disclosure(
                mentoring_id=mentoring_id, to_account_id=acting.account_id or 0, of_profile_id=of_profile_id,
                to_profile_id=profile_of(request, own), disclosed_at=now,
            )
        )  # fmt: skip
        session.flush()
    return found
