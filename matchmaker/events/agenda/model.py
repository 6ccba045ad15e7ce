"""An instance as numbers: slots are bits of an integer, participants and meetings are places in lists."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from matchmaker.events.agenda.instance import Instance, Participant

NO_ZONE = -1
ZONES_DIFFER = -2


@dataclass(frozen=True)
class Model:
    """An instance compiled. Masks hold one bit per slot, in the order of the days.

    `blocks[p]` are masks of which participant `p` may never be busy in every slot: breaks, and runs that are one too
    long. `allowed[m]` is where meeting `m` may be: 0 for one that may never be held. `together[m]` is the same as if
    nobody were forbidden to meet, `zones[m]` its zone, `needs[p]` that of a participant.
    """

    instance: Instance
    slots: tuple[str, ...]
    day_masks: tuple[int, ...]
    available: list[int]
    blocks: list[list[int]]
    most: list[int]
    least: list[int]
    members: list[tuple[int, ...]]
    fit: np.ndarray
    pinned: list[bool]
    needs: list[int]
    zones: list[int]
    together: list[int]
    allowed: list[int]
    table_count: int
    tables_by_zone: list[int]
    meetings_of: list[list[int]] = field(repr=False)

    @property
    def slot_count(self) -> int:
        """How many slots there are."""
        return len(self.slots)

    @cached_property
    def blocks_by_slot(self) -> list[list[list[int]]]:
        """Of each participant and slot: the blocks that the slot is part of."""
        return [
            [[block for block in blocks if block >> slot & 1] for slot in range(self.slot_count)]
            for blocks in self.blocks
        ]


def compile_instance(instance: Instance) -> Model:
    """The model of an instance whose references are sound (`reading` checks them)."""
    slots = tuple(slot for day in instance.days for slot in day)
    bit = {slot: 1 << place for place, slot in enumerate(slots)}
    day_masks = tuple(sum(bit[slot] for slot in day) for day in instance.days)
    place = {participant.id: number for number, participant in enumerate(instance.participants)}
    seats = [sum({bit[slot] for slot in participant.available}) for participant in instance.participants]
    blocks = [_blocks(*pair, instance, bit) for pair in zip(instance.participants, seats, strict=True)]
    seats = [_without_single(*pair) for pair in zip(seats, blocks, strict=True)]
    blocks = [[block for block in own if block & ~seat == 0] for own, seat in zip(blocks, seats, strict=True)]
    most = [
        min(participant.max_meetings, attainable(seat, own))
        for participant, seat, own in zip(instance.participants, seats, blocks, strict=True)
    ]
    members = [tuple(place[member] for member in meeting.members) for meeting in instance.meetings]
    names = {
        zone: number for number, zone in enumerate(sorted({t.zone for t in instance.tables if t.zone is not None}))
    }
    needs = _zone_needs(instance, names)
    zones = [_zone(needs, own) for own in members]
    capacity = [sum(table.zone == zone for table in instance.tables) for zone in names]
    capacity += [0] * (max(needs, default=NO_ZONE) + 1 - len(capacity))
    together = [_common(seats, own) for own in members]
    never = {frozenset((place[one], place[other])) for one, other in instance.forbidden}
    allowed = [
        _allowed(together[m], members[m], zones[m], never, capacity, len(instance.tables))
        & (bit[slot] if (slot := instance.meetings[m].slot) is not None else -1)
        for m in range(len(members))
    ]
    meetings_of: list[list[int]] = [[] for _ in instance.participants]
    for meeting, own in enumerate(members):
        for participant in own:
            meetings_of[participant].append(meeting)
    return Model(
        instance, slots, day_masks, seats, blocks, most, [p.min_meetings for p in instance.participants], members,
        np.array([meeting.fit for meeting in instance.meetings], dtype=float),
        [meeting.pinned for meeting in instance.meetings], needs, zones, together, allowed,
        len(instance.tables), capacity, meetings_of,
    )  # fmt: skip


def attainable(seats: int, blocks: list[int]) -> int:
    """At most so many slots of `seats` can be busy: disjoint blocks leave one free each (exact for runs)."""
    free, taken = 0, 0
    for block in sorted(blocks, key=int.bit_length):
        if not block & taken:
            taken |= block
            free += 1
    return seats.bit_count() - free


def _blocks(participant: Participant, seats: int, instance: Instance, bit: dict[str, int]) -> list[int]:
    """Breaks and runs that are one too long; where someone is away anyway, nothing has to be kept free."""
    found = {sum({bit[slot] for slot in slots}) for slots in participant.breaks}
    if participant.max_in_row is not None:
        length = participant.max_in_row + 1
        for day in instance.days:
            found |= {sum(bit[slot] for slot in day[at : at + length]) for at in range(len(day) - length + 1)}
    return _minimal(sorted((mask for mask in found if mask & ~seats == 0), key=lambda mask: (mask.bit_count(), mask)))


def _minimal(masks: list[int]) -> list[int]:
    kept: list[int] = []
    for mask in masks:
        if not any(mask & other == other for other in kept):
            kept.append(mask)
    return kept


def _without_single(seats: int, blocks: list[int]) -> int:
    for block in blocks:
        if block.bit_count() == 1:
            seats &= ~block
    return seats


def _zone_needs(instance: Instance, names: dict[str, int]) -> list[int]:
    """The zone of each participant; one that no table has gets a number of its own, beyond those of tables."""
    numbers = dict(names)
    return [
        NO_ZONE if participant.zone is None else numbers.setdefault(participant.zone, len(numbers))
        for participant in instance.participants
    ]


def _zone(needs: list[int], members: tuple[int, ...]) -> int:
    found = {needs[member] for member in members} - {NO_ZONE}
    return NO_ZONE if not found else found.pop() if len(found) == 1 else ZONES_DIFFER


def _common(seats: list[int], members: tuple[int, ...]) -> int:
    common = -1
    for member in members:
        common &= seats[member]
    return common


def _allowed(
    common: int, members: tuple[int, ...], zone: int, never: set[frozenset[int]], capacity: list[int], tables: int
) -> int:
    room = tables if zone == NO_ZONE else 0 if zone == ZONES_DIFFER else capacity[zone]
    if not room:
        return 0
    is_forbidden = any(
        frozenset((one, other)) in never for at, one in enumerate(members) for other in members[at + 1 :]
    )
    return 0 if is_forbidden else common
