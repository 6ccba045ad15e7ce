"""A member's saved searches; their feeds are in `feeds`."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.rest.alert_shapes import (
    AlertShape,
    AlertsShape,
    FeedShape,
    FindingsShape,
    alert_shape,
    finding_shape,
)
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NO_CONTENT, check_fresh, gone_answer, read_answer, saved_answer
from api.rest.dependencies import LARGEST_NUMBER, PAGE_ITEMS, Limit, Number, Reading, Transaction, hold_row, only_json
from api.rest.documents import CREATED, GONE, READ, SAVED
from api.security import CurrentService, SignedIn
from matchmaker.alerts.actions import close_feed, delete_alert, edit_alert, open_feed, pause_alert, save_alert
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert
from matchmaker.alerts.queries import get_alert, list_alerts, newest_findings

router = APIRouter(tags=["alerts"])
_WANTED = {
    "name": "Agua en ciudades pequeñas",
    "text": "encontrar fugas en redes de agua potable",
    "countries": ["CO", "EC", "PE"],
    "sizes": ["town", "larger_town", "small_city"],
    "frequency": "weekly",
}


class NewAlert(AlertDraft):
    """An alert with the profile that lets it look."""

    profile_id: int = Field(ge=1, le=LARGEST_NUMBER)


class Pause(BaseModel):
    """Whether an alert rests from now on."""

    model_config = ConfigDict(extra="forbid")

    is_paused: bool


AlertBody = Annotated[
    NewAlert, Body(openapi_examples={"example": Example(summary="By meaning", value=_WANTED | {"profile_id": 1})})
]
AlertDraftBody = Annotated[
    AlertDraft, Body(openapi_examples={"example": Example(summary="Like my profile", value={"name": "Lo nuestro"})})
]
PauseBody = Annotated[Pause, Body(openapi_examples={"example": Example(summary="Rest", value={"is_paused": True})})]


@router.get("/alerts", response_model=AlertsShape, responses=READ)
def read_alerts(request: Request, session: Reading, caller: SignedIn) -> Response:
    """The account's own alerts."""
    found = list_alerts(session, acting=caller)
    return read_answer(request, AlertsShape(alerts=[alert_shape(alert) for alert in found]))


@router.post(
    "/alerts",
    status_code=CREATED_STATUS,
    response_model=AlertShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_alert(session: Transaction, service: CurrentService, caller: SignedIn, body: AlertBody) -> Response:
    """Let a profile look for open challenges; what was found before is never sent again."""
    row = save_alert(session, desk=service.desk(), acting=caller, profile_id=body.profile_id, draft=body)
    return saved_answer(alert_shape(row), location=f"/v1/alerts/{row.id}")


@router.get("/alerts/{alert_id}", response_model=AlertShape, responses=READ)
def read_alert(request: Request, session: Reading, caller: SignedIn, alert_id: Number) -> Response:
    """One alert."""
    return read_answer(request, alert_shape(get_alert(session, acting=caller, alert_id=alert_id)))


@router.put("/alerts/{alert_id}", response_model=AlertShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_alert(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    alert_id: Number,
    body: AlertDraftBody,
) -> Response:
    """Replace what an alert looks for."""
    hold_row(session, Alert, alert_id)
    check_fresh(request, [alert_shape(get_alert(session, acting=caller, alert_id=alert_id))])
    row = edit_alert(session, desk=service.desk(), acting=caller, alert_id=alert_id, draft=body)
    return saved_answer(alert_shape(row))


@router.put("/alerts/{alert_id}/pause", response_model=AlertShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_pause(
    session: Transaction, service: CurrentService, caller: SignedIn, alert_id: Number, body: PauseBody
) -> Response:
    """Let an alert rest, or look again."""
    row = pause_alert(session, acting=caller, alert_id=alert_id, is_paused=body.is_paused, now=service.clock())
    return saved_answer(alert_shape(row))


@router.delete("/alerts/{alert_id}", status_code=NO_CONTENT, response_model=None, responses=GONE)
def remove_alert(session: Transaction, caller: SignedIn, alert_id: Number) -> Response:
    """Forget an alert with all that it found; its feed ends."""
    delete_alert(session, acting=caller, alert_id=alert_id)
    return gone_answer()


@router.get("/alerts/{alert_id}/findings", response_model=FindingsShape, responses=READ)
def read_findings(
    request: Request, session: Reading, caller: SignedIn, alert_id: Number, limit: Limit = PAGE_ITEMS
) -> Response:
    """What an alert found, newest first, each with its evidence."""
    alert = get_alert(session, acting=caller, alert_id=alert_id)
    found = newest_findings(session, alert=alert, acting=caller, limit=limit)
    return read_answer(request, FindingsShape(findings=[finding_shape(one) for one in found]))


@router.post("/alerts/{alert_id}/feed", status_code=CREATED_STATUS, response_model=FeedShape, responses=CREATED)
def post_feed(session: Transaction, service: CurrentService, caller: SignedIn, alert_id: Number) -> Response:
    """Give the alert a new secret address for feed readers; the one before ends."""
    secret = open_feed(session, acting=caller, alert_id=alert_id, now=service.clock())
    path = f"/v1/feeds/{secret}.atom"
    return saved_answer(FeedShape(address=f"{service.settings.public_url}{path}"), location=path)


@router.delete("/alerts/{alert_id}/feed", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_feed(session: Transaction, service: CurrentService, caller: SignedIn, alert_id: Number) -> Response:
    """End the secret address."""
    close_feed(session, acting=caller, alert_id=alert_id, now=service.clock())
    return gone_answer()
