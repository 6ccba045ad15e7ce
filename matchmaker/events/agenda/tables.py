"""Tables for meetings that have slots: zones kept, and few changes of table for those who meet most.

Slot after slot, forwards and backwards, the tables are assigned anew so that members stay where they were before and
will be after (within a day). The tables of a zone are left to those who need them as far as others find room.
"""

from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.events.agenda.board import NOWHERE
from matchmaker.events.agenda.model import NO_ZONE, Model

SWEEPS = 2  # forwards and backwards, after the first time forwards
WRONG = 1e6  # a table outside the zone that is needed
UNNEEDED_ZONE = 0.01  # a table in a zone that is not needed, in changes of table


def assign_tables(model: Model, slot_of: list[int], *, sweeps: int = SWEEPS) -> list[int]:
    """The table of each placed meeting, by number; `NOWHERE` for the others."""
    inside: list[list[int]] = [[] for _ in range(model.slot_count)]
    for meeting, slot in enumerate(slot_of):
        if slot != NOWHERE:
            inside[slot].append(meeting)
    neighbours = _neighbours(model, slot_of)
    base = {zone: base_costs(model, zone) for zone in {model.zones[m] for here in inside for m in here}}
    table_of = [NOWHERE] * len(slot_of)
    forwards = range(model.slot_count)
    for order in [forwards, *(direction for _ in range(sweeps) for direction in (forwards[::-1], forwards))]:
        for slot in order:
            if inside[slot]:
                _assign(model, inside[slot], neighbours, base, table_of)
    return table_of


def _assign(
    model: Model,
    here: list[int],
    neighbours: list[list[tuple[int, float]]],
    base: dict[int, np.ndarray],
    table_of: list[int],
) -> None:
    costs = np.stack([base[model.zones[meeting]] for meeting in here])
    for row, meeting in enumerate(here):
        for other, weight in neighbours[meeting]:
            if table_of[other] != NOWHERE:
                costs[row, table_of[other]] -= weight
    rows, tables = linear_sum_assignment(costs)
    for row, table in zip(rows.tolist(), tables.tolist(), strict=True):
        table_of[here[row]] = table


def base_costs(model: Model, zone: int) -> np.ndarray:
    """What each table costs a meeting of this zone, before anyone sits anywhere."""
    names = sorted({table.zone for table in model.instance.tables if table.zone is not None})
    own = None if zone == NO_ZONE else names[zone]
    return np.array(
        [
            UNNEEDED_ZONE * (table.zone is not None) if own is None else WRONG * (table.zone != own)
            for table in model.instance.tables
        ]
    )


def _neighbours(model: Model, slot_of: list[int]) -> list[list[tuple[int, float]]]:
    """Of each meeting: those before and after it in the day of a member, weighted by how many meetings that one has."""
    found: list[list[tuple[int, float]]] = [[] for _ in slot_of]
    day_of = [
        next(day for day, mask in enumerate(model.day_masks) if mask >> slot & 1) for slot in range(model.slot_count)
    ]
    own = [sorted((slot_of[m], m) for m in meetings if slot_of[m] != NOWHERE) for meetings in model.meetings_of]
    most = max(map(len, own), default=1) or 1
    for held in own:
        weight = len(held) / most
        for (slot, meeting), (next_slot, next_meeting) in pairwise(held):
            if day_of[slot] == day_of[next_slot]:
                found[meeting].append((next_meeting, weight))
                found[next_meeting].append((meeting, weight))
    return found
