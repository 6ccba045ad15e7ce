"""Searches for an agenda: what they would be asked, begun, followed, stopped. Each runs in a process of its own."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.rest.agenda_answers import check_shape, run_shape
from api.rest.agenda_run_shapes import CheckShape, RunShape, RunsShape
from api.rest.agenda_shapes import SuggestionsShape
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ, SAVED
from api.rest.event_inputs import RunBody
from api.security import CurrentService, SignedIn
from matchmaker.events.checking import check_event
from matchmaker.events.concluding import figures_so_far
from matchmaker.events.runs import ask_run, get_run, list_runs, stop_run
from matchmaker.events.suggesting import suggest

router = APIRouter(tags=["agendas"])
ALL = "/events/{event_id}/runs"
ONE = f"{ALL}/{{run_id}}"


@router.get("/events/{event_id}/check", response_model=CheckShape, responses=READ)
def read_check(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number
) -> Response:
    """What a search would be asked, and what was promised or is a must but cannot be: why, and what would help."""
    found = check_event(session, acting=caller, event_id=event_id, lists=service.lists, now=service.clock())
    return read_answer(request, check_shape(found))


@router.post("/events/{event_id}/suggestions", response_model=SuggestionsShape, responses=SAVED)
def post_suggestions(session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number) -> Response:
    """Let the matcher look among those who take part, for drafts."""
    found = suggest(session, acting=caller, event_id=event_id, index=service.index, taxonomy=service.taxonomy)
    return saved_answer(SuggestionsShape(suggestions=found))


@router.get(ALL, response_model=RunsShape, responses=READ)
def read_runs(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number
) -> Response:
    """The last searches, newest first, without figures."""
    runs = list_runs(session, acting=caller, event_id=event_id)
    return read_answer(request, RunsShape(runs=[run_shape(run, None, service.clock()) for run in runs]))


@router.post(
    ALL, status_code=CREATED_STATUS, response_model=RunShape, responses=CREATED, dependencies=[Depends(only_json)]
)
def post_run(service: CurrentService, caller: SignedIn, event_id: Number, body: RunBody) -> Response:
    """Begin a search. Its result becomes the working copy."""
    now = service.clock()
    with service.database.transaction() as session:
        run = ask_run(session, acting=caller, event_id=event_id, lists=service.lists, now=now, **body.model_dump())
    service.start_run(run.id or 0)
    return saved_answer(run_shape(run, None, now), location=f"/v1/events/{event_id}/runs/{run.id}")


@router.get(ONE, response_model=RunShape, responses=READ)
def read_run(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number, run_id: Number
) -> Response:
    """Where a search stands, with the figures of the best agenda so far."""
    run = get_run(session, acting=caller, event_id=event_id, run_id=run_id)
    return read_answer(request, run_shape(run, figures_so_far(session, run), service.clock()))


@router.post(f"{ONE}/stop", response_model=RunShape, responses=SAVED)
def post_stop(service: CurrentService, caller: SignedIn, event_id: Number, run_id: Number) -> Response:
    """End a search with the best agenda so far: the answer comes within a second, with the last verified draft."""
    now = service.clock()
    with service.database.transaction() as session:
        run = stop_run(session, acting=caller, event_id=event_id, run_id=run_id, now=now)
        return saved_answer(run_shape(run, figures_so_far(session, run), now))
