"""Reads of assessments: assessors see their own, the committee and the secretariat all; applicants see none."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotFoundError
from matchmaker.membership.ballots import weighted_percent
from matchmaker.membership.charter import Charter
from matchmaker.membership.committee_queries import sits
from matchmaker.membership.models import Application, Assessment, Assessor, Score
from matchmaker.membership.office import Office
from matchmaker.membership.queries import get_application


@dataclass(frozen=True)
class FullAssessment:
    """An assessment with its scores; `percent` weighs them, 0 to 100, once all are there."""

    assessment: Assessment
    scores: tuple[Score, ...]
    percent: float | None


def is_assessor(session: Session, *, acting: Acting) -> bool:
    """Whether the account assesses applications."""
    row = session.get(Assessor, acting.account_id) if acting.account_id else None
    return row is not None and row.ended_at is None


def my_assessments(
    session: Session, *, office: Office, acting: Acting, after: int = 0, limit: int
) -> list[FullAssessment]:
    """What was given to the account to assess, by number."""
    statement = select(Assessment).where(
        Assessment.account_id == acting.account_id,
        col(Assessment.released_at).is_(None),
        col(Assessment.account_id).is_not(None),
        col(Assessment.id) > after,
    )
    rows = session.exec(statement.order_by(col(Assessment.id)).limit(limit)).all()
    return load_assessments(session, charter=office.charter, rows=rows)


def assessment_given(session: Session, *, office: Office, acting: Acting, assessment_id: int) -> FullAssessment:
    """One that was given to the account, and not taken back. Raises `assessment_unknown`."""
    row = session.get(Assessment, assessment_id)
    if row is None or row.account_id is None or row.account_id != acting.account_id or row.released_at is not None:
        raise NotFoundError("assessment_unknown", assessment_id=assessment_id)
    return load_assessments(session, charter=office.charter, rows=[row])[0]


def assessments_seen(session: Session, *, office: Office, acting: Acting, application_id: int) -> list[FullAssessment]:
    """The assessments of an application that the account may see. Raises `application_unknown`."""
    get_application(session, office=office, acting=acting, application_id=application_id)
    statement = select(Assessment).where(
        Assessment.application_id == application_id, col(Assessment.released_at).is_(None)
    )
    sees_all = acting.is_secretariat or acting.is_administrator or sits(session, acting=acting)
    if not sees_all:
        statement = statement.where(Assessment.account_id == acting.account_id)
    rows = session.exec(statement.order_by(col(Assessment.id))).all()
    return load_assessments(session, charter=office.charter, rows=rows)


def load_assessments(session: Session, *, charter: Charter, rows: Sequence[Assessment]) -> list[FullAssessment]:
    """Rows with their scores, in the order of `rows`."""
    numbers = [row.id for row in rows]
    said = session.exec(select(Score).where(col(Score.assessment_id).in_(numbers)).order_by(col(Score.criterion))).all()
    versions = dict(
        session.exec(
            select(Application.id, Application.criteria_version).where(
                col(Application.id).in_([row.application_id for row in rows])
            )
        ).all()
    )
    found = []
    for row in rows:
        scores = tuple(item for item in said if item.assessment_id == row.id)
        found.append(FullAssessment(row, scores, _percent(charter, versions[row.application_id], scores)))
    return found


def _percent(charter: Charter, version: str, scores: Sequence[Score]) -> float | None:
    if not scores:
        return None
    criteria = charter.criteria_of(version)
    points = {item.criterion: item.points for item in scores}
    return weighted_percent(points, weights=criteria.weights, lowest=criteria.lowest, highest=criteria.highest)
