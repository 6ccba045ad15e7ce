"""Tables that an export tells through the eyes of the subject: what it was told in the service, and no more."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from sqlmodel import Session, col, or_, select

from matchmaker.integrity.models import Conflict, Ground, Incident, IncidentState, IncidentStep
from matchmaker.integrity.rules import state_shown
from matchmaker.introductions.keeping import Kept, load, side_told
from matchmaker.introductions.models import Introduction, IntroductionQuestion, OutcomeReport, Side
from matchmaker.introductions.sight import readable, seen_state
from matchmaker.membership.models import Application, Assessment, Decision, Score
from matchmaker.mentoring.models import Mentoring
from matchmaker.mentoring.models import Side as MentoringSide
from matchmaker.rights.models import Subject

Rows = list[dict[str, Any]]
Sight = Callable[[Session, Subject, int], Rows]
UNSEEN_OF_INTRODUCTIONS = {"phase", "paused_at", "created_at", "settled_met"}
UNSEEN_OF_INCIDENTS = {"reporter_id", "assigned_id"}
ANSWERS = {"mentor_answer", "mentee_answer", "mentor_result", "mentee_result", "proposed_by"}


def _grounds(session: Session, subject: Subject, subject_id: int) -> Rows:
    """Its own declarations with what came of them; of what was detected the codes alone."""
    if subject is Subject.ACCOUNT:
        return []
    is_between = or_(col(Conflict.first_id) == subject_id, col(Conflict.second_id) == subject_id)
    statement = select(Ground, Conflict).join(Conflict, col(Conflict.id) == col(Ground.conflict_id)).where(is_between)
    found = session.exec(statement.order_by(col(Ground.id))).all()
    declared = [_declared(ground, pair, subject_id) for ground, pair in found if ground.declared_by_id == subject_id]
    detected = sorted({ground.code for ground, _ in found if ground.declared_by_id is None})
    return [*declared, *({"code": code, "declared_by_id": None} for code in detected)]


def _declared(ground: Ground, pair: Conflict, subject_id: int) -> dict[str, Any]:
    return {
        "code": ground.code,
        "declared_by_id": subject_id,
        "with_profile_id": pair.second_id if pair.first_id == subject_id else pair.first_id,
        "until": ground.until,
        "added_at": ground.added_at,
        "state": state_shown(pair.state, decided_at=pair.decided_at, declared_at=ground.added_at),
    }


def _incidents(session: Session, subject: Subject, subject_id: int) -> Rows:
    return [_incident(row, subject) for row in _known_incidents(session, subject, subject_id)]


def _incident(row: Incident, subject: Subject) -> dict[str, Any]:
    told = row.model_dump(exclude=UNSEEN_OF_INCIDENTS)
    return told | {"text": ""} if subject is Subject.PROFILE and row.is_protected else told


def _steps(session: Session, subject: Subject, subject_id: int) -> Rows:
    numbers = [row.id for row in _known_incidents(session, subject, subject_id)]
    statement = select(IncidentStep).where(col(IncidentStep.incident_id).in_(numbers)).order_by(col(IncidentStep.id))
    return [row.model_dump(exclude={"account_id"}) for row in session.exec(statement).all()]


def _known_incidents(session: Session, subject: Subject, subject_id: int) -> list[Incident]:
    """Those that a person reported; those about a member, which is told from the examination on."""
    reported = (Incident.reporter_id == subject_id,)
    about = (Incident.about_id == subject_id, Incident.state != IncidentState.RECEIVED)
    known = reported if subject is Subject.ACCOUNT else about
    return list(session.exec(select(Incident).where(*known).order_by(col(Incident.id))).all())


def _scores(session: Session, subject: Subject, subject_id: int) -> Rows:
    if subject is Subject.ACCOUNT:
        return []
    decided = select(Decision.application_id)
    statement = (
        select(Application.id, Score.criterion, Score.points)
        .join(Assessment, col(Assessment.application_id) == col(Application.id))
        .join(Score, col(Score.assessment_id) == col(Assessment.id))
        .where(Application.profile_id == subject_id, col(Application.id).in_(decided))
        .where(col(Assessment.completed_at).is_not(None), col(Assessment.released_at).is_(None))
        .order_by(col(Application.id), col(Score.criterion), col(Score.points))
    )
    rows = session.exec(statement).all()
    return [{"application_id": number, "criterion": code, "points": points} for number, code, points in rows]


def _mentorings(session: Session, subject: Subject, subject_id: int) -> Rows:
    if subject is Subject.ACCOUNT:
        return []
    mine = or_(col(Mentoring.mentor_id) == subject_id, col(Mentoring.mentee_id) == subject_id)
    rows = session.exec(select(Mentoring).where(mine).order_by(col(Mentoring.id))).all()
    sides = [MentoringSide.MENTOR if row.mentor_id == subject_id else MentoringSide.MENTEE for row in rows]
    seen = [(row, side) for row, side in zip(rows, sides, strict=True) if row.told_at or row.proposer == side]
    return [_mentoring(row, side) for row, side in seen]


def _mentoring(row: Mentoring, side: MentoringSide) -> dict[str, Any]:
    """When the other side was told, or whether, is the other's: a gap would say that a conflict is looked at."""
    own = {f"own_{name}": getattr(row, f"{side}_{name}") for name in ("answer", "result")}
    told_at = row.created_at if row.proposer == side else row.told_at
    return row.model_dump(exclude=ANSWERS) | own | {"told_at": told_at}


def _introductions(session: Session, subject: Subject, subject_id: int) -> Rows:
    return [
        kept.row.model_dump(exclude=UNSEEN_OF_INTRODUCTIONS)
        | {"state": seen_state(kept.row), "told_at": kept.sides[side].told_at}
        for kept, side in _told(session, subject, subject_id)
    ]


def _sides(session: Session, subject: Subject, subject_id: int) -> Rows:
    rows = []
    for kept, own in _told(session, subject, subject_id):
        said = [readable(kept.row, kept.sides[side], reader=own) for side in Side]
        rows += [{"introduction_id": kept.id, **vars(each)} for each in said if each is not None]
    return rows


def _questions(session: Session, subject: Subject, subject_id: int) -> Rows:
    numbers = [kept.id for kept, _ in _told(session, subject, subject_id)]
    statement = select(IntroductionQuestion).where(col(IntroductionQuestion.introduction_id).in_(numbers))
    return [row.model_dump() for row in session.exec(statement.order_by(col(IntroductionQuestion.id))).all()]


def _reports(session: Session, subject: Subject, subject_id: int) -> Rows:
    sides = {kept.id: side for kept, side in _told(session, subject, subject_id)}
    statement = select(OutcomeReport).where(col(OutcomeReport.introduction_id).in_(sides))
    rows = session.exec(statement.order_by(col(OutcomeReport.introduction_id), col(OutcomeReport.days))).all()
    return [row.model_dump() for row in rows if row.side == sides[row.introduction_id]]


def _told(session: Session, subject: Subject, subject_id: int) -> list[tuple[Kept, Side]]:
    """The introductions of a member of which its side was told."""
    if subject is Subject.ACCOUNT:
        return []
    mine = or_(col(Introduction.owner_id) == subject_id, col(Introduction.profile_id) == subject_id)
    rows = session.exec(select(Introduction).where(mine).order_by(col(Introduction.id))).all()
    sides = ((kept, side_told(kept, {subject_id})) for kept in load(session, rows))
    return [(kept, side) for kept, side in sides if side is not None]


SIGHTS: Mapping[str, Sight] = MappingProxyType(
    {
        "conflict_ground": _grounds,
        "incident": _incidents,
        "incident_step": _steps,
        "score": _scores,
        "mentoring": _mentorings,
        "introduction": _introductions,
        "introduction_side": _sides,
        "introduction_question": _questions,
        "outcome_report": _reports,
    }
)
"""How the rows of a table are seen, by its name; its policy says why in `seen_by`."""
