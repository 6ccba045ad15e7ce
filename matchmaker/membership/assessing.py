"""Assessors: appointed by the secretariat, given applications by lot, scoring each criterion with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, func, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.membership.assignment import Candidate, assign
from matchmaker.membership.conflicts import may_judge
from matchmaker.membership.models import Application, Assessment, Assessor, Score
from matchmaker.membership.office import ASSIGNED, Office, check_power
from matchmaker.membership.states import ApplicationState
from matchmaker.membership.voters import call_to_vote


@dataclass(frozen=True)
class Scored:
    """What an assessor says on one criterion."""

    criterion: str
    points: int
    reason: str


def appoint_assessor(session: Session, *, office: Office, acting: Acting, account_id: int) -> Assessor:
    """Let an account assess from now on. Raises `secretariat_only`, `account_unknown`."""
    check_power(acting)
    if session.get(Account, account_id) is None:
        raise NotFoundError("account_unknown", account_id=account_id)
    row = session.get(Assessor, account_id) or Assessor(account_id=account_id, appointed_at=office.now)
    row.ended_at = None
    session.add(row)
    session.flush()
    office.note(session, acting=acting, act="assessor.appoint", subject="account", subject_id=account_id)
    return row


def dismiss_assessor(session: Session, *, office: Office, acting: Acting, account_id: int) -> Assessor:
    """Give an assessor no more applications; those given stay. Raises `secretariat_only`, `account_unknown`."""
    check_power(acting)
    row = session.get(Assessor, account_id)
    if row is None:
        raise NotFoundError("account_unknown", account_id=account_id)
    row.ended_at = row.ended_at or office.now
    session.add(row)
    session.flush()
    office.note(session, acting=acting, act="assessor.dismiss", subject="account", subject_id=account_id)
    return row


def list_assessors(session: Session, *, acting: Acting) -> Sequence[Assessor]:
    """Who assesses, or did. Raises `secretariat_only`."""
    check_power(acting)
    return session.exec(select(Assessor).order_by(col(Assessor.account_id))).all()


def assign_assessors(session: Session, *, office: Office, application: Application) -> list[Assessment]:
    """Give an application to as many assessors as the policy says, or as there are without a conflict."""
    session.exec(select(Assessor.account_id).order_by(col(Assessor.account_id)).with_for_update())
    given = assessments_of(session, application_id=application.id, is_released=None)
    wanted = office.charter.policy.assessors_per_application - sum(row.released_at is None for row in given)
    passed = {row.account_id for row in given}
    candidates = [found for found in _candidates(session, office, application) if found.account_id not in passed]
    made = []
    for account_id in assign(candidates, wanted=max(0, wanted), seed=application.id or 0):
        made.append(Assessment(application_id=application.id or 0, account_id=account_id, assigned_at=office.now))
        session.add(made[-1])
    session.flush()
    told = [row.account_id for row in made if row.account_id is not None]
    office.tell(session, kind=ASSIGNED, accounts=told, subject_id=application.id or 0, once="assess")
    return made


def replace_assessor(session: Session, *, office: Office, acting: Acting, assessment_id: int) -> list[Assessment]:
    """Take an application back from an assessor who does not deliver, and give it to another one.

    Raises `secretariat_only`, `assessment_unknown`, `application_state`.
    """
    check_power(acting)
    row, application = _assessment(session, assessment_id)
    _check_open(application, act="replace")
    if row.released_at is not None:
        return []
    row.released_at = office.now
    session.add(row)
    session.flush()
    office.note(session, acting=acting, act="assessor.replace", subject="assessment", subject_id=assessment_id)
    return assign_assessors(session, office=office, application=application)


def score(
    session: Session, *, office: Office, acting: Acting, assessment_id: int, scores: Sequence[Scored]
) -> Assessment:
    """Say what one thinks on every criterion, each with a reason; until the decision it can be said again.

    Raises `assessment_unknown`, `conflict_of_interest`, `application_state`, `criteria_mismatch`,
    `points_out_of_range`.
    """
    row, application = _assessment(session, assessment_id)
    if row.account_id is None or row.account_id != acting.account_id or row.released_at is not None:
        raise NotFoundError("assessment_unknown", assessment_id=assessment_id)
    if not may_judge(session, office.conflicts, account_id=acting.account_id, profile_id=application.profile_id):
        raise NotAllowedError("conflict_of_interest")
    _check_open(application, act="score")
    _check_scores(office, application, scores)
    session.exec(delete(Score).where(col(Score.assessment_id) == assessment_id))
    for item in scores:
        session.add(
            Score(assessment_id=assessment_id, criterion=item.criterion, points=item.points, reason=item.reason)
        )
    row.completed_at = office.now
    session.add(row)
    session.flush()
    given = assessments_of(session, application_id=application.id)
    if application.has_committee and all(found.completed_at is not None for found in given):
        call_to_vote(session, office=office, row=application)
    return row


def assessments_of(
    session: Session, *, application_id: int | None, is_released: bool | None = False
) -> Sequence[Assessment]:
    """The assessments of an application; `is_released` None gives those taken back too."""
    statement = select(Assessment).where(Assessment.application_id == application_id)
    if is_released is not None:
        released = col(Assessment.released_at)
        statement = statement.where(released.is_not(None) if is_released else released.is_(None))
    return session.exec(statement.order_by(col(Assessment.id))).all()


def _candidates(session: Session, office: Office, application: Application) -> list[Candidate]:
    loads: dict[int | None, int] = dict(
        session.exec(
            select(Assessment.account_id, func.count())
            .where(col(Assessment.released_at).is_(None))
            .group_by(col(Assessment.account_id))
        ).all()
    )
    serving = session.exec(select(Assessor.account_id).where(col(Assessor.ended_at).is_(None))).all()
    return [
        Candidate(account_id, loads.get(account_id, 0))
        for account_id in serving
        if may_judge(session, office.conflicts, account_id=account_id, profile_id=application.profile_id)
    ]


def _assessment(session: Session, assessment_id: int) -> tuple[Assessment, Application]:
    row = session.get(Assessment, assessment_id)
    if row is None:
        raise NotFoundError("assessment_unknown", assessment_id=assessment_id)
    return row, session.get_one(Application, row.application_id, with_for_update=True)


def _check_open(application: Application, *, act: str) -> None:
    if application.state != ApplicationState.IN_ASSESSMENT:
        raise ConflictError("application_state", application_id=application.id, state=application.state, act=act)


def _check_scores(office: Office, application: Application, scores: Sequence[Scored]) -> None:
    criteria = office.charter.criteria_of(application.criteria_version)
    said = [item.criterion for item in scores]
    if sorted(said) != sorted(criteria.weights):
        raise InvalidInputError("criteria_mismatch", field="scores", value=said, known=sorted(criteria.weights))
    for item in scores:
        if not criteria.lowest <= item.points <= criteria.highest:
            raise InvalidInputError(
                "points_out_of_range", field="scores", value=item.points, lowest=criteria.lowest,
                highest=criteria.highest,
            )  # fmt: skip
