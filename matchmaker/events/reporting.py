"""What came of an event: counts by area, kind, country and size; promises kept; attendance and outcomes. No persons."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.events.agendas import shown_attendees
from matchmaker.events.encounters import all_encounters
from matchmaker.events.models import AgendaVersion, Encounter, Event, Presence
from matchmaker.events.queries import Attendee, count_presence, event_for_desk
from matchmaker.events.versions import Held, list_versions, meetings_of
from matchmaker.introductions.rules import Meeting, meeting_of
from matchmaker.places.sizes import band
from matchmaker.profiles.models import Profile


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
    rows: tuple[Row, ...]

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
        _counted(each.outcome for each in said.values() if each.outcome), rows,
    )  # fmt: skip


def open_data(report: Report) -> list[dict[str, Any]]:
    """The meetings as rows of a table: what was met, never who."""
    return [
        {
            "slot": row.slot,
            "table": row.table,
            "kinds": " ".join(row.kinds),
            "countries": " ".join(row.countries),
            "sizes": " ".join(row.sizes),
            "areas": " ".join(row.areas),
            "source": row.source,
            "met": str(row.met),
        }
        for row in report.rows
    ]


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
