"""An event read into the values that documents are made of, with the permission of whoever asks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from babel import Locale
from sqlmodel import Session

from api.documents.models import Badge, Gathering, Meeting, Other, PersonalAgenda, Reason, TableSign
from api.documents.models import Sitting as Line
from api.documents.revisions import Edition, revised
from matchmaker.accounts.models import Acting
from matchmaker.events.agendas import OwnAgenda, Sitting, own_agenda, sittings_of
from matchmaker.events.models import AgendaVersion, Event, Presence
from matchmaker.events.queries import Attendee, event_for_desk, list_attendees
from matchmaker.events.versions import list_versions, meetings_in_all, meetings_of, newest_version
from matchmaker.introductions.models import Side
from matchmaker.introductions.queries import Evidence, Glimpse, quoted_in
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.zones import ZONES
from matchmaker.places.keys import search_key


@dataclass(frozen=True)
class Reading:
    """Who reads, in which language, and the address under which the service is known."""

    session: Session
    acting: Acting
    language: WorkingLanguage
    public_url: str

    def page(self, path: str) -> str:
        """The address of a page."""
        return f"{self.public_url.rstrip('/')}/{self.language}/{path}"

    def gathering(self, event: Event) -> Gathering:
        """The event as its papers name it."""
        host = urlsplit(self.public_url).hostname or "localhost"
        return Gathering(event.id or 0, event.name, event.venue, event.city, event.time_zone, host)


def personal_agenda(reading: Reading, *, event_id: int, participant_id: int) -> PersonalAgenda:
    """What a participant has, and what was cancelled since the first edition.

    Raises `event_unknown`, `participant_unknown`.
    """
    own = own_agenda(reading.session, acting=reading.acting, event_id=event_id, participant_id=participant_id)
    who, profile = own.attendee.who, own.attendee.profile
    return PersonalAgenda(
        gathering=reading.gathering(own.event), participant=participant_id, person=who.name or profile.name,
        member=profile.name, language=reading.language, meetings=_meetings(reading, own),
        languages=tuple(profile.languages), address=reading.page(f"events/{event_id}/mine/{participant_id}"),
        own_zone=own_zone(own.attendee),
    )  # fmt: skip


def own_zone(attendee: Attendee) -> str:
    """Whose clock is told beside that of the event: the one asked for; of who stays away, that of its country."""
    who = attendee.who
    return who.time_zone or (ZONES.get(attendee.profile.country, "") if who.is_remote else "")


def signs_of(reading: Reading, *, event_id: int) -> tuple[Gathering, list[TableSign]]:
    """A sign for each table. Raises `only_secretariat`, `event_unknown`."""
    event = event_for_desk(reading.session, acting=reading.acting, event_id=event_id)
    held = meetings_of(reading.session, newest_version(reading.session, event_id=event_id))
    by_table: dict[str, list[Line]] = defaultdict(list)
    for each in sittings_of(reading.session, event, held):
        names = tuple(other.profile.name for other in each.others)
        by_table[each.held.row.table_id].append(Line(each.slot.starts_at, each.slot.ends_at, names))
    signs = [
        TableSign(
            table["id"], table["zone"], table["room"],
            tuple(sorted(by_table[table["id"]], key=lambda line: line.start)), reading.page(f"events/{event_id}"),
        )
        for table in event.tables
    ]  # fmt: skip
    return reading.gathering(event), signs


def badges_of(reading: Reading, *, event_id: int) -> tuple[Gathering, list[Badge]]:
    """A badge for everyone who comes, with their companions, by name. Raises `only_secretariat`, `event_unknown`."""
    event = event_for_desk(reading.session, acting=reading.acting, event_id=event_id)
    attendees = list_attendees(reading.session, acting=reading.acting, event_id=event_id)
    badges = [
        badge
        for each in attendees if each.who.presence != Presence.CANCELLED and not each.who.is_remote
        for badge in _badges(reading, each)
    ]  # fmt: skip
    return reading.gathering(event), sorted(badges, key=lambda badge: search_key(badge.person))


def _badges(reading: Reading, attendee: Attendee) -> list[Badge]:
    who, profile = attendee.who, attendee.profile
    address = reading.page(f"profiles/{profile.id}?participant={attendee.number}")
    people = (who.name or profile.name, *who.companions)
    return [
        Badge(person, profile.name, _place(reading, attendee), tuple(profile.languages), address, who.sponsor)
        for person in people
    ]  # fmt: skip


def _meetings(reading: Reading, own: OwnAgenda) -> tuple[Meeting, ...]:
    """From every edition: what a calendar was told once, it is told the end of."""
    session, number, event_id = reading.session, own.attendee.number, own.event.id or 0
    held = meetings_in_all(session, event_id=event_id, participant_id=number)
    sittings: dict[int, list[Sitting]] = defaultdict(list)
    for each in sittings_of(session, own.event, held, without=number):
        sittings[each.held.row.version_id].append(each)
    found = revised([
        Edition(
            row.number, row.published_at,
            tuple(_meeting(reading, each, row, own) for each in sittings[row.id or 0]),
        )
        for row in list_versions(session, event_id=event_id)
    ])  # fmt: skip
    reasons = _reasons(reading, own.sittings)
    return tuple(replace(each, reasons=reasons.get(each.key, ())) for each in found)


def _meeting(reading: Reading, sitting: Sitting, version: AgendaVersion, own: OwnAgenda) -> Meeting:
    """For whoever is not in the room, and for those who meet them, the link comes with it."""
    links = [each.who.remote_link for each in (own.attendee, *sitting.others) if each.who.is_remote]
    return Meeting(
        key=sitting.held.row.key, start=sitting.slot.starts_at, end=sitting.slot.ends_at,
        table=sitting.held.row.table_id, zone=sitting.zone, room=sitting.room, link=next(filter(None, links), ""),
        topic=sitting.held.row.topic, others=tuple(_other(reading, each) for each in sitting.others),
        changed_at=version.published_at,
    )  # fmt: skip


def _other(reading: Reading, attendee: Attendee) -> Other:
    who, profile = attendee.who, attendee.profile
    people = tuple(filter(None, (who.name, *who.companions)))
    return Other(profile.name, people, _place(reading, attendee), tuple(profile.languages))


def _place(reading: Reading, attendee: Attendee) -> str:
    """Town and country, the country as the reader calls it."""
    profile = attendee.profile
    country = Locale.parse(reading.language).territories.get(profile.country, profile.country)
    return ", ".join(filter(None, (profile.place_name, country)))


def _reasons(reading: Reading, sittings: Sequence[Sitting]) -> dict[str, tuple[Reason, ...]]:
    """Of meetings that come from an introduction, what it quoted, as far as the reader may see it."""
    numbers = {each.held.row.key: each.held.row.introduction_id for each in sittings}
    asked = {number for number in numbers.values() if number is not None}
    found = quoted_in(reading.session, acting=reading.acting, introduction_ids=asked)
    return {key: _quoted(*found[number]) for key, number in numbers.items() if number in found}


def _quoted(glimpse: Glimpse, evidence: Sequence[Evidence]) -> tuple[Reason, ...]:
    supplier = glimpse.parties[Side.PROFILE]
    if glimpse.challenge is None or supplier is None:
        return ()
    asked_in, said_in = glimpse.challenge.challenge.language, supplier.profile.language
    return tuple(
        Reason(each.asked, asked_in, each.text, said_in, supplier.profile.name)
        for each in evidence
        if each.asked and each.text
    )
