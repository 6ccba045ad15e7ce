"""Reads of events and of who takes part, each with the permission of the account that asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.events.models import Event, EventState, Participant, Presence, Wish
from matchmaker.events.rules import days_of, is_past
from matchmaker.profiles.models import Profile, Representation, Visibility
from matchmaker.texts import NAME_CHARACTERS


@dataclass(frozen=True)
class Attendee:
    """A participant with its member."""

    who: Participant
    profile: Profile

    @property
    def number(self) -> int:
        """The participant's."""
        return self.who.id or 0


def may_see(acting: Acting) -> ColumnElement[bool]:
    """Drafts of events are the secretariat's."""
    return col(Event.id).is_not(None) if acting.is_secretariat else col(Event.state) != EventState.DRAFT


def list_events(session: Session, *, acting: Acting, after: int = 0, limit: int) -> Sequence[Event]:
    """Events by number, from the one after `after`, at most `limit`."""
    statement = select(Event).where(may_see(acting), col(Event.id) > after)
    return session.exec(statement.order_by(col(Event.id)).limit(limit)).all()


def get_event(session: Session, *, acting: Acting, event_id: int) -> Event:
    """One event. Raises `event_unknown`."""
    row = session.exec(select(Event).where(Event.id == event_id, may_see(acting))).first()
    if row is None:
        raise NotFoundError("event_unknown", event_id=event_id)
    return row


def event_for_desk(session: Session, *, acting: Acting, event_id: int, is_held: bool = False) -> Event:
    """One event, for the secretariat, held until the commit if that is said. Raises `only_secretariat`."""
    check_desk(acting)
    if is_held:
        session.exec(select(Event.id).where(Event.id == event_id).with_for_update())
    return get_event(session, acting=acting, event_id=event_id)


def check_desk(acting: Acting) -> None:
    """Raise `only_secretariat` for everyone else."""
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")


def get_participant(session: Session, *, acting: Acting, event_id: int, participant_id: int) -> Participant:
    """One's own participation, or any for the secretariat. Raises `event_unknown`, `participant_unknown`."""
    get_event(session, acting=acting, event_id=event_id)
    statement = select(Participant).where(Participant.event_id == event_id, Participant.id == participant_id)
    row = session.exec(statement.where(_is_own_or_all(acting))).first()
    if row is None:
        raise NotFoundError("participant_unknown", participant_id=participant_id)
    return row


def own_participations(session: Session, *, acting: Acting, event_id: int) -> Sequence[Participant]:
    """The participations of members for which the account acts."""
    statement = select(Participant).where(Participant.event_id == event_id, _is_own(acting))
    return session.exec(statement.order_by(col(Participant.id))).all()


def coming_participations(session: Session, *, acting: Acting, now: datetime) -> list[tuple[Event, Attendee]]:
    """At which events members for which the account acts take part, from those that run on, by their first day."""
    statement = (
        select(Event, Participant, Profile)
        .join(Participant, col(Participant.event_id) == col(Event.id))
        .join(Profile, col(Profile.id) == col(Participant.profile_id))
        .where(_is_own(acting), may_see(acting), Participant.presence != Presence.CANCELLED)
        .where(col(Event.state).in_([EventState.OPEN, EventState.CLOSED]))
    )
    rows = session.exec(statement.order_by(col(Event.id), col(Participant.id))).all()
    found = [(event, Attendee(row, profile)) for event, row, profile in rows if not is_past(event, now)]
    return sorted(found, key=lambda each: min(days_of(each[0])))


def list_attendees(
    session: Session, *, acting: Acting, event_id: int, after: int = 0, limit: int | None = None
) -> list[Attendee]:
    """Everyone registered, by number, for the secretariat. Raises `only_secretariat`, `event_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    statement = _attendees(event_id).where(col(Participant.id) > after)
    return [Attendee(*pair) for pair in session.exec(statement.limit(limit)).all()]


def list_companions(
    session: Session, *, acting: Acting, event_id: int, after: int = 0, limit: int | None = None
) -> list[Attendee]:
    """Who else comes, as those who take part may know: members that are shown. Raises `event_not_yours`."""
    event = get_event(session, acting=acting, event_id=event_id)
    if not acting.is_secretariat and not own_participations(session, acting=acting, event_id=event_id):
        raise NotAllowedError("event_not_yours", event_id=event.id)
    statement = _attendees(event_id).where(col(Participant.id) > after, Profile.visibility == Visibility.VISIBLE)
    statement = statement.where(Participant.presence != Presence.CANCELLED)
    return [Attendee(*pair) for pair in session.exec(statement.limit(limit)).all()]


def count_presence(session: Session, *, event_id: int) -> dict[str, int]:
    """How many are expected, have arrived, are absent, have cancelled."""
    statement = select(Participant.presence, func.count()).where(Participant.event_id == event_id)
    return dict(session.exec(statement.group_by(col(Participant.presence))).all())


def wishes_of(session: Session, *, participant_id: int) -> Sequence[Wish]:
    """What a participant said of others; for itself and the secretariat alone."""
    statement = select(Wish).where(Wish.participant_id == participant_id)
    return session.exec(statement.order_by(col(Wish.about_id))).all()


def member_called(session: Session, *, acting: Acting, name: str) -> Profile:
    """The one member of this name, however it is capitalised, for the secretariat. Raises `member_name_unknown`."""
    check_desk(acting)
    named = func.lower(Profile.name) == name.strip().lower()
    found = session.exec(select(Profile).where(named, Profile.visibility == Visibility.VISIBLE).limit(2)).all()
    if len(found) != 1:
        raise InvalidInputError("member_name_unknown", field="member", name=name[:NAME_CHARACTERS], count=len(found))
    return found[0]


def _attendees(event_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's own type has no name
    return (
        select(Participant, Profile)
        .join(Profile, col(Profile.id) == col(Participant.profile_id))
        .where(Participant.event_id == event_id)
        .order_by(col(Participant.id))
    )


def _is_own(acting: Acting) -> ColumnElement[bool]:
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return col(Participant.profile_id).in_(own)


def _is_own_or_all(acting: Acting) -> ColumnElement[bool]:
    return col(Participant.id).is_not(None) if acting.is_secretariat else _is_own(acting)
