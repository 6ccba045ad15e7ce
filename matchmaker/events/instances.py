"""What the solver is asked: an event's slots, tables, people and candidates under its policy. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from matchmaker.events.agenda.instance import Instance, Meeting, Table
from matchmaker.events.agenda.instance import Participant as Taking
from matchmaker.events.candidates import Candidate
from matchmaker.events.drafts import PolicyDraft
from matchmaker.events.ground import Ground, Seat, participant_key
from matchmaker.events.models import Event, RulingKind
from matchmaker.events.rules import Slot, available, kept_free, policy_of, slots_of


@dataclass(frozen=True)
class Past:
    """What is no longer to be arranged: slots that have begun, and the slot of each meeting that was to be then."""

    begun: frozenset[str] = frozenset()
    slot_of: Mapping[str, str] = field(default_factory=dict)


NOTHING_YET = Past()


def past_of(event: Event, published: Mapping[str, str], now: datetime) -> Past:
    """The past of an event whose agenda in force has these slots, by meeting."""
    begun = frozenset(slot.id for day in slots_of(event) for slot in day if slot.starts_at <= now)
    return Past(begun, {key: slot for key, slot in published.items() if slot in begun})


def instance_of(event: Event, ground: Ground, candidates: Sequence[Candidate], past: Past = NOTHING_YET) -> Instance:
    """The instance of an event as things stand: what has begun stays as it was, and nothing is put there."""
    slots, breaks, policy = slots_of(event), tuple(kept_free(event)), policy_of(event)
    pins = {row.key: row.slot for row in ground.rulings if row.kind == RulingKind.PIN and row.slot not in past.begun}
    pins |= {one.key: past.slot_of[one.key] for one in candidates if one.key in past.slot_of}
    sat: dict[int, set[str]] = defaultdict(set)
    for one in candidates:
        for number in one.members if one.key in past.slot_of else ():
            sat[number].add(past.slot_of[one.key])
    known = {slot.id for day in slots for slot in day}
    return Instance(
        days=tuple(tuple(slot.id for slot in day) for day in slots),
        tables=tuple(Table(table["id"], table["zone"] or None) for table in event.tables),
        participants=tuple(
            _taking(seat, breaks, policy, there=_there(seat, slots, past.begun, sat[seat.id]))
            for seat in sorted(ground.seats, key=lambda seat: seat.id)
        ),
        meetings=tuple(_meeting(one, pins, known) for one in candidates),
    )


def floor_of(seat: Seat, policy: PolicyDraft) -> int:
    """How many meetings someone is guaranteed."""
    if seat.who.least_meetings is not None:
        return seat.who.least_meetings
    if seat.is_supplying:
        return policy.small_supplier_floor if seat.is_small else 0
    return policy.small_city_floor if seat.is_small else policy.city_floor


def _there(seat: Seat, slots: Sequence[Sequence[Slot]], begun: frozenset[str], sat: set[str]) -> tuple[str, ...]:
    """The slots in which someone can meet, and those past in which it did."""
    free = (set(available(seat.who, slots)) - begun) | sat
    return tuple(slot.id for day in slots for slot in day if slot.id in free)


def _taking(seat: Seat, breaks: tuple[tuple[str, ...], ...], policy: PolicyDraft, *, there: tuple[str, ...]) -> Taking:
    who = seat.who
    return Taking(
        participant_key(seat.id), there,
        policy.most_meetings if who.most_meetings is None else who.most_meetings, floor_of(seat, policy),
        policy.most_in_row if who.most_in_row is None else who.most_in_row, breaks, who.zone or None,
    )  # fmt: skip


def _meeting(one: Candidate, pins: dict[str, str | None], known: set[str]) -> Meeting:
    slot = pins.get(one.key)
    members = tuple(participant_key(number) for number in one.members)
    return Meeting(one.key, members, one.fit, one.key in pins, slot if slot in known else None)
