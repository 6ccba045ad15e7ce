"""What a person has agreed to, which requests and erasures wait, who received whose contact."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.introductions.models import Disclosure
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.rights.models import Consent, Erasure, Request, State, Subject
from matchmaker.rights.permission import check_speaks_for
from matchmaker.rights.rules import OPEN, TAKEN_BACK

Which = Literal["all", "open", "overdue"]
LAST_REPRESENTATIVE = "last_representative"
"""Why the service blocked a member by itself: nobody is left who speaks for it."""


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


def get_request(session: Session, *, acting: Acting, request_id: int) -> Request:
    """One request: for whoever speaks for its subject, and the secretariat. Raises `request_unknown`."""
    row = session.exec(select(Request).where(Request.id == request_id, _may_see(acting))).first()
    if row is None:
        raise NotFoundError("request_unknown", request_id=request_id)
    return row


def list_requests(
    session: Session, *, acting: Acting, now: datetime, which: Which = "all", after: int = 0, limit: int
) -> Sequence[Request]:
    """Requests by number, that the account may see. Raises `sign_in_needed`."""
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    statement = select(Request).where(_may_see(acting), col(Request.id) > after)
    if which != "all":
        statement = statement.where(col(Request.state).in_(OPEN))
    if which == "overdue":
        statement = statement.where(col(Request.due_at) < now)
    return session.exec(statement.order_by(col(Request.id)).limit(limit)).all()


def waiting_requests(session: Session, *, acting: Acting) -> tuple[int, datetime | None]:
    """How many requests that the account may see are open, and when the oldest came."""
    counted = select(func.count(), func.min(Request.received_at))
    return session.exec(counted.where(_may_see(acting), col(Request.state).in_(OPEN))).one()


def list_disclosures(
    session: Session, *, acting: Acting, profile_id: int | None = None, after: int = 0, limit: int
) -> Sequence[Disclosure]:
    """Who received whose contact, by number: what one received and what was given of one's members; all for the office.

    Raises `sign_in_needed`, `not_your_data` for a member that one does not speak for.
    """
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    statement = select(Disclosure).where(col(Disclosure.id) > after)
    if profile_id is not None:
        check_speaks_for(session, acting=acting, subject=Subject.PROFILE, subject_id=profile_id)
        statement = statement.where(or_(col(Disclosure.of_profile_id) == profile_id,
                                        col(Disclosure.to_profile_id) == profile_id))  # fmt: skip
    elif not (acting.is_secretariat or acting.is_administrator):
        received, given = col(Disclosure.to_account_id) == acting.account_id, col(Disclosure.of_profile_id)
        statement = statement.where(or_(received, given.in_(_spoken_for(acting))))
    return session.exec(statement.order_by(col(Disclosure.id)).limit(limit)).all()


def country_of(session: Session, *, subject: Subject, subject_id: int) -> str:
    """Where a member is; for a person, where the first member is that it acts for. Empty when nobody knows."""
    if subject is Subject.PROFILE:
        profile = session.get(Profile, subject_id)
        return "" if profile is None else profile.country
    statement = (
        select(Profile.country)
        .join(Representation, col(Representation.profile_id) == col(Profile.id))
        .where(Representation.account_id == subject_id, Profile.country != "")
    )
    return session.exec(statement.order_by(col(Profile.id)).limit(1)).first() or ""


def waiting_erasure(session: Session, *, subject: Subject, subject_id: int) -> Erasure | None:
    """The erasure of this subject that is neither done nor undone."""
    mine = (Erasure.subject == subject, Erasure.subject_id == subject_id)
    return session.exec(select(Erasure).where(*mine, *_waits())).first()


def due_erasures(session: Session, *, now: datetime) -> Sequence[Erasure]:
    """Erasures whose time has come, oldest first, held so that no second process erases them too."""
    statement = select(Erasure).where(*_waits(), col(Erasure.due_at) <= now)
    return session.exec(statement.order_by(col(Erasure.id)).with_for_update()).all()


def is_blocked(session: Session, *, subject: Subject, subject_id: int) -> bool:
    """Whether a right that was used blocks a subject: an erasure that waits, a block or an objection in force."""
    if waiting_erasure(session, subject=subject, subject_id=subject_id) is not None:
        return True
    about = (Request.subject == subject, Request.subject_id == subject_id, Request.state == State.DONE)
    return session.exec(select(Request.id).where(*about, col(Request.kind).in_(TAKEN_BACK))).first() is not None


def open_requests(session: Session, *, subject: Subject, subject_id: int) -> Sequence[Request]:
    """Requests about a subject that wait for an answer."""
    about = (Request.subject == subject, Request.subject_id == subject_id)
    return session.exec(select(Request).where(*about, col(Request.state).in_(OPEN))).all()


def unswept_erasures(session: Session) -> Sequence[Erasure]:
    """Erasures done in the database, after which the other stores were not yet swept."""
    done = select(Erasure).where(col(Erasure.erased_at).is_not(None), col(Erasure.swept_at).is_(None))
    return session.exec(done.order_by(col(Erasure.id))).all()


def blocks_because_alone(session: Session, *, account_id: int) -> Sequence[Request]:
    """Members that the service blocked because this account was the last to speak for them."""
    statement = select(Request).where(
        Request.asked_by_id == account_id, Request.cause == LAST_REPRESENTATIVE, Request.state == State.DONE
    )
    return session.exec(statement.order_by(col(Request.id))).all()


def _waits() -> tuple[ColumnElement[bool], ...]:
    return col(Erasure.undone_at).is_(None), col(Erasure.erased_at).is_(None)


def _may_see(acting: Acting) -> ColumnElement[bool]:
    if acting.is_secretariat or acting.is_administrator:
        return col(Request.id).is_not(None)
    own = and_(col(Request.subject) == Subject.ACCOUNT, col(Request.subject_id) == acting.account_id)
    members = and_(col(Request.subject) == Subject.PROFILE, col(Request.subject_id).in_(_spoken_for(acting)))
    return or_(own, members)


def _spoken_for(acting: Acting) -> SelectOfScalar[int]:
    return select(Representation.profile_id).where(
        Representation.account_id == acting.account_id, Representation.part == Part.REPRESENTATIVE
    )
