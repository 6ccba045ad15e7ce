"""How many meetings there is room for at all: valid limits that single participants do not see."""

import numpy as np
from ortools.graph.python import max_flow

from matchmaker.events.agenda.model import Model, attainable
from matchmaker.events.agenda.sides import Sides


def cuts(model: Model, sides: Sides) -> list[tuple[np.ndarray, int]]:
    """Sets of meetings with the most of them that can be held.

    Every meeting has a member in a cover; so no more can be held than the time of the cover and the tables allow.
    Likewise for the meetings of each zone, whose cover are those who need it.
    """
    every = np.array([bool(mask) for mask in model.allowed])
    found = [
        (every, room(model, sorted(cover), model.table_count))
        for cover in (_cover(model, sides.first), _cover(model, ~sides.first))
    ]
    zones = np.array(model.zones)
    for zone, tables in enumerate(model.tables_by_zone):
        inside = every & (zones == zone)
        if inside.any():
            found.append((inside, room(model, [p for p, need in enumerate(model.needs) if need == zone], tables)))
    return found


def room(model: Model, people: list[int], tables: int) -> int:
    """The most slots that `people` can be busy in, with so many tables a slot: a maximum flow, day by day."""
    days, slots = len(model.day_masks), model.slot_count
    source, first_slot = 0, 1
    first_person = first_slot + slots
    first_day = first_person + len(people)
    sink = first_day + len(people) * days
    tails, heads, capacities = [], [], []
    for number, who in enumerate(people):
        arcs = [(source, first_person + number, model.most[who])]
        for day, mask in enumerate(model.day_masks):
            seats = model.available[who] & mask
            node = first_day + number * days + day
            blocks = [block for block in model.blocks[who] if block & mask == block]
            arcs.append((first_person + number, node, attainable(seats, blocks)))
            arcs += [(node, first_slot + slot, 1) for slot in range(slots) if seats >> slot & 1]
        for tail, head, capacity in arcs:
            tails.append(tail)
            heads.append(head)
            capacities.append(capacity)
    tails += range(first_slot, first_slot + slots)
    heads += [sink] * slots
    capacities += [tables] * slots
    flow = max_flow.SimpleMaxFlow()
    flow.add_arcs_with_capacity(np.array(tails), np.array(heads), np.array(capacities))
    if flow.solve(source, sink) != flow.OPTIMAL:
        return tables * slots
    return int(flow.optimal_flow())


def _cover(model: Model, start: np.ndarray) -> set[int]:
    cover = set(np.nonzero(start)[0].tolist())
    for meeting, members in enumerate(model.members):
        if model.allowed[meeting] and not cover.intersection(members):
            cover.add(members[0])
    return cover
