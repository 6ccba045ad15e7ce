"""Which meetings across the two sides are held, slots aside: an integral flow of least cost.

Guarantees are arcs with a bonus, exposure is a row of arcs whose worth falls as a logarithm; both are convex, so the
flow finds the best choice. What is not across (peers, groups) is chosen before and takes its capacity first.
"""

from dataclasses import dataclass
from math import log

import numpy as np
from ortools.graph.python import min_cost_flow

from matchmaker.events.agenda.instance import MISSING_PRICE
from matchmaker.events.agenda.model import NO_ZONE, Model
from matchmaker.events.agenda.sides import Sides

SCALE = 1_000_000  # of fit, as integer cost


@dataclass(frozen=True)
class Arcs:
    """Arcs of a flow, in parts."""

    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]]

    def add(self, tails: object, heads: object, capacities: object, costs: object) -> None:
        """Add some, with numbers broadcast."""
        self.parts.append(tuple(np.atleast_1d(one) for one in np.broadcast_arrays(tails, heads, capacities, costs)))  # type: ignore[arg-type]

    def solved(self, source: int, sink: int, amount: int) -> np.ndarray | None:
        """Flows of the first part when `amount` goes from `source` to `sink`; nothing where it cannot."""
        flow = min_cost_flow.SimpleMinCostFlow()
        first, *_ = [
            flow.add_arcs_with_capacity_and_unit_cost(*(np.ascontiguousarray(one, np.int64) for one in part))
            for part in self.parts
        ]
        flow.set_nodes_supplies(np.array([source, sink]), np.array([amount, -amount]))
        return np.asarray(flow.flows(first)) if flow.solve() == flow.OPTIMAL else None


def zone_nodes(model: Model, first: int) -> np.ndarray:
    """The node through which the supply of each participant on the first side comes: one per zone."""
    return np.array([first + 1 + need if need != NO_ZONE else first for need in model.needs])


def exposure_worth(count: int, exposure: float) -> float:
    """What one more meeting is worth to someone who has `count`."""
    return exposure * (log(2 + count) - log(1 + count))


def choose_pairs(
    model: Model, sides: Sides, *, taken: list[int], room: int, worth: np.ndarray, exposure: float
) -> list[int]:
    """Meetings across that go best with those in `taken`; at most `room` meetings in all."""
    used = np.zeros(len(model.most), int)
    for meeting in taken:
        used[list(model.members[meeting])] += 1
    left = np.maximum(np.array(model.most) - used, 0)
    is_taken = np.zeros(len(model.members), bool)
    is_taken[taken] = True
    usable = ~is_taken[sides.across] & (left[sides.one] > 0) & (left[sides.other] > 0)
    meetings, one, other = sides.across[usable], sides.one[usable], sides.other[usable]
    if not len(meetings) or room <= len(taken):
        return []
    people = len(model.most)
    source, sink, first_zone = people, people + 1, people + 2
    amount = min(room - len(taken), int(left[np.unique(one)].sum()))
    arcs = Arcs([])
    arcs.add(one, other, 1, -np.round(worth[meetings] * SCALE))
    gates = zone_nodes(model, first_zone)
    for who in np.unique(one):
        arcs.add(*_own(int(gates[who]), int(who), _costs(model, int(who), used, int(left[who]), exposure)))
    for who in np.unique(other):
        arcs.add(*_own(int(who), sink, _costs(model, int(who), used, int(left[who]), exposure)))
    for gate in np.unique(gates[one]):
        arcs.add(source, gate, amount if gate == first_zone else _zone_room(model, gate - first_zone - 1, taken), 0)
    arcs.add(source, sink, amount, 0)
    flows = arcs.solved(source, sink, amount)
    return [] if flows is None else meetings[flows > 0].tolist()


def _zone_room(model: Model, zone: int, taken: list[int]) -> int:
    used = sum(model.zones[meeting] == zone for meeting in taken)
    return max(0, model.tables_by_zone[zone] * model.slot_count - used)


def _own(tail: int, head: int, costs: np.ndarray) -> tuple[object, object, object, object]:
    """Arcs of one participant; units of the same cost share one."""
    values, counts = np.unique(costs, return_counts=True)
    return np.full(len(values), tail), np.full(len(values), head), counts, values


def _costs(model: Model, who: int, used: np.ndarray, left: int, exposure: float) -> np.ndarray:
    """Of each further meeting of someone: a guarantee kept, then exposure."""
    start = int(used[who])
    bonus = [
        MISSING_PRICE * (start + more < model.least[who]) + exposure_worth(start + more, exposure)
        for more in range(left)
    ]
    return -np.round(np.array(bonus) * SCALE).astype(np.int64)
