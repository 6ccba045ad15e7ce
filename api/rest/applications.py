"""Applications of agents, and what is decided on them."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import AppealBody, ApplicationBody, ApplicationWordsBody, VerdictBody
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, CallerLanguage, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.rest.shapes import ProfileShape, profile_shape
from api.security import CurrentService, SignedIn
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.actions import (
    appeal,
    begin_application,
    edit_application,
    submit_application,
    withdraw_application,
)
from matchmaker.membership.deciding import close_vote, decide, vote
from matchmaker.membership.models import Application
from matchmaker.membership.office import Office
from matchmaker.membership.queries import FullApplication, get_application, list_applications, load_application
from matchmaker.membership.states import ApplicationState

router = APIRouter(tags=["membership"])
States = Annotated[list[ApplicationState] | None, Query(max_length=len(ApplicationState))]


class ApplicationLine(BaseModel):
    """An application in a list; how it is decided was fixed when it was handed in."""

    id: int
    profile_id: int
    state: str
    criteria_version: str
    has_assessors: bool
    has_committee: bool
    created_at: datetime
    submitted_at: datetime | None
    changed_at: datetime


class ApplicationsShape(BaseModel):
    """A page of applications, by number."""

    applications: list[ApplicationLine]


class DecisionShape(BaseModel):
    """What was decided in a round, by which body, and why."""

    round: str
    outcome: str
    body: str
    reason: str
    decided_at: datetime


class AppealShape(BaseModel):
    """Why a refusal should be looked at again."""

    words: str
    made_at: datetime


class ApplicationShape(ApplicationLine):
    """A whole application with its applicant; a refusal can be appealed against until `appeal_until`."""

    words: str
    profile: ProfileShape
    decisions: list[DecisionShape]
    appeal: AppealShape | None
    appeal_until: datetime | None


@router.get("/applications", response_model=ApplicationsShape, responses=LISTED)
def read_applications(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    state: States = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """One's own applications; for assessors and the committee those they judge; for the secretariat all."""
    found = list_applications(
        session, office=service.admission_office(), acting=caller, states=state or (), after=after, limit=limit + 1
    )
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    lines = [ApplicationLine.model_validate(row, from_attributes=True) for row in rows]
    return read_answer(request, ApplicationsShape(applications=lines), headers=headers)


@router.post(
    "/applications",
    status_code=CREATED_STATUS,
    response_model=ApplicationShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_application(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: ApplicationBody
) -> Response:
    """Start an application for a profile of one's own; it is a draft until it is handed in."""
    office = service.admission_office()
    row = begin_application(session, office=office, acting=caller, profile_id=body.profile_id, words=body.words)
    return saved_answer(_loaded(session, office, row, language), location=f"/v1/applications/{row.id}")


@router.get("/applications/{application_id}", response_model=ApplicationShape, responses=READ)
def read_application(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
) -> Response:
    """One application with its applicant."""
    full = get_application(session, office=service.admission_office(), acting=caller, application_id=application_id)
    return read_answer(request, application_shape(full, language))


@router.put(
    "/applications/{application_id}",
    response_model=ApplicationShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_application(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
    body: ApplicationWordsBody,
) -> Response:
    """Replace the words of a draft."""
    office = service.admission_office()
    full = get_application(session, office=office, acting=caller, application_id=application_id)
    check_fresh(request, (application_shape(full, spoken) for spoken in WorkingLanguage))
    row = edit_application(session, office=office, acting=caller, application_id=application_id, words=body.words)
    return saved_answer(_loaded(session, office, row, language))


@router.post("/applications/{application_id}/submission", response_model=ApplicationShape, responses=SAVED)
def post_submission(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
) -> Response:
    """Hand an application in."""
    office = service.admission_office()
    row = submit_application(session, office=office, acting=caller, application_id=application_id)
    return saved_answer(_loaded(session, office, row, language))


@router.post("/applications/{application_id}/withdrawal", response_model=ApplicationShape, responses=SAVED)
def post_withdrawal(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
) -> Response:
    """Take an application back."""
    office = service.admission_office()
    row = withdraw_application(session, office=office, acting=caller, application_id=application_id)
    return saved_answer(_loaded(session, office, row, language))


@router.post(
    "/applications/{application_id}/appeal",
    response_model=ApplicationShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_appeal(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
    body: AppealBody,
) -> Response:
    """Ask once, within the deadline, for a refusal to be looked at by other people."""
    office = service.admission_office()
    row = appeal(session, office=office, acting=caller, application_id=application_id, words=body.words)
    return saved_answer(_loaded(session, office, row, language))


@router.post(
    "/applications/{application_id}/decision",
    response_model=DecisionShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_decision(
    session: Transaction, service: CurrentService, caller: SignedIn, application_id: Number, body: VerdictBody
) -> Response:
    """Decide as one secretary, where no committee does."""
    made = decide(
        session,
        office=service.admission_office(),
        acting=caller,
        application_id=application_id,
        outcome=body.outcome,
        reason=body.reason,
    )
    return saved_answer(DecisionShape.model_validate(made, from_attributes=True))


@router.post(
    "/applications/{application_id}/votes",
    response_model=ApplicationShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_vote(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
    body: VerdictBody,
) -> Response:
    """Vote as a member of the committee; the answer says whether that decided it."""
    office = service.admission_office()
    vote(
        session,
        office=office,
        acting=caller,
        application_id=application_id,
        outcome=body.outcome,
        reason=body.reason,
    )
    row = session.get_one(Application, application_id)
    return saved_answer(_loaded(session, office, row, language))


@router.post("/applications/{application_id}/count", response_model=DecisionShape, responses=SAVED)
def post_count(session: Transaction, service: CurrentService, caller: SignedIn, application_id: Number) -> Response:
    """Close the vote of the committee, once there is a quorum."""
    made = close_vote(session, office=service.admission_office(), acting=caller, application_id=application_id)
    return saved_answer(DecisionShape.model_validate(made, from_attributes=True))


def application_shape(full: FullApplication, language: WorkingLanguage) -> ApplicationShape:
    """A whole application as an answer."""
    line = ApplicationLine.model_validate(full.application, from_attributes=True)
    return ApplicationShape(
        **line.model_dump(),
        words=full.application.words,
        profile=profile_shape(full.profile, language),
        decisions=[DecisionShape.model_validate(made, from_attributes=True) for made in full.decisions],
        appeal=AppealShape.model_validate(full.appeal, from_attributes=True) if full.appeal else None,
        appeal_until=full.appeal_until,
    )


def _loaded(session: Session, office: Office, row: Application, language: WorkingLanguage) -> ApplicationShape:
    return application_shape(load_application(session, office=office, row=row), language)
