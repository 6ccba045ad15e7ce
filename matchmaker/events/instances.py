"""What the solver is asked: an event's slots, tables, people and candidates under its policy. Pure."""

from collections.abc import Sequence

from matchmaker.events.agenda.instance import Instance, Meeting, Table
from matchmaker.events.agenda.instance import Participant as Taking
from matchmaker.events.candidates import Candidate, Ground, Seat, participant_key
from matchmaker.events.drafts import PolicyDraft
from matchmaker.events.models import Event, RulingKind
from matchmaker.events.rules import Slot, available, kept_free, policy_of, slots_of


def instance_of(event: Event, ground: Ground, candidates: Sequence[Candidate]) -> Instance:
    """The instance of an event as things stand."""
    slots, breaks, policy = slots_of(event), tuple(kept_free(event)), policy_of(event)
    pins = {row.key: row.slot for row in ground.rulings if row.kind == RulingKind.PIN}
    known = {slot.id for day in slots for slot in day}
    return Instance(
        days=tuple(tuple(slot.id for slot in day) for day in slots),
        tables=tuple(Table(table["id"], table["zone"] or None) for table in event.tables),
        participants=tuple(
            _taking(seat, slots, breaks, policy) for seat in sorted(ground.seats, key=lambda seat: seat.id)
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


def _taking(
    seat: Seat, slots: Sequence[Sequence[Slot]], breaks: tuple[tuple[str, ...], ...], policy: PolicyDraft
) -> Taking:
    who = seat.who
    return Taking(
        participant_key(seat.id), available(who, slots),
        policy.most_meetings if who.most_meetings is None else who.most_meetings, floor_of(seat, policy),
        policy.most_in_row if who.most_in_row is None else who.most_in_row, breaks, who.zone or None,
    )  # fmt: skip


def _meeting(one: Candidate, pins: dict[str, str | None], known: set[str]) -> Meeting:
    slot = pins.get(one.key)
    members = tuple(participant_key(number) for number in one.members)
    return Meeting(one.key, members, one.fit, one.key in pins, slot if slot in known else None)
