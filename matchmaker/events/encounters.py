"""At the tables and after: whether those who were to meet have met, what came of it; who could step in."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.events.drafts import EncounterDraft
from matchmaker.events.models import AgendaMeeting, AgendaSeat, Encounter, Participant, Presence
from matchmaker.events.queries import Attendee, event_for_desk, get_participant, list_attendees
from matchmaker.events.rules import available, slots_of
from matchmaker.events.runs import asked_of
from matchmaker.events.versions import meetings_of, newest_version
from matchmaker.introductions.meeting import say_met
from matchmaker.introductions.terms import Office
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.speaking import speaks_for

ASKED = "encounters_asked"


def say_encounter(
    session: Session, *, office: Office, acting: Acting, event_id: int, participant_id: int, key: str,
    draft: EncounterDraft,
) -> Encounter:  # fmt: skip
    """Say whether one met in a meeting of the agenda, and what came of it; an introduction hears it too.

    Raises `event_unknown`, `participant_unknown`, `only_representatives`, `agenda_meeting_unknown`.
    """
    who = get_participant(session, acting=acting, event_id=event_id, participant_id=participant_id)
    speaks = speaks_for(session, acting=acting, profile_id=who.profile_id)
    if not (speaks or acting.is_secretariat):
        raise NotAllowedError("only_representatives")
    meeting = _meeting(session, event_id=event_id, participant_id=participant_id, key=key)
    row = session.get(Encounter, (participant_id, key)) or Encounter(
        participant_id=participant_id, key=key, has_met=False, said_at=office.now
    )
    row.has_met, row.outcome, row.said_at = draft.has_met, draft.outcome or "", office.now
    session.add(row)
    session.flush()
    if meeting.introduction_id is not None and speaks:
        say_met(session, office=office, acting=acting, introduction_id=meeting.introduction_id, has_met=draft.has_met)
    return row


@dataclass(frozen=True)
class Standby:
    """Someone who is here with time to come to spare, and how many agreed meetings wait for it."""

    attendee: Attendee
    free_slots: int
    held: int
    waiting: int


def stand_by(session: Session, *, acting: Acting, event_id: int, office: Office) -> list[Standby]:
    """Who could step in from now on where others are absent: first who has least, then who waits for most.

    Raises `only_secretariat`, `event_unknown`.
    """
    event = event_for_desk(session, acting=acting, event_id=event_id)
    asked = asked_of(session, event=event, lists=office.lists, now=office.now)
    meetings = meetings_of(session, newest_version(session, event_id=event_id))
    placed = {held.row.key for held in meetings}
    held = Counter(number for each in meetings for number in each.members)
    waiting = Counter(
        number for one in asked.candidates if one.is_agreed and one.key not in placed for number in one.members
    )
    slots = [[slot for slot in day if slot.starts_at > office.now] for day in slots_of(event)]
    coming = {slot.id for day in slots for slot in day}
    taken = Counter(number for each in meetings if each.row.slot in coming for number in each.members)
    found = [
        Standby(each, len(available(each.who, slots)) - taken[each.number], held[each.number], waiting[each.number])
        for each in list_attendees(session, acting=acting, event_id=event_id)
        if each.who.presence == Presence.ARRIVED and waiting[each.number]
    ]
    return sorted(
        (each for each in found if each.free_slots > 0),
        key=lambda each: (each.held, -each.waiting, each.attendee.number),
    )


def encounters_of(session: Session, *, participant_ids: list[int]) -> dict[tuple[int, str], Encounter]:
    """What these said of their meetings, by participant and key."""
    rows = session.exec(select(Encounter).where(col(Encounter.participant_id).in_(participant_ids))).all()
    return {(row.participant_id, row.key): row for row in rows}


def ask_encounters(session: Session, *, event_id: int, now: datetime) -> int:
    """Ask everyone who had meetings how they went, once; how many letters were asked for."""
    version = newest_version(session, event_id=event_id)
    seated = select(AgendaSeat.participant_id).where(AgendaSeat.version_id == (version.id if version else None))
    rows = session.exec(
        select(Participant)
        .where(col(Participant.id).in_(seated), Participant.presence != Presence.CANCELLED)
        .where(col(Participant.account_id).is_not(None))
        .order_by(col(Participant.id))
    ).all()
    letters = [
        write_letter(
            session, kind=ASKED, account_id=row.account_id, subject_id=event_id, now=now,
            codes={"participant": row.id}, key=f"encounters:{event_id}:{row.id}",
        )
        for row in rows
    ]  # fmt: skip
    return sum(letter is not None for letter in letters)


def all_encounters(session: Session, *, event_id: int) -> list[Encounter]:
    """What anybody said of meetings of an event."""
    statement = (
        select(Encounter)
        .join(Participant, col(Participant.id) == col(Encounter.participant_id))
        .where(Participant.event_id == event_id)
    )
    return list(session.exec(statement).all())


def _meeting(session: Session, *, event_id: int, participant_id: int, key: str) -> AgendaMeeting:
    version = newest_version(session, event_id=event_id)
    row = None if version is None else session.get(AgendaMeeting, (version.id, key))
    if version is None or row is None or session.get(AgendaSeat, (version.id, key, participant_id)) is None:
        raise NotFoundError("agenda_meeting_unknown", meeting=key)
    return row
