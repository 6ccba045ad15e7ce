"""What came of an event: counts by area, kind, country and size; acceptance, attendance and outcomes. No persons."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Acting
from matchmaker.events.agendas import shown_attendees
from matchmaker.events.encounters import all_encounters
from matchmaker.events.models import AgendaVersion, Encounter, Event, Participant, Presence
from matchmaker.events.queries import Attendee, count_presence, event_for_desk
from matchmaker.events.versions import Held, list_versions, meetings_of
from matchmaker.introductions.models import Introduction, Phase
from matchmaker.introductions.rules import Meeting, meeting_of
from matchmaker.places.sizes import band
from matchmaker.profiles.models import Profile

UNDECIDED = (Phase.HELD, Phase.WAITING)


class Acceptance(StrEnum):
    """What became of introductions between members that are registered."""

    ACCEPTED = "accepted"  # both said yes, whatever came after
    WAITING = "waiting"
    NOT_ACCEPTED = "not_accepted"


@dataclass(frozen=True)
class Row:
    """A meeting as open data: what its members are, never who comes for them."""

    slot: str
    table: str
    kinds: tuple[str, ...]
    countries: tuple[str, ...]
    sizes: tuple[str, ...]
    areas: tuple[str, ...]
    source: str
    met: Meeting


@dataclass(frozen=True)
class Report:
    """An event in figures. Seats are counted by kind, country and size; meetings by area."""

    event: Event
    version: AgendaVersion | None
    versions: int
    presence: dict[str, int]
    meetings: int
    by_source: dict[str, int]
    by_area: dict[str, int]
    by_kind: dict[str, int]
    by_country: dict[str, int]
    by_size: dict[str, int]
    met: dict[str, int]
    outcomes: dict[str, int]
    acceptance: dict[str, int]
    rows: tuple[Row, ...]

    @property
    def acceptance_rate(self) -> float | None:
        """The share of introductions to which both said yes, of all that were proposed; nothing where none was."""
        proposed = sum(self.acceptance.values())
        return self.acceptance[Acceptance.ACCEPTED] / proposed if proposed else None

    @property
    def attendance(self) -> float | None:
        """The share of those who came among those who did not cancel; nothing before anyone came."""
        came, absent = self.presence[Presence.ARRIVED], self.presence[Presence.ABSENT]
        return came / (came + absent + self.presence[Presence.EXPECTED]) if came else None


def report_of(session: Session, *, acting: Acting, event_id: int) -> Report:
    """The figures of an event, in the same number of statements whatever its size. Raises `only_secretariat`."""
    event = event_for_desk(session, acting=acting, event_id=event_id)
    versions = list_versions(session, event_id=event_id)
    version = versions[0] if versions else None
    meetings = meetings_of(session, version)
    attendees = shown_attendees(session, {number for held in meetings for number in held.members})
    said = {(row.participant_id, row.key): row for row in all_encounters(session, event_id=event_id)}
    presence = count_presence(session, event_id=event_id)
    rows = tuple(_row(held, attendees, said) for held in meetings)
    return Report(
        event, version, len(versions), {state: presence.get(state, 0) for state in Presence}, len(rows),
        _counted(row.source for row in rows), _each(rows, lambda row: row.areas), _each(rows, lambda row: row.kinds),
        _each(rows, lambda row: row.countries), _each(rows, lambda row: row.sizes), _counted(row.met for row in rows),
        _counted(each.outcome for each in said.values() if each.outcome), _acceptance(session, event_id), rows,
    )  # fmt: skip


def _acceptance(session: Session, event_id: int) -> dict[str, int]:
    """Introductions between members of the event by what became of them, in one statement."""
    here = select(Participant.profile_id).where(Participant.event_id == event_id)
    statement = (
        select(Introduction.phase, func.count(), func.count(col(Introduction.opened_at)))
        .where(col(Introduction.owner_id).in_(here), col(Introduction.profile_id).in_(here))
        .group_by(Introduction.phase)
    )
    found = dict.fromkeys(map(str, Acceptance), 0)
    for phase, proposed, opened in session.exec(statement).all():
        found[Acceptance.ACCEPTED] += opened
        found[Acceptance.WAITING if phase in UNDECIDED else Acceptance.NOT_ACCEPTED] += proposed - opened
    return found


def _row(held: Held, attendees: dict[int, Attendee], said: dict[tuple[int, str], Encounter]) -> Row:
    profiles = [attendees[number].profile for number in held.members if number in attendees]
    return Row(
        held.row.slot, held.row.table_id, tuple(sorted(profile.kind for profile in profiles)),
        tuple(sorted(profile.country for profile in profiles if profile.country)),
        tuple(sorted(band(profile.population) for profile in profiles)), _shared_areas(profiles), held.row.source,
        _met(held, said),
    )  # fmt: skip


def _shared_areas(profiles: list[Profile]) -> tuple[str, ...]:
    """What all of them work on; what any of them does, where they share nothing."""
    areas = [set(profile.areas) for profile in profiles]
    return tuple(sorted(set.intersection(*areas) or set.union(*areas))) if areas else ()


def _met(held: Held, said: dict[tuple[int, str], Encounter]) -> Meeting:
    told = [said[number, held.row.key].has_met for number in held.members if (number, held.row.key) in said]
    if len(told) < len(held.members):
        return Meeting.NOT_KNOWN
    return meeting_of(owner=any(told), profile=all(told), settled=None)


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items(), key=lambda pair: (-pair[1], pair[0])))


def _each(rows: tuple[Row, ...], codes: Callable[[Row], tuple[str, ...]]) -> dict[str, int]:
    return _counted(code for row in rows for code in codes(row))
