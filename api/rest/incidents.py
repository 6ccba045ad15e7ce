"""Reports that a member has broken the code of ethics."""

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.rest.integrity_inputs import AssignmentBody, IncidentBody, StepBody
from api.security import CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.integrity.incident_queries import SeenIncident, get_incident, list_incidents, see
from matchmaker.integrity.incidents import assign_incident, report_breach, take_step
from matchmaker.integrity.models import Incident, IncidentState, Measure

router = APIRouter(tags=["integrity"])


class StepShape(BaseModel):
    """One step of an incident, with its reasons."""

    state: IncidentState
    measure: Measure | None
    reason: str
    at: datetime


class IncidentShape(BaseModel):
    """An incident as the caller may see it: `reporter`, `text` and `assigned_id` are empty where they are not for it.

    `side` says from where the caller looks; `due_at` is the end of the present state's time.
    """

    id: int
    side: str
    about_id: int
    code_version: str
    article: str
    text: str | None
    is_protected: bool
    reporter: str | None
    assigned_id: int | None
    state: IncidentState
    measure: Measure | None
    due_at: datetime | None
    created_at: datetime
    steps: list[StepShape]


class IncidentsShape(BaseModel):
    """A page of incidents, by number."""

    incidents: list[IncidentShape]


@router.get("/incidents", response_model=IncidentsShape, responses=LISTED)
def read_incidents(
    request: Request, session: Reading, caller: SignedIn, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """The incidents that the caller may know of: those it reported, those about its member, or all of others."""
    found = list_incidents(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, IncidentsShape(incidents=_shapes(session, caller, rows)), headers=headers)


@router.post(
    "/incidents",
    status_code=CREATED_STATUS,
    response_model=IncidentShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_incident(session: Transaction, service: CurrentService, caller: SignedIn, body: IncidentBody) -> Response:
    """Report a breach. A protected report keeps its author's name from everyone but the committee."""
    row = report_breach(session, acting=caller, draft=body, rulebook=service.rulebook, now=service.clock())
    return saved_answer(_shapes(session, caller, [row])[0], location=f"/v1/incidents/{row.id}")


@router.get("/incidents/{incident_id}", response_model=IncidentShape, responses=READ)
def read_incident(request: Request, session: Reading, caller: SignedIn, incident_id: Number) -> Response:
    """One incident."""
    row = get_incident(session, acting=caller, incident_id=incident_id)
    return read_answer(request, _shapes(session, caller, [row])[0])


@router.post(
    "/incidents/{incident_id}/steps", response_model=IncidentShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def post_step(
    session: Transaction, service: CurrentService, caller: SignedIn, incident_id: Number, body: StepBody
) -> Response:
    """Examine, decide, appeal, or close after an appeal."""
    row = take_step(
        session, acting=caller, incident_id=incident_id, to=body.to, reason=body.reason, measure=body.measure,
        rulebook=service.rulebook, now=service.clock(),
    )  # fmt: skip
    return saved_answer(_shapes(session, caller, [row])[0])


@router.post(
    "/incidents/{incident_id}/assignment",
    response_model=IncidentShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_assignment(
    session: Transaction, service: CurrentService, caller: SignedIn, incident_id: Number, body: AssignmentBody
) -> Response:
    """Give an incident to another member of the committee, as the secretariat or an administrator."""
    row = assign_incident(
        session, acting=caller, incident_id=incident_id, account_id=body.account_id, now=service.clock()
    )
    return saved_answer(_shapes(session, caller, [row])[0])


def _shapes(session: Session, caller: Acting, rows: Sequence[Incident]) -> list[IncidentShape]:
    return [_shape(seen) for seen in see(session, acting=caller, incidents=rows)]


def _shape(seen: SeenIncident) -> IncidentShape:
    row = seen.incident
    return IncidentShape(
        **row.model_dump(exclude={"reporter_id", "text", "assigned_id"}),
        side=seen.side,
        text=seen.text,
        reporter=seen.reporter,
        assigned_id=seen.assigned_id,
        steps=[StepShape.model_validate(step, from_attributes=True) for step in seen.steps],
    )
