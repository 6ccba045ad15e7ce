"""Assessors, and what they say on each criterion."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import AssessorBody, ScoresBody
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import LISTED, READ, SAVED
from api.security import CurrentService, SignedIn
from matchmaker.membership.assessing import (
    Scored,
    appoint_assessor,
    dismiss_assessor,
    list_assessors,
    replace_assessor,
    score,
)
from matchmaker.membership.assessment_queries import (
    FullAssessment,
    assessments_seen,
    load_assessments,
    my_assessments,
)
from matchmaker.membership.models import Assessment
from matchmaker.membership.office import Office

router = APIRouter(tags=["membership"])


class ScoreShape(BaseModel):
    """Points on one criterion, and why."""

    criterion: str
    points: int
    reason: str


class AssessmentShape(BaseModel):
    """An application given to an assessor; `percent` weighs the points, 0 to 100."""

    id: int
    application_id: int
    account_id: int | None
    assigned_at: datetime
    completed_at: datetime | None
    percent: float | None
    scores: list[ScoreShape]


class AssessmentsShape(BaseModel):
    """Assessments, by number."""

    assessments: list[AssessmentShape]


class AssessorShape(BaseModel):
    """An account that assesses, or did until `ended_at`."""

    account_id: int
    appointed_at: datetime
    ended_at: datetime | None


class AssessorsShape(BaseModel):
    """All assessors, by account."""

    assessors: list[AssessorShape]


@router.get("/assessments", response_model=AssessmentsShape, responses=LISTED)
def read_assessments(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """What was given to the caller to assess."""
    found = my_assessments(session, office=service.admission_office(), acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[full.assessment.id or 0 for full in found])
    return read_answer(request, AssessmentsShape(assessments=[_shape(full) for full in rows]), headers=headers)


@router.get("/applications/{application_id}/assessments", response_model=AssessmentsShape, responses=READ)
def read_assessments_of(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, application_id: Number
) -> Response:
    """The assessments of an application: one's own for an assessor, all for the committee and the secretariat."""
    found = assessments_seen(session, office=service.admission_office(), acting=caller, application_id=application_id)
    return read_answer(request, AssessmentsShape(assessments=[_shape(full) for full in found]))


@router.put(
    "/assessments/{assessment_id}",
    response_model=AssessmentShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_scores(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    assessment_id: Number,
    body: ScoresBody,
) -> Response:
    """Say what one thinks on every criterion; until the decision it can be said again."""
    office = service.admission_office()
    before = session.get(Assessment, assessment_id)
    if before is not None and before.account_id == caller.account_id:
        check_fresh(request, [_shape(_loaded(session, office, before))])
    said = [Scored(item.criterion, item.points, item.reason) for item in body.scores]
    row = score(session, office=office, acting=caller, assessment_id=assessment_id, scores=said)
    return saved_answer(_shape(_loaded(session, office, row)))


@router.post("/assessments/{assessment_id}/replacement", response_model=AssessmentsShape, responses=SAVED)
def post_replacement(
    session: Transaction, service: CurrentService, caller: SignedIn, assessment_id: Number
) -> Response:
    """Take an application back from an assessor and give it to another; the answer holds the new assessment."""
    office = service.admission_office()
    made = replace_assessor(session, office=office, acting=caller, assessment_id=assessment_id)
    found = load_assessments(session, charter=office.charter, rows=made)
    return saved_answer(AssessmentsShape(assessments=[_shape(full) for full in found]))


@router.get("/assessors", response_model=AssessorsShape, responses=READ)
def read_assessors(request: Request, session: Reading, caller: SignedIn) -> Response:
    """Who assesses."""
    rows = list_assessors(session, acting=caller)
    shapes = [AssessorShape.model_validate(row, from_attributes=True) for row in rows]
    return read_answer(request, AssessorsShape(assessors=shapes))


@router.post("/assessors", response_model=AssessorShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_assessor(session: Transaction, service: CurrentService, caller: SignedIn, body: AssessorBody) -> Response:
    """Let an account assess from now on."""
    row = appoint_assessor(session, office=service.admission_office(), acting=caller, account_id=body.account_id)
    return saved_answer(AssessorShape.model_validate(row, from_attributes=True))


@router.post("/assessors/{account_id}/dismissal", response_model=AssessorShape, responses=SAVED)
def post_dismissal(session: Transaction, service: CurrentService, caller: SignedIn, account_id: Number) -> Response:
    """Give an assessor no more applications."""
    row = dismiss_assessor(session, office=service.admission_office(), acting=caller, account_id=account_id)
    return saved_answer(AssessorShape.model_validate(row, from_attributes=True))


def _loaded(session: Session, office: Office, row: Assessment) -> FullAssessment:
    return load_assessments(session, charter=office.charter, rows=[row])[0]


def _shape(full: FullAssessment) -> AssessmentShape:
    row = full.assessment
    return AssessmentShape(
        id=row.id or 0,
        application_id=row.application_id,
        account_id=row.account_id,
        assigned_at=row.assigned_at,
        completed_at=row.completed_at,
        percent=full.percent,
        scores=[ScoreShape.model_validate(item, from_attributes=True) for item in full.scores],
    )
