"""What the secretariat does with an event as a whole: plans, changes, opens and ends it."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.event_desk import at_desk, desk_page
from api.web.event_forms import EventTyped, event_form, read_event
from api.web.frames import AskedPage, page
from api.web.typing import UNPROCESSABLE
from matchmaker.events.models import EventState
from matchmaker.events.planning import change_event, plan_event, set_state
from matchmaker.events.queries import check_desk, event_for_desk
from matchmaker.events.suggesting import suggest

LARGEST_NUMBER = 2**31 - 1
Address = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Number = Annotated[int, Form(ge=0, le=LARGEST_NUMBER)]
Numbers = Annotated[list[int] | None, Form(max_length=5)]
event_desk = APIRouter(prefix="/desk/events", default_response_class=HTMLResponse)


@event_desk.get("/new")
def read_new(asked: AskedPage) -> Response:
    """The form of a new event."""
    return page(event_form(asked))


@event_desk.post("/new")
def post_new(asked: AskedPage, form: Annotated[EventTyped, Form()]) -> Response:
    """Plan an event."""
    check_desk(asked.signed_in())
    draft, typed = read_event(asked, form)
    if draft is None:
        return page(event_form(asked, typed=typed), status=UNPROCESSABLE)
    asked.session.close()
    with asked.service.database.transaction() as session:
        row = plan_event(session, acting=asked.acting, draft=draft, now=asked.service.clock())
    return asked.here(f"/desk/events/{row.id}?done=planned#done")


@event_desk.get("/{event_id}/edit")
def read_edit(asked: AskedPage, event_id: Address) -> Response:
    """The form of an event as it stands."""
    return page(event_form(asked, event_id))


@event_desk.post("/{event_id}/edit")
def post_edit(asked: AskedPage, event_id: Address, form: Annotated[EventTyped, Form()]) -> Response:
    """Write an event anew."""
    kept = event_for_desk(asked.session, acting=asked.signed_in(), event_id=event_id)
    draft, typed = read_event(asked, form, kept=kept)
    if draft is None:
        return page(event_form(asked, event_id, typed=typed), status=UNPROCESSABLE)
    return at_desk(
        asked, event_id, "saved",
        lambda session, acting: change_event(session, acting=acting, event_id=event_id, draft=draft),
    )  # fmt: skip


@event_desk.get("/{event_id}")
def read_desk(asked: AskedPage, event_id: Address, done: str = "") -> Response:
    """The desk."""
    return page(desk_page(asked, event_id, done=done))


@event_desk.post("/{event_id}/state")
def post_state(asked: AskedPage, event_id: Address, state: Annotated[EventState, Form()]) -> Response:
    """Open, close, end or cancel it."""
    now = asked.service.clock()
    return at_desk(
        asked, event_id, "state",
        lambda session, acting: set_state(session, acting=acting, event_id=event_id, state=state, now=now),
    )  # fmt: skip


@event_desk.post("/{event_id}/suggestions")
def post_suggestions(asked: AskedPage, event_id: Address) -> Response:
    """Let the matcher look."""
    index, taxonomy = asked.service.index, asked.service.taxonomy
    return at_desk(
        asked, event_id, "suggested",
        lambda session, acting: suggest(session, acting=acting, event_id=event_id, index=index, taxonomy=taxonomy),
    )  # fmt: skip
