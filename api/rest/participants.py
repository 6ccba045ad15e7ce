"""Who takes part in an event: registered, arrived, absent; what each would like."""

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer, tried_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED, TRIED
from api.rest.event_inputs import (
    GroupAnswerBody,
    NewParticipantBody,
    ParticipantBody,
    PresenceBody,
    TicketsBody,
    WishesBody,
)
from api.rest.participant_shapes import (
    ParticipantShape,
    ParticipantsShape,
    TicketsShape,
    WishesShape,
    participant_shape,
    tickets_shape,
    wishes_shape,
)
from api.security import CurrentService, SignedIn
from matchmaker.events.actions import Registration, change_participation, register, say_wishes, set_presence
from matchmaker.events.drafts import ParticipantDraft
from matchmaker.events.models import Arrival, Participant
from matchmaker.events.offering import answer_group, groups_of, offers_of
from matchmaker.events.queries import get_participant, list_attendees, wishes_of
from matchmaker.exchange.tickets import import_tickets
from matchmaker.profiles.models import Profile

router = APIRouter(tags=["events"])
ALL = "/events/{event_id}/participants"
ONE = f"{ALL}/{{participant_id}}"
JSON = [Depends(only_json)]


@router.get(ALL, response_model=ParticipantsShape, responses=LISTED)
def read_participants(
    request: Request, session: Reading, caller: SignedIn, event_id: Number, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Everyone registered, for the secretariat."""
    found = list_attendees(session, acting=caller, event_id=event_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[each.number for each in found])
    shapes = [participant_shape(each.who, each.profile) for each in rows]
    return read_answer(request, ParticipantsShape(participants=shapes), headers=headers)


@router.post(ALL, status_code=CREATED_STATUS, response_model=ParticipantShape, responses=CREATED, dependencies=JSON)
def post_participant(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: NewParticipantBody
) -> Response:
    """Register one's own member, or any as the secretariat; a walk-in has arrived."""
    told = Registration(body.profile_id, Arrival.WALK_IN if body.is_walk_in else Arrival.SECRETARIAT)
    said = ParticipantDraft(**body.model_dump(exclude={"profile_id", "is_walk_in"}))
    draft = said if caller.is_secretariat else said.by_itself()
    row = register(session, acting=caller, event_id=event_id, registration=told, draft=draft, now=service.clock())
    return saved_answer(_shape(session, row), location=f"/v1/events/{event_id}/participants/{row.id}")


@router.post("/events/{event_id}/tickets", response_model=TicketsShape, responses=TRIED, dependencies=JSON)
def post_tickets(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, body: TicketsBody
) -> Response:
    """Register whom the list of a ticketing service names; a dry run says what would become of it."""
    report = import_tickets(session, acting=caller, event_id=event_id, text=body.csv, now=service.clock())
    if body.dry_run:
        session.rollback()
    return tried_answer(tickets_shape(report, dry_run=body.dry_run))


@router.get(ONE, response_model=ParticipantShape, responses=READ)
def read_participant(
    request: Request, session: Reading, caller: SignedIn, event_id: Number, participant_id: Number
) -> Response:
    """One's own registration."""
    row = get_participant(session, acting=caller, event_id=event_id, participant_id=participant_id)
    return read_answer(request, _shape(session, row))


@router.put(ONE, response_model=ParticipantShape, responses=SAVED, dependencies=JSON)
def put_participant(
    request: Request, session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number,
    participant_id: Number, body: ParticipantBody,
) -> Response:  # fmt: skip
    """Say anew when one is there, and how."""
    row = get_participant(session, acting=caller, event_id=event_id, participant_id=participant_id)
    check_fresh(request, [_shape(session, row)])
    row = change_participation(
        session, acting=caller, event_id=event_id, participant_id=participant_id, draft=body, now=service.clock()
    )
    return saved_answer(_shape(session, row))


@router.put(f"{ONE}/presence", response_model=ParticipantShape, responses=SAVED, dependencies=JSON)
def put_presence(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, participant_id: Number,
    body: PresenceBody,
) -> Response:  # fmt: skip
    """Note who has come and who has not; a member itself may cancel."""
    row = set_presence(
        session, acting=caller, event_id=event_id, participant_id=participant_id, presence=body.presence,
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(_shape(session, row))


@router.get(f"{ONE}/wishes", response_model=WishesShape, responses=READ)
def read_wishes(
    request: Request, session: Reading, caller: SignedIn, event_id: Number, participant_id: Number
) -> Response:
    """Whom one must, would like to, or will not meet; what the secretariat proposes."""
    get_participant(session, acting=caller, event_id=event_id, participant_id=participant_id)
    return read_answer(request, _wishes(session, participant_id))


@router.put(f"{ONE}/wishes", response_model=WishesShape, responses=SAVED, dependencies=JSON)
def put_wishes(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, participant_id: Number,
    body: WishesBody,
) -> Response:  # fmt: skip
    """Say whom one must, would like to, or will not meet. Two who both want to meet have agreed."""
    say_wishes(
        session, acting=caller, event_id=event_id, participant_id=participant_id, wishes=body.wishes,
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(_wishes(session, participant_id))


@router.put(f"{ONE}/groups/{{group_id}}", response_model=WishesShape, responses=SAVED, dependencies=JSON)
def put_group_answer(
    session: Transaction, service: CurrentService, caller: SignedIn, event_id: Number, participant_id: Number,
    group_id: Number, body: GroupAnswerBody,
) -> Response:  # fmt: skip
    """Say whether one comes to a group."""
    answer_group(
        session, acting=caller, event_id=event_id, participant_id=participant_id, group_id=group_id,
        is_coming=body.is_coming, now=service.clock(),
    )  # fmt: skip
    return saved_answer(_wishes(session, participant_id))


def _shape(session: Session, row: Participant) -> ParticipantShape:
    return participant_shape(row, session.get_one(Profile, row.profile_id))


def _wishes(session: Session, participant_id: int) -> WishesShape:
    return wishes_shape(
        wishes_of(session, participant_id=participant_id),
        offers_of(session, participant_id=participant_id),
        groups_of(session, participant_id=participant_id),
    )
