"""Applications of agents: begun, edited, handed in, taken back, appealed for."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.rest.admission_inputs import AppealBody, ApplicationBody, ApplicationWordsBody
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.application_shapes import (
    ApplicationLine,
    ApplicationShape,
    ApplicationsShape,
    application_shape,
    loaded_shape,
)
from api.rest.dependencies import PAGE_ITEMS, After, CallerLanguage, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.security import CurrentService, SignedIn
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.actions import (
    appeal,
    begin_application,
    edit_application,
    submit_application,
    withdraw_application,
)
from matchmaker.membership.queries import get_application, list_applications
from matchmaker.membership.states import ApplicationState

router = APIRouter(tags=["membership"])
States = Annotated[list[ApplicationState] | None, Query(max_length=len(ApplicationState))]


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
    return saved_answer(loaded_shape(session, office, row, language), location=f"/v1/applications/{row.id}")


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
    return saved_answer(loaded_shape(session, office, row, language))


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
    return saved_answer(loaded_shape(session, office, row, language))


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
    return saved_answer(loaded_shape(session, office, row, language))


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
    return saved_answer(loaded_shape(session, office, row, language))
