"""Events, and the members that take part in them."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NO_CONTENT, check_fresh, gone_answer, page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, GONE, LISTED, READ, SAVED
from api.rest.event_inputs import EventBody, EventStateBody, GroupBody
from api.rest.event_shapes import (
    EventShape,
    EventsShape,
    GroupShape,
    GroupsShape,
    event_shape,
    group_shape,
)
from api.rest.participant_shapes import MembersShape, member_shape
from api.security import Caller, CurrentService, SignedIn
from matchmaker.events.offering import bring_together, dissolve, list_groups
from matchmaker.events.planning import change_event, plan_event, set_state
from matchmaker.events.queries import event_for_desk, get_event, list_companions, list_events

router = APIRouter(tags=["events"])
ONE = "/events/{event_id}"
JSON = [Depends(only_json)]


@router.get("/events", response_model=EventsShape, responses=LISTED)
def read_events(
    request: Request, session: Reading, caller: Caller, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Events by number; drafts are the secretariat's."""
    found = list_events(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, EventsShape(events=[event_shape(row) for row in rows]), headers=headers)


@router.post("/events", status_code=CREATED_STATUS, response_model=EventShape, responses=CREATED, dependencies=JSON)
def post_event(session: Transaction, service: CurrentService, caller: SignedIn, body: EventBody) -> Response:
    """Plan an event; it is a draft until it is opened."""
    row = plan_event(session, acting=caller, draft=body, now=service.clock())
    return saved_answer(event_shape(row), location=f"/v1/events/{row.id}")


@router.get(ONE, response_model=EventShape, responses=READ)
def read_event(request: Request, session: Reading, caller: Caller, event_id: Number) -> Response:
    """One event with its slots."""
    return read_answer(request, event_shape(get_event(session, acting=caller, event_id=event_id)))


@router.put(ONE, response_model=EventShape, responses=SAVED, dependencies=JSON)
def put_event(request: Request, session: Transaction, caller: SignedIn, event_id: Number, body: EventBody) -> Response:
    """Write an event anew."""
    check_fresh(request, [event_shape(event_for_desk(session, acting=caller, event_id=event_id, is_held=True))])
    return saved_answer(event_shape(change_event(session, acting=caller, event_id=event_id, draft=body)))


@router.put(f"{ONE}/state", response_model=EventShape, responses=SAVED, dependencies=JSON)
def put_state(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: EventStateBody
) -> Response:
    """Open, close, end or cancel an event; once it is over everyone is asked how the meetings went."""
    row = set_state(session, acting=caller, event_id=event_id, state=body.state, now=service.clock())
    return saved_answer(event_shape(row))


@router.get(f"{ONE}/members", response_model=MembersShape, responses=LISTED)
def read_members(
    request: Request, session: Reading, caller: SignedIn, event_id: Number, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Which members take part, for those who do."""
    found = list_companions(session, acting=caller, event_id=event_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[each.number for each in found])
    return read_answer(request, MembersShape(members=[member_shape(row) for row in rows]), headers=headers)


@router.get(f"{ONE}/groups", response_model=GroupsShape, responses=READ)
def read_groups(request: Request, session: Reading, caller: SignedIn, event_id: Number) -> Response:
    """Groups with what each said."""
    found = list_groups(session, acting=caller, event_id=event_id)
    return read_answer(request, GroupsShape(groups=[group_shape(*each) for each in found]))


@router.post(f"{ONE}/groups", status_code=CREATED_STATUS, response_model=GroupShape, responses=CREATED,
             dependencies=JSON)  # fmt: skip
def post_group(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: GroupBody
) -> Response:
    """Propose a meeting of three to five on a topic; each of them is asked."""
    bring_together(session, acting=caller, event_id=event_id, draft=body, now=service.clock())
    group, members = list_groups(session, acting=caller, event_id=event_id)[-1]
    return saved_answer(group_shape(group, members), location=f"/v1/events/{event_id}/groups")


@router.delete(f"{ONE}/groups/{{group_id}}", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_group(session: Transaction, caller: SignedIn, event_id: Number, group_id: Number) -> Response:
    """Take a group back."""
    dissolve(session, acting=caller, event_id=event_id, group_id=group_id)
    return gone_answer()
