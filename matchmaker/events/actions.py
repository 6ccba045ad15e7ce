"""Members registered for an event; what they say of it, wish, and whether they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Account, Acting
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.events.drafts import ParticipantDraft, TakingPart, WishDraft
from matchmaker.events.models import Arrival, Event, Participant, Presence, Wish
from matchmaker.events.queries import get_event, get_participant, wishes_of
from matchmaker.events.rules import check_takes_words
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.speaking import speakers_of, speaks_for


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
