"""The working copy changed by hand, versions published and brought back, agendas read, meetings told of."""

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.rest.agenda_answers import (
    own_agenda_shape,
    standby_shape,
    tried_shape,
    version_shape,
    whole_agenda_shape,
    working_shape,
)
from api.rest.agenda_shapes import (
    OffersShape,
    OwnAgendaShape,
    StandbysShape,
    TriedShape,
    VersionShape,
    VersionsShape,
    WholeAgendaShape,
    WorkingShape,
)
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import read_answer, saved_answer, tried_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ, SAVED, TRIED
from api.rest.event_inputs import ActBody, EncounterBody, PublicationBody
from api.security import Caller, CurrentService, SignedIn
from matchmaker.events.agendas import own_agenda, whole_agenda
from matchmaker.events.drafts import Code
from matchmaker.events.encounters import say_encounter, stand_by
from matchmaker.events.handling import Told, do_act, try_act
from matchmaker.events.offering import offer_awaiting
from matchmaker.events.publishing import publish, publish_again, refill
from matchmaker.events.queries import event_for_desk
from matchmaker.events.runs import asked_of
from matchmaker.events.versions import list_versions
from matchmaker.events.working import load_working

router = APIRouter(tags=["agendas"])
EVENT = "/events/{event_id}"
DRAFT = f"{EVENT}/draft"
VERSIONS = f"{EVENT}/versions"
JSON = [Depends(only_json)]


@router.get(DRAFT, response_model=WorkingShape, responses=READ)
def read_draft(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number
) -> Response:
    """The working copy: what is placed, what is not and why, what awaits agreement."""
    event = event_for_desk(session, acting=caller, event_id=event_id)
    working = load_working(session, event_id=event_id)
    return read_answer(
        request, working_shape(working, asked_of(session, event=event, lists=service.lists, now=service.clock()))
    )


@router.post(f"{DRAFT}/acts", response_model=TriedShape, responses=TRIED, dependencies=JSON)
def post_act(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: ActBody
) -> Response:
    """Move, pin, forbid, add, remove, refresh or fill; a trial shows what it costs and whom it touches."""
    told = Told(body.act, body.key, body.slot, body.table, tuple(body.participant_ids))
    act = try_act if body.is_trial else do_act
    tried = act(session, acting=caller, event_id=event_id, told=told, lists=service.lists, now=service.clock())
    return tried_answer(tried_shape(tried, is_trial=body.is_trial))


@router.post(f"{DRAFT}/offers", response_model=OffersShape, responses=SAVED)
def post_offers(session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number) -> Response:
    """Ask those who have not said yes to meetings of the draft."""
    offered = offer_awaiting(session, acting=caller, event_id=event_id, lists=service.lists, now=service.clock())
    return saved_answer(OffersShape(offered=offered))


@router.get(VERSIONS, response_model=VersionsShape, responses=READ)
def read_versions(request: Request, session: Reading, caller: SignedIn, event_id: Number) -> Response:
    """All published agendas with their certificates, newest first."""
    event_for_desk(session, acting=caller, event_id=event_id)
    shapes = [version_shape(row) for row in list_versions(session, event_id=event_id)]
    return read_answer(request, VersionsShape(versions=shapes))


@router.post(VERSIONS, status_code=CREATED_STATUS, response_model=VersionShape, responses=CREATED, dependencies=JSON)
def post_version(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: PublicationBody
) -> Response:
    """Publish the working copy; those whose meetings changed are written to, and nobody else."""
    row = publish(
        session, acting=caller, event_id=event_id, lists=service.lists, now=service.clock(),
        leaves_out_awaiting=body.leaves_out_awaiting,
    )  # fmt: skip
    return saved_answer(version_shape(row), location=f"/v1/events/{event_id}/versions")


@router.post(f"{VERSIONS}/{{number}}/again", status_code=CREATED_STATUS, response_model=VersionShape,
             responses=CREATED)  # fmt: skip
def post_again(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, number: Number
) -> Response:
    """Undo: publish an earlier version again, if everything in it can still be held."""
    row = publish_again(
        session, acting=caller, event_id=event_id, number=number, lists=service.lists, now=service.clock()
    )
    return saved_answer(version_shape(row), location=f"/v1/events/{event_id}/versions")


@router.post(f"{EVENT}/refill", status_code=CREATED_STATUS, response_model=VersionShape, responses=CREATED)
def post_refill(session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number) -> Response:
    """Give the places of those who are absent to those who wait, and publish that; nobody is moved."""
    row = refill(session, acting=caller, event_id=event_id, lists=service.lists, now=service.clock())
    return saved_answer(version_shape(row), location=f"/v1/events/{event_id}/versions")


@router.get(f"{EVENT}/standby", response_model=StandbysShape, responses=READ)
def read_standby(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, event_id: Number
) -> Response:
    """Who is here with time to spare and agreed meetings that wait."""
    office = service.introduction_office()
    return read_answer(request, standby_shape(stand_by(session, acting=caller, event_id=event_id, office=office)))


@router.get(f"{EVENT}/agenda", response_model=WholeAgendaShape, responses=READ)
def read_agenda(request: Request, session: Reading, caller: Caller, event_id: Number) -> Response:
    """The agenda in force, for those who may read it as the event says."""
    return read_answer(request, whole_agenda_shape(whole_agenda(session, acting=caller, event_id=event_id)))


@router.get(f"{EVENT}/participants/{{participant_id}}/agenda", response_model=OwnAgendaShape, responses=READ)
def read_own_agenda(
    request: Request, session: Reading, caller: SignedIn, event_id: Number, participant_id: Number
) -> Response:
    """One's own agenda."""
    found = own_agenda(session, acting=caller, event_id=event_id, participant_id=participant_id)
    return read_answer(request, own_agenda_shape(found))


@router.put(
    f"{EVENT}/participants/{{participant_id}}/meetings/{{key}}", response_model=OwnAgendaShape, responses=SAVED,
    dependencies=JSON,
)  # fmt: skip
def put_encounter(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, participant_id: Number,
    key: Code, body: EncounterBody,
) -> Response:  # fmt: skip
    """Say whether one met, and what came of it; the introduction hears it too."""
    say_encounter(
        session, office=service.introduction_office(), acting=caller, event_id=event_id,
        participant_id=participant_id, key=key, draft=body,
    )  # fmt: skip
    found = own_agenda(session, acting=caller, event_id=event_id, participant_id=participant_id)
    return saved_answer(own_agenda_shape(found))
