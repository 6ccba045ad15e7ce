"""What a person has agreed to, and which erasures wait."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.rights.models import Consent, Erasure, Subject


def consents_of(session: Session, *, acting: Acting) -> Sequence[Consent]:
    """Every grant and withdrawal of the account that asks, oldest first. Raises `sign_in_needed`."""
    if acting.account_id is None:
        raise NotAllowedError("sign_in_needed")
    return session.exec(select(Consent).where(Consent.account_id == acting.account_id).order_by(col(Consent.id))).all()


def consents_now(session: Session, *, acting: Acting) -> dict[str, Consent]:
    """The last word of the account on each purpose; a purpose of which it said nothing is missing."""
    return {consent.purpose: consent for consent in consents_of(session, acting=acting)}


def agrees(session: Session, *, account_id: int, purpose: str) -> bool:
    """Whether the last word of an account on a purpose is yes; silence is no."""
    statement = select(Consent.is_granted).where(Consent.account_id == account_id, Consent.purpose == purpose)
    return bool(session.exec(statement.order_by(col(Consent.id).desc()).limit(1)).first())


def waiting_erasure(session: Session, *, subject: Subject, subject_id: int) -> Erasure | None:
    """The erasure of this subject that is neither done nor undone."""
    mine = (Erasure.subject == subject, Erasure.subject_id == subject_id)
    return session.exec(select(Erasure).where(*mine, *_waits())).first()


def due_erasures(session: Session, *, now: datetime) -> Sequence[Erasure]:
    """Erasures whose time has come, oldest first."""
    statement = select(Erasure).where(*_waits(), col(Erasure.due_at) <= now)
    return session.exec(statement.order_by(col(Erasure.id))).all()


def _waits() -> tuple[ColumnElement[bool], ...]:
    return col(Erasure.undone_at).is_(None), col(Erasure.erased_at).is_(None)
