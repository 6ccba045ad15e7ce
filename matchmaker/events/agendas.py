"""A published agenda as someone may read it: one's own with everything, the whole one as the event says."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.events.encounters import encounters_of
from matchmaker.events.models import AgendaSight, AgendaVersion, Encounter, Event, Participant
from matchmaker.events.queries import Attendee, get_event, get_participant, own_participations
from matchmaker.events.rules import Slot, slot_named
from matchmaker.events.versions import Held, meetings_of, meetings_of_participants, newest_version
from matchmaker.profiles.models import Profile, Visibility


@dataclass(frozen=True)
class Sitting:
    """A meeting at its time and place. `others` are those besides the reader, or all; hidden members are left out."""

    held: Held
    slot: Slot
    room: str
    zone: str
    others: tuple[Attendee, ...]
    said: Encounter | None = None


@dataclass(frozen=True)
class OwnAgenda:
    """What one participant has; `version` is nothing before the first agenda is published."""

    event: Event
    version: AgendaVersion | None
    attendee: Attendee
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class WholeAgenda:
    """All meetings in force."""

    event: Event
    version: AgendaVersion
    sittings: tuple[Sitting, ...]


def own_agenda(session: Session, *, acting: Acting, event_id: int, participant_id: int) -> OwnAgenda:
    """A participant's own agenda, for whoever acts for it and the secretariat.

    Raises `event_unknown`, `participant_unknown`.
    """
    event = get_event(session, acting=acting, event_id=event_id)
    who = get_participant(session, acting=acting, event_id=event_id, participant_id=participant_id)
    version = newest_version(session, event_id=event_id)
    held = meetings_of_participants(session, version, participant_ids=[participant_id])
    said = encounters_of(session, participant_ids=[participant_id])
    sittings = sittings_of(session, event, held, without=participant_id)
    told = tuple(Sitting(**{**vars(each), "said": said.get((participant_id, each.held.row.key))}) for each in sittings)
    return OwnAgenda(event, version, Attendee(who, session.get_one(Profile, who.profile_id)), told)


def whole_agenda(session: Session, *, acting: Acting, event_id: int) -> WholeAgenda:
    """All meetings in force, for those who may read them as the event says.

    Raises `event_unknown`, `agenda_not_yours`, `agenda_not_published`.
    """
    event = get_event(session, acting=acting, event_id=event_id)
    if not may_read_whole(session, acting=acting, event=event):
        raise NotAllowedError("agenda_not_yours", event_id=event_id)
    version = newest_version(session, event_id=event_id)
    if version is None:
        raise ConflictError("agenda_not_published", event_id=event_id)
    return WholeAgenda(event, version, tuple(sittings_of(session, event, meetings_of(session, version))))


def may_read_whole(session: Session, *, acting: Acting, event: Event) -> bool:
    """Whether the event shows its whole agenda to this account."""
    if acting.is_secretariat or event.agenda_sight == AgendaSight.EVERYONE:
        return True
    is_there = bool(own_participations(session, acting=acting, event_id=event.id or 0))
    return event.agenda_sight == AgendaSight.PARTICIPANTS and is_there


def sittings_of(
    session: Session, event: Event, meetings: Sequence[Held], *, without: int | None = None
) -> list[Sitting]:
    """Meetings with who sits in them, in one statement however many there are."""
    numbers = {number for held in meetings for number in held.members}
    attendees = shown_attendees(session, numbers)
    tables = {table["id"]: table for table in event.tables}
    unknown: dict[str, str] = defaultdict(str)
    return [
        Sitting(
            held, slot_named(event, held.row.slot), tables.get(held.row.table_id, unknown)["room"],
            tables.get(held.row.table_id, unknown)["zone"],
            tuple(attendees[number] for number in held.members if number != without and number in attendees),
        )
        for held in meetings
    ]  # fmt: skip


def shown_attendees(session: Session, numbers: Collection[int]) -> dict[int, Attendee]:
    """Participants with their members, those that are shown, by number."""
    statement = (
        select(Participant, Profile)
        .join(Profile, col(Profile.id) == col(Participant.profile_id))
        .where(col(Participant.id).in_(numbers), Profile.visibility == Visibility.VISIBLE)
    )
    return {who.id or 0: Attendee(who, profile) for who, profile in session.exec(statement).all()}
