"""Whether a schedule keeps every rule of its instance. Written from the rules alone: shares nothing with the solver."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from matchmaker.events.agenda.instance import Instance, Meeting, Participant, Schedule

TOLERANCE = 1e-6  # of sums of floating-point numbers
PRICE = 10  # of a missing guaranteed meeting, as the format says


@dataclass(frozen=True)
class Violation:
    """A rule that is broken, by its code, and where."""

    code: str
    meeting: str | None = None
    participant: str | None = None
    slot: str | None = None
    table: str | None = None
    detail: str = ""


def verify(instance: Instance, schedule: Schedule) -> list[Violation]:
    """All violations; none for a schedule that may be published."""
    meetings = {meeting.id: meeting for meeting in instance.meetings}
    return [
        *_listed(schedule, meetings),
        *_places(instance, schedule),
        *_tables(instance, schedule, meetings),
        *_together(instance, schedule, meetings),
        *_agendas(instance, schedule, meetings),
        *_figures(instance, schedule, meetings),
    ]


def _listed(schedule: Schedule, meetings: dict[str, Meeting]) -> Iterator[Violation]:
    """Every meeting is placed or unplaced, once; a pinned one is placed, in its slot."""
    times = Counter([placed.id for placed in schedule.placed] + [one.id for one in schedule.unplaced])
    for name, count in times.items():
        if name not in meetings:
            yield Violation("meeting_unknown", meeting=name)
        elif count > 1:
            yield Violation("meeting_twice", meeting=name)
    slot_of = {placed.id: placed.slot for placed in schedule.placed}
    for name, meeting in meetings.items():
        if name not in times:
            yield Violation("meeting_missing", meeting=name)
        if meeting.pinned and name not in slot_of:
            yield Violation("pinned_unplaced", meeting=name)
        if meeting.pinned and meeting.slot and slot_of.get(name, meeting.slot) != meeting.slot:
            yield Violation("pinned_elsewhere", meeting=name, slot=slot_of[name], detail=meeting.slot)


def _places(instance: Instance, schedule: Schedule) -> Iterator[Violation]:
    slots = {slot for day in instance.days for slot in day}
    tables = {table.id for table in instance.tables}
    taken: set[tuple[str, str]] = set()
    for placed in schedule.placed:
        if placed.slot not in slots:
            yield Violation("slot_unknown", meeting=placed.id, slot=placed.slot)
        if placed.table not in tables:
            yield Violation("table_unknown", meeting=placed.id, table=placed.table)
        if (placed.slot, placed.table) in taken:
            yield Violation("table_twice", meeting=placed.id, slot=placed.slot, table=placed.table)
        taken.add((placed.slot, placed.table))


def _tables(instance: Instance, schedule: Schedule, meetings: dict[str, Meeting]) -> Iterator[Violation]:
    """Whoever needs a zone sits in it, with all who meet them."""
    needs = {participant.id: participant.zone for participant in instance.participants}
    zone_of = {table.id: table.zone for table in instance.tables}
    for placed in schedule.placed:
        for member in meetings[placed.id].members if placed.id in meetings else ():
            need = needs[member]
            if need is not None and placed.table in zone_of and zone_of[placed.table] != need:
                yield Violation("zone_wrong", placed.id, member, placed.slot, placed.table, need)


def _together(instance: Instance, schedule: Schedule, meetings: dict[str, Meeting]) -> Iterator[Violation]:
    never = {frozenset(pair) for pair in instance.forbidden}
    for placed in schedule.placed:
        for pair in combinations(meetings[placed.id].members if placed.id in meetings else (), 2):
            if frozenset(pair) in never:
                yield Violation("forbidden_together", placed.id, slot=placed.slot, detail=" ".join(sorted(pair)))


def _agendas(instance: Instance, schedule: Schedule, meetings: dict[str, Meeting]) -> Iterator[Violation]:
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for placed in schedule.placed:
        for member in meetings[placed.id].members if placed.id in meetings else ():
            held[member].append((placed.slot, placed.id))
    for participant in instance.participants:
        yield from _agenda(instance, participant, held[participant.id])


def _agenda(instance: Instance, who: Participant, held: list[tuple[str, str]]) -> Iterator[Violation]:
    busy = Counter(slot for slot, _ in held)
    for slot, meeting in held:
        if slot not in who.available:
            yield Violation("not_available", meeting, who.id, slot)
        if busy[slot] > 1:
            yield Violation("two_at_once", meeting, who.id, slot)
    if len(held) > who.max_meetings:
        yield Violation("too_many_meetings", participant=who.id, detail=str(len(held)))
    for slots in who.breaks:
        if all(slot in busy for slot in slots):
            yield Violation("break_taken", participant=who.id, slot=slots[0], detail=" ".join(slots))
    yield from _rows(instance, who, set(busy))


def _rows(instance: Instance, who: Participant, busy: set[str]) -> Iterator[Violation]:
    """Too many in a row: a free slot, an absence or the end of a day ends one."""
    for day in instance.days:
        length = 0
        for slot in day:
            length = length + 1 if slot in busy else 0
            if who.max_in_row is not None and length > who.max_in_row:
                yield Violation("too_many_in_row", participant=who.id, slot=slot, detail=str(length))


def _figures(instance: Instance, schedule: Schedule, meetings: dict[str, Meeting]) -> Iterator[Violation]:
    """The figures are those of the meetings placed; the bound is not below the objective."""
    known = [meetings[placed.id] for placed in schedule.placed if placed.id in meetings]
    counts = Counter(member for meeting in known for member in meeting.members)
    missing = {who.id: who.min_meetings - counts[who.id] for who in instance.participants}
    missing = {name: count for name, count in missing.items() if count > 0}
    fit = sum(meeting.fit for meeting in known)
    objective = fit - PRICE * sum(missing.values())
    tolerance = TOLERANCE * max(1.0, abs(fit), abs(objective))
    for code, told, true in (("fit_wrong", schedule.fit, fit), ("objective_wrong", schedule.objective, objective)):
        if not abs(told - true) <= tolerance:
            yield Violation(code, detail=f"{told} {true}")
    if not schedule.bound >= objective - tolerance:
        yield Violation("bound_below_objective", detail=f"{schedule.bound} {objective}")
    told_missing = {shortfall.participant: shortfall.missing for shortfall in schedule.shortfalls}
    if told_missing != missing or len(schedule.shortfalls) != len(told_missing):
        wrong = sorted({name for name, _ in set(told_missing.items()) ^ set(missing.items())}) or sorted(told_missing)
        yield Violation("shortfalls_wrong", participant=wrong[0], detail=" ".join(wrong))
