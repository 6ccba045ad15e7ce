"""Events made and changed; members registered for them; wishes; arrivals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.events.drafts import EventDraft, ParticipantDraft, TakingPart, WishDraft
from matchmaker.events.encounters import ask_encounters
from matchmaker.events.models import Arrival, Event, EventState, Participant, Presence, Wish
from matchmaker.events.queries import check_desk, event_for_desk, get_event, get_participant, wishes_of
from matchmaker.events.rules import check_next, check_takes_words
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.speaking import speakers_of, speaks_for


def plan_event(session: Session, *, acting: Acting, draft: EventDraft, now: datetime) -> Event:
    """Write an event down; only the secretariat sees it until it is opened. Written twice alike it is one.

    Raises `only_secretariat`.
    """
    check_desk(acting)
    row = Event(**_fields(draft), created_at=now)
    alike = select(Event).where(Event.name == row.name, Event.state == EventState.DRAFT).order_by(col(Event.id))
    for other in session.exec(alike).all():
        if all(getattr(other, name) == getattr(row, name) for name in _fields(draft)):
            return other
    session.add(row)
    session.flush()
    record_act(session, acting=acting, act="event_planned", subject="event", subject_id=row.id or 0, now=now)
    return row


def change_event(session: Session, *, acting: Acting, event_id: int, draft: EventDraft) -> Event:
    """Write an event anew. Raises `only_secretariat`, `event_unknown`."""
    row = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    for name, value in _fields(draft).items():
        setattr(row, name, value)
    row.version += 1
    session.add(row)
    session.flush()
    return row


def set_state(session: Session, *, acting: Acting, event_id: int, state: EventState, now: datetime) -> Event:
    """Open, close, end or cancel an event. Raises `only_secretariat`, `event_unknown`, `event_state_wrong`."""
    row = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    session.refresh(row)
    check_next(row, state)
    if row.state != state:
        row.state, row.version = state, row.version + 1
        session.add(row)
        record_act(session, acting=acting, act="event_state_set", subject="event", subject_id=event_id, now=now,
                   codes={"state": str(state)})  # fmt: skip
        if state is EventState.OVER:
            ask_encounters(session, event_id=event_id, now=now)
    return row


@dataclass(frozen=True)
class Registration:
    """Who is registered, and how it came about."""

    profile_id: int
    came_by: Arrival = Arrival.SECRETARIAT
    ticket: str = ""


def register(
    session: Session, *, acting: Acting, event_id: int, registration: Registration, draft: TakingPart, now: datetime
) -> Participant:
    """Register a member: oneself while the event is open, anyone as the secretariat; a walk-in has arrived.

    Raises `event_unknown`, `event_not_open`, `only_representatives`, `profile_unknown`, `profile_not_shown`,
    `registered_already`.
    """
    event = get_event(session, acting=acting, event_id=event_id)
    if not acting.is_secretariat:
        _check_speaks(session, acting=acting, profile_id=registration.profile_id)
        check_takes_words(event, now)
    profile = session.get(Profile, registration.profile_id)
    if profile is None or (profile.visibility != Visibility.VISIBLE and not acting.is_secretariat):
        raise NotFoundError("profile_unknown", profile_id=registration.profile_id)
    if profile.visibility != Visibility.VISIBLE:
        raise ConflictError("profile_not_shown", profile_id=profile.id)
    row = registered(session, event_id=event_id, profile_id=registration.profile_id)
    if row is not None and row.presence != Presence.CANCELLED:
        raise ConflictError("registered_already", participant_id=row.id)
    row = row or Participant(event_id=event_id, profile_id=registration.profile_id, created_at=now)
    row.account_id = _account_of(session, acting=acting, profile_id=registration.profile_id)
    row.came_by = Arrival.ITSELF if not acting.is_secretariat else registration.came_by
    row.ticket = registration.ticket
    is_here = row.came_by == Arrival.WALK_IN
    row.presence, row.presence_at = (Presence.ARRIVED if is_here else Presence.EXPECTED), (now if is_here else None)
    return _written(session, row, draft)


def change_participation(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, draft: ParticipantDraft, now: datetime
) -> Participant:
    """Say anew when one is there, and how. Floors, zones and labels are for the secretariat to say.

    Raises `event_unknown`, `participant_unknown`, `only_representatives`, `event_not_open`.
    """
    row = own_participant(session, acting=acting, event_id=event_id, participant_id=participant_id, now=now)
    fields = draft if acting.is_secretariat else draft.by_itself()
    row.version += 1
    return _written(session, row, fields)


def set_presence(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, presence: Presence, now: datetime
) -> Participant:
    """Note at the door who has come or has not; a member itself may only cancel.

    Raises `event_unknown`, `participant_unknown`, `only_secretariat`, `only_representatives`.
    """
    row = get_participant(session, acting=acting, event_id=event_id, participant_id=participant_id)
    if not acting.is_secretariat:
        _check_speaks(session, acting=acting, profile_id=row.profile_id)
        if presence is not Presence.CANCELLED:
            raise NotAllowedError("only_secretariat")
    if row.presence != presence:
        row.presence, row.presence_at = presence, now
        row.version += 1
        session.add(row)
        session.flush()
    return row


def say_wishes(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, wishes: Sequence[WishDraft], now: datetime
) -> list[Wish]:
    """Say whom one must, would like to, or will not meet: the whole list. Only profiles that take part count.

    Raises `event_unknown`, `participant_unknown`, `only_representatives`, `event_not_open`, `wish_twice`,
    `wish_not_there`.
    """
    row = own_participant(session, acting=acting, event_id=event_id, participant_id=participant_id, now=now)
    about = [wish.profile_id for wish in wishes]
    if len(set(about)) < len(about):
        raise InvalidInputError("wish_twice", field="wishes")
    here = select(Participant.profile_id).where(Participant.event_id == event_id)
    there = set(session.exec(here.where(col(Participant.profile_id).in_(about))).all()) - {row.profile_id}
    missing = next((number for number in about if number not in there), None)
    if missing is not None:
        raise InvalidInputError("wish_not_there", field="wishes", profile_id=missing)
    known = {wish.about_id: wish for wish in wishes_of(session, participant_id=participant_id)}
    for number in known.keys() - set(about):
        session.delete(known[number])
    for wish in wishes:
        made = known.get(wish.profile_id) or Wish(participant_id=participant_id, about_id=wish.profile_id, degree="")
        made.degree = wish.degree
        session.add(made)
    session.flush()
    return list(wishes_of(session, participant_id=participant_id))


def registered(session: Session, *, event_id: int, profile_id: int) -> Participant | None:
    """A member's registration, whatever became of it."""
    statement = select(Participant).where(Participant.event_id == event_id, Participant.profile_id == profile_id)
    return session.exec(statement).first()


def own_participant(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, now: datetime
) -> Participant:
    """A participation that the account may speak for now. Raises as `change_participation`."""
    row = get_participant(session, acting=acting, event_id=event_id, participant_id=participant_id)
    if not acting.is_secretariat:
        _check_speaks(session, acting=acting, profile_id=row.profile_id)
        check_takes_words(session.get_one(Event, event_id), now)
    return row


def _check_speaks(session: Session, *, acting: Acting, profile_id: int) -> None:
    if not speaks_for(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("only_representatives")


def _account_of(session: Session, *, acting: Acting, profile_id: int) -> int | None:
    """Who registers its member comes for it; else the first who speaks for it."""
    if not acting.is_secretariat:
        return acting.account_id
    return next((account.id for account in speakers_of(session, profile_id=profile_id)), None)


def _written(session: Session, row: Participant, draft: TakingPart) -> Participant:
    for name, value in draft.model_dump(mode="json", exclude={"arrives_at", "leaves_at"}).items():
        setattr(row, name, "" if name == "email" and value is None else value)
    row.arrives_at, row.leaves_at = draft.arrives_at, draft.leaves_at
    if not row.name and row.account_id is not None:
        row.name = session.get_one(Account, row.account_id).name
    session.add(row)
    session.flush()
    return row


def _fields(draft: EventDraft) -> dict[str, Any]:
    """The columns of an event: lists and policy as JSON, moments as they are."""
    plain = draft.model_dump(mode="json", exclude={"opens_at", "closes_at"})
    plain["country"] = plain["country"] or ""
    return {**plain, "opens_at": draft.opens_at, "closes_at": draft.closes_at}
