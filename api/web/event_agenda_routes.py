"""What the secretariat does about an agenda: searches, changes the working copy, publishes."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.doing import CONFLICT
from api.web.event_desk import at_desk, desk_page, in_the_way, progress_page
from api.web.event_grid import grid_page
from api.web.frames import AskedPage, page
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.events.agenda.instance import Mode
from matchmaker.events.handling import Told, do_act, try_act
from matchmaker.events.offering import offer_awaiting
from matchmaker.events.publishing import publish, publish_again
from matchmaker.events.runs import ask_run, stop_run
from matchmaker.events.workbench import Act as Deed

LARGEST_NUMBER = 2**31 - 1
Address = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Numbers = Annotated[list[int] | None, Form(max_length=5)]
event_agenda = APIRouter(prefix="/desk/events", default_response_class=HTMLResponse)


@event_agenda.post("/{event_id}/runs")
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
        return page(desk_page(asked, event_id, typed=in_the_way(sentence)), status=CONFLICT)
    asked.service.start_run(run.id or 0)
    return asked.here(f"/desk/events/{event_id}/runs/{run.id}")


@event_agenda.get("/{event_id}/runs/{run_id}")
def read_run(asked: AskedPage, event_id: Address, run_id: Address) -> Response:
    """Where a search stands."""
    return page(progress_page(asked, event_id, run_id))


@event_agenda.post("/{event_id}/runs/{run_id}/stop")
def post_stop(asked: AskedPage, event_id: Address, run_id: Address) -> Response:
    """End it with the best agenda so far."""
    acting, now = asked.signed_in(), asked.service.clock()
    asked.session.close()
    with asked.service.database.transaction() as session:
        stop_run(session, acting=acting, event_id=event_id, run_id=run_id, now=now)
    return asked.here(f"/desk/events/{event_id}/runs/{run_id}")


@event_agenda.post("/{event_id}/offers")
def post_offers(asked: AskedPage, event_id: Address) -> Response:
    """Ask those who have not said yes."""
    lists, now = asked.service.lists, asked.service.clock()
    return at_desk(
        asked, event_id, "offered",
        lambda session, acting: offer_awaiting(session, acting=acting, event_id=event_id, lists=lists, now=now),
    )  # fmt: skip


@event_agenda.post("/{event_id}/versions")
def post_version(asked: AskedPage, event_id: Address, leaves_out: Typing = "") -> Response:
    """Publish the working copy."""
    lists, now = asked.service.lists, asked.service.clock()
    return at_desk(
        asked, event_id, "published",
        lambda session, acting: publish(
            session, acting=acting, event_id=event_id, lists=lists, now=now, leaves_out_awaiting=bool(leaves_out)
        ),
    )  # fmt: skip


@event_agenda.post("/{event_id}/versions/{number}/again")
def post_again(asked: AskedPage, event_id: Address, number: Address) -> Response:
    """Publish an earlier version again."""
    lists, now = asked.service.lists, asked.service.clock()
    return at_desk(
        asked, event_id, "published",
        lambda session, acting: publish_again(
            session, acting=acting, event_id=event_id, number=number, lists=lists, now=now
        ),
    )  # fmt: skip


@event_agenda.get("/{event_id}/agenda")
def read_grid(
    asked: AskedPage, event_id: Address, shown: str = "", found: str = "", meeting: str = "", done: str = ""
) -> Response:
    """The working copy."""
    return page(grid_page(asked, event_id, shown=shown, found=found, meeting=meeting, done=done))


@event_agenda.post("/{event_id}/agenda")
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
        again = grid_page(asked, event_id, shown=shown, meeting=key, typed=in_the_way(sentence))
        return page(again, status=CONFLICT)
    if is_trial:
        return page(grid_page(asked, event_id, shown=shown, meeting=key, tried=(told, tried)))
    return asked.here(f"/desk/events/{event_id}/agenda?shown={shown}&done=acted#done")
