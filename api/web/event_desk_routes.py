"""What the secretariat does at the event desk; each form leads back to its page, or says there what is in the way."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.doing import CONFLICT, Act, refusal_of
from api.web.event_desk import arrivals_page, desk_page, progress_page
from api.web.event_forms import EventTyped, event_form, read_event
from api.web.event_grid import grid_page
from api.web.frames import Asked, AskedPage, page
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.events.actions import Registration, change_event, plan_event, register, set_presence, set_state
from matchmaker.events.agenda.instance import Mode
from matchmaker.events.drafts import ParticipantDraft
from matchmaker.events.handling import Told, do_act, try_act
from matchmaker.events.models import Arrival, EventState, Presence
from matchmaker.events.offering import offer_awaiting
from matchmaker.events.publishing import publish, publish_again, refill
from matchmaker.events.queries import check_desk, event_for_desk, member_called
from matchmaker.events.runs import ask_run, stop_run
from matchmaker.events.suggesting import suggest
from matchmaker.events.workbench import Act as Deed

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
    return _act(
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
    return _act(
        asked, event_id, "state",
        lambda session, acting: set_state(session, acting=acting, event_id=event_id, state=state, now=now),
    )  # fmt: skip


@event_desk.post("/{event_id}/suggestions")
def post_suggestions(asked: AskedPage, event_id: Address) -> Response:
    """Let the matcher look."""
    index, taxonomy = asked.service.index, asked.service.taxonomy
    return _act(
        asked, event_id, "suggested",
        lambda session, acting: suggest(session, acting=acting, event_id=event_id, index=index, taxonomy=taxonomy),
    )  # fmt: skip


@event_desk.post("/{event_id}/runs")
def post_run(
    asked: AskedPage, event_id: Address, mode: Annotated[Literal["", "frozen", "locked", "bonus"], Form()] = ""
) -> Response:
    """Begin a search and follow it."""
    acting, now = asked.signed_in(), asked.service.clock()
    asked.session.close()
    try:
        with asked.service.database.transaction() as session:
            run = ask_run(
                session, acting=acting, event_id=event_id, lists=asked.service.lists, now=now,
                mode=Mode(mode) if mode else None,
            )  # fmt: skip
    except (ConflictError, InvalidInputError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        return page(desk_page(asked, event_id, typed=_wrong(sentence)), status=CONFLICT)
    asked.service.start_run(run.id or 0)
    return asked.here(f"/desk/events/{event_id}/runs/{run.id}")


@event_desk.get("/{event_id}/runs/{run_id}")
def read_run(asked: AskedPage, event_id: Address, run_id: Address) -> Response:
    """Where a search stands."""
    return page(progress_page(asked, event_id, run_id))


@event_desk.post("/{event_id}/runs/{run_id}/stop")
def post_stop(asked: AskedPage, event_id: Address, run_id: Address) -> Response:
    """End it with the best agenda so far."""
    acting, now = asked.signed_in(), asked.service.clock()
    asked.session.close()
    with asked.service.database.transaction() as session:
        stop_run(session, acting=acting, event_id=event_id, run_id=run_id, now=now)
    return asked.here(f"/desk/events/{event_id}/runs/{run_id}")


@event_desk.post("/{event_id}/offers")
def post_offers(asked: AskedPage, event_id: Address) -> Response:
    """Ask those who have not said yes."""
    lists, now = asked.service.lists, asked.service.clock()
    return _act(
        asked, event_id, "offered",
        lambda session, acting: offer_awaiting(session, acting=acting, event_id=event_id, lists=lists, now=now),
    )  # fmt: skip


@event_desk.post("/{event_id}/versions")
def post_version(asked: AskedPage, event_id: Address, leaves_out: Typing = "") -> Response:
    """Publish the working copy."""
    lists, now = asked.service.lists, asked.service.clock()
    return _act(
        asked, event_id, "published",
        lambda session, acting: publish(
            session, acting=acting, event_id=event_id, lists=lists, now=now, leaves_out_awaiting=bool(leaves_out)
        ),
    )  # fmt: skip


@event_desk.post("/{event_id}/versions/{number}/again")
def post_again(asked: AskedPage, event_id: Address, number: Address) -> Response:
    """Publish an earlier version again."""
    lists, now = asked.service.lists, asked.service.clock()
    return _act(
        asked, event_id, "published",
        lambda session, acting: publish_again(
            session, acting=acting, event_id=event_id, number=number, lists=lists, now=now
        ),
    )  # fmt: skip


@event_desk.get("/{event_id}/agenda")
def read_grid(
    asked: AskedPage, event_id: Address, shown: str = "", found: str = "", meeting: str = "", done: str = ""
) -> Response:
    """The working copy."""
    return page(grid_page(asked, event_id, shown=shown, found=found, meeting=meeting, done=done))


@event_desk.post("/{event_id}/agenda")
def post_act(
    asked: AskedPage, event_id: Address, act: Annotated[Deed, Form()], key: Typing = "", slot: Typing = "",
    table: Typing = "", participant_ids: Numbers = None, shown: Typing = "", is_trial: Typing = "",
) -> Response:  # fmt: skip
    """Try an act, or do it."""
    acting, now = asked.signed_in(), asked.service.clock()
    told = Told(act, key, slot or None, table or None, tuple(participant_ids or ()))
    asked.session.close()
    do = try_act if is_trial else do_act
    try:
        with asked.service.database.transaction() as session:
            tried = do(session, acting=acting, event_id=event_id, told=told, lists=asked.service.lists, now=now)
    except (ConflictError, InvalidInputError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        again = grid_page(asked, event_id, shown=shown, meeting=key, typed=_wrong(sentence))
        return page(again, status=CONFLICT)
    if is_trial:
        return page(grid_page(asked, event_id, shown=shown, meeting=key, tried=(told, tried)))
    return asked.here(f"/desk/events/{event_id}/agenda?shown={shown}&done=acted#done")


@event_desk.get("/{event_id}/arrivals")
def read_arrivals(asked: AskedPage, event_id: Address, found: str = "", done: str = "") -> Response:
    """The door."""
    return page(arrivals_page(asked, event_id, found=found, done=done))


@event_desk.post("/{event_id}/arrivals")
def post_arrival(
    asked: AskedPage, event_id: Address, presence: Annotated[Presence, Form()], participant_id: Number = 0,
    found: Typing = "",
) -> Response:  # fmt: skip
    """Note who has come and who has not."""
    now = asked.service.clock()
    return _at_door(
        asked, event_id, "noted", found,
        lambda session, acting: set_presence(
            session, acting=acting, event_id=event_id, participant_id=participant_id, presence=presence, now=now
        ),
    )  # fmt: skip


@event_desk.post("/{event_id}/walk-ins")
def post_walk_in(asked: AskedPage, event_id: Address, member: Typing = "", name: Typing = "") -> Response:
    """Register whoever stands at the door."""
    now = asked.service.clock()
    return _at_door(
        asked, event_id, "registered", "",
        lambda session, acting: register(
            session, acting=acting, event_id=event_id, now=now, draft=ParticipantDraft(name=name[:200]),
            registration=Registration(member_called(session, acting=acting, name=member).id or 0, Arrival.WALK_IN),
        ),
    )  # fmt: skip


@event_desk.post("/{event_id}/refill")
def post_refill(asked: AskedPage, event_id: Address) -> Response:
    """Give the places of the absent to those who wait."""
    lists, now = asked.service.lists, asked.service.clock()
    return _at_door(
        asked, event_id, "refilled", "",
        lambda session, acting: refill(session, acting=acting, event_id=event_id, lists=lists, now=now),
    )  # fmt: skip


def _act(asked: Asked, event_id: int, done: str, act: Act) -> Response:
    refusal = refusal_of(asked, act)
    if refusal:
        return page(desk_page(asked, event_id, typed=_wrong(refusal)), status=CONFLICT)
    return asked.here(f"/desk/events/{event_id}?done={done}#done")


def _at_door(asked: Asked, event_id: int, done: str, found: str, act: Act) -> Response:
    refusal = refusal_of(asked, act)
    if refusal:
        return page(arrivals_page(asked, event_id, found=found, typed=_wrong(refusal)), status=CONFLICT)
    return asked.here(f"/desk/events/{event_id}/arrivals?done={done}#done")


def _wrong(sentence: str) -> Typed:
    return Typed({}, (Wrong("content", sentence),))
