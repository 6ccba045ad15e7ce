"""Reads of applications and of the register, each with the permission of the account that asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, func, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.errors import NotFoundError
from matchmaker.membership.committee_queries import sits
from matchmaker.membership.conflicts import may_judge
from matchmaker.membership.models import (
    AdmissionProcess,
    Appeal,
    Application,
    Assessment,
    Decision,
    Standing,
    StandingChange,
)
from matchmaker.membership.office import Office
from matchmaker.membership.rules import JUDGED, OPEN_STATES, appeal_deadline
from matchmaker.membership.states import ApplicationState, Round
from matchmaker.profiles.models import Profile, Representation
from matchmaker.profiles.queries import FullProfile, get_profile, load_full, may_see, represents


@dataclass(frozen=True)
class FullApplication:
    """An application with the applicant, what was decided, and until when a refusal can be appealed against."""

    application: Application
    profile: FullProfile
    decisions: tuple[Decision, ...]
    appeal: Appeal | None
    appeal_until: datetime | None


@dataclass(frozen=True)
class Member:
    """A line of the register."""

    profile: Profile
    standing: Standing


def process_in_force(session: Session) -> AdmissionProcess | None:
    """How applications submitted now are decided; nothing when one secretary decides without criteria."""
    return session.exec(select(AdmissionProcess).order_by(col(AdmissionProcess.id).desc()).limit(1)).first()


def get_application(session: Session, *, office: Office, acting: Acting, application_id: int) -> FullApplication:
    """One application. Raises `application_unknown`, also for one that the account may not see."""
    asked = _may_see(session, office=office, acting=acting)
    row = session.exec(select(Application).where(Application.id == application_id, asked)).first()
    if row is None:
        raise NotFoundError("application_unknown", application_id=application_id)
    return load_application(session, office=office, row=row)


def list_applications(
    session: Session,
    *,
    office: Office,
    acting: Acting,
    states: Collection[ApplicationState] = (),
    after: int = 0,
    limit: int,
) -> Sequence[Application]:
    """Applications that the account may see, by number, from the one after `after`, at most `limit`."""
    asked = _may_see(session, office=office, acting=acting)
    statement = select(Application).where(asked, col(Application.id) > after)
    if states:
        statement = statement.where(col(Application.state).in_(list(states)))
    return session.exec(statement.order_by(col(Application.id)).limit(limit)).all()


def waiting_applications(session: Session, *, office: Office, acting: Acting) -> tuple[int, datetime | None]:
    """How many applications that the account may see wait for a decision, and since when the oldest does."""
    asked = _may_see(session, office=office, acting=acting)
    counted = select(func.count(), func.min(Application.submitted_at))
    return session.exec(counted.where(asked, col(Application.state).in_(JUDGED))).one()


def load_application(session: Session, *, office: Office, row: Application) -> FullApplication:
    """A row with all that belongs to it."""
    of_row = select(Decision).where(Decision.application_id == row.id).order_by(col(Decision.id))
    decisions = tuple(session.exec(of_row).all())
    is_open = row.state == ApplicationState.REFUSED and decisions
    until = appeal_deadline(decisions[0], office.charter.policy) if is_open else None
    profile = load_full(session, [session.get_one(Profile, row.profile_id)])[0]
    return FullApplication(row, profile, decisions, session.get(Appeal, row.id), until)


def decision_of(session: Session, *, application_id: int | None, round_: Round) -> Decision | None:
    """What was decided in a round."""
    statement = select(Decision).where(Decision.application_id == application_id, Decision.round == round_)
    return session.exec(statement).first()


def open_application(session: Session, *, profile_id: int) -> Application | None:
    """The application of a profile that still waits for someone."""
    waiting = select(Application).where(
        Application.profile_id == profile_id, col(Application.state).in_(sorted(OPEN_STATES))
    )
    return session.exec(waiting.order_by(col(Application.id).desc()).limit(1)).first()


def representatives(session: Session, *, profile_id: int) -> Sequence[int]:
    """The accounts that act for a profile."""
    statement = select(Representation.account_id).where(Representation.profile_id == profile_id)
    return session.exec(statement.order_by(col(Representation.account_id))).all()


def list_register(session: Session, *, acting: Acting, after: int = 0, limit: int) -> list[Member]:
    """Admitted agents by number. Who was suspended or has left is seen by itself and by the secretariat alone."""
    statement = (
        select(Profile, Standing)
        .join(Standing, col(Standing.profile_id) == Profile.id)
        .where(may_see(acting), col(Standing.admitted_at).is_not(None), col(Profile.id) > after)
    )
    return [Member(*row) for row in session.exec(statement.order_by(col(Profile.id)).limit(limit)).all()]


def standing_history(session: Session, *, acting: Acting, profile_id: int) -> Sequence[StandingChange]:
    """How a standing changed and why: for who acts for the agent, and the secretariat. Raises `profile_unknown`."""
    get_profile(session, acting=OPERATOR if acting.is_administrator else acting, profile_id=profile_id)
    may_read = acting.is_secretariat or acting.is_administrator
    if not (may_read or represents(session, acting=acting, profile_id=profile_id)):
        raise NotFoundError("profile_unknown", profile_id=profile_id)
    statement = select(StandingChange).where(StandingChange.profile_id == profile_id)
    return session.exec(statement.order_by(col(StandingChange.id))).all()


def _may_see(session: Session, *, office: Office, acting: Acting) -> ColumnElement[bool]:
    """One's own; those one assesses, or decides on in the committee, conflicts aside; all for the secretariat."""
    if acting.is_secretariat or acting.is_administrator:
        return col(Application.id).is_not(None)
    if acting.account_id is None:
        return false()
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    given = select(Assessment.application_id).where(
        Assessment.account_id == acting.account_id, col(Assessment.released_at).is_(None)
    )
    judged: list[int | None] = [*session.exec(given).all()]
    if sits(session, acting=acting):
        judged += session.exec(select(Application.id).where(col(Application.has_committee))).all()
    rows = session.exec(select(Application.id, Application.profile_id).where(col(Application.id).in_(judged))).all()
    allowed = [
        number
        for number, profile_id in rows
        if may_judge(session, office.conflicts, account_id=acting.account_id, profile_id=profile_id)
    ]
    return or_(col(Application.profile_id).in_(own), col(Application.id).in_(allowed))
