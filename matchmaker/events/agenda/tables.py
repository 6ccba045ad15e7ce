"""Tables for meetings that have slots: zones kept, and few changes of table for those who meet most.

Slot after slot, forwards and backwards, the tables are assigned anew so that members stay where they were before and
will be after (within a day). The tables of a zone are left to those who need them as far as others find room. A meeting
that had a table keeps it before anything else.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from matchmaker.events.agenda.board import NOWHERE
from matchmaker.events.agenda.instance import Placed
from matchmaker.events.agenda.model import NO_ZONE, Model

SWEEPS = 2  # forwards and backwards, after the first time forwards
WRONG = 1e6  # a table outside the zone that is needed
UNNEEDED_ZONE = 0.01  # a table in a zone that is not needed, in changes of table
KEPT = 10.0  # the table where a meeting was, in the same
Worth = Mapping[tuple[int, int], float]


def worth_of_keeping(model: Model, placed: Iterable[Placed]) -> dict[tuple[int, int], float]:
    """What their tables are worth to meetings that had one: (meeting, table) by number."""
    number = {meeting.id: place for place, meeting in enumerate(model.instance.meetings)}
    tables = {table.id: place for place, table in enumerate(model.instance.tables)}
    return {(number[one.id], tables[one.table]): KEPT for one in placed if one.id in number and one.table in tables}


def assign_tables(model: Model, slot_of: list[int], *, sweeps: int = SWEEPS, worth: Worth | None = None) -> list[int]:
    """The table of each placed meeting, by number; `NOWHERE` for the others. `worth` is in changes of table."""
    inside: list[list[int]] = [[] for _ in range(model.slot_count)]
    for meeting, slot in enumerate(slot_of):
        if slot != NOWHERE:
            inside[slot].append(meeting)
    neighbours = _neighbours(model, slot_of)
    costs = _costs(model, inside, worth or {})
    table_of = [NOWHERE] * len(slot_of)
    forwards = range(model.slot_count)
    for order in [forwards, *(direction for _ in range(sweeps) for direction in (forwards[::-1], forwards))]:
        for slot in order:
            if inside[slot]:
                _assign(inside[slot], costs[slot], neighbours, table_of)
    return table_of


def _costs(model: Model, inside: list[list[int]], worth: Worth) -> list[np.ndarray]:
    """By slot, what each table costs each meeting there before anyone sits anywhere."""
    base = {zone: _base_costs(model, zone) for zone in {model.zones[meeting] for here in inside for meeting in here}}
    found = [np.array([base[model.zones[meeting]] for meeting in here]) for here in inside]
    place = {meeting: (slot, row) for slot, here in enumerate(inside) for row, meeting in enumerate(here)}
    for (meeting, table), value in worth.items():
        if meeting in place:
            slot, row = place[meeting]
            found[slot][row, table] -= value
    return found


def _assign(here: list[int], base: np.ndarray, neighbours: list[list[tuple[int, float]]], table_of: list[int]) -> None:
    costs = base.copy()
    for row, meeting in enumerate(here):
        for other, weight in neighbours[meeting]:
            if table_of[other] != NOWHERE:
                costs[row, table_of[other]] -= weight
    rows, tables = linear_sum_assignment(costs)
    for row, table in zip(rows.tolist(), tables.tolist(), strict=True):
        table_of[here[row]] = table


def _base_costs(model: Model, zone: int) -> np.ndarray:
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
