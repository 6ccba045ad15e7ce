"""A tighter bound for events of middle size, by a linear program that knows slots.

Its multipliers price every hour of everyone; a meeting is then worth its fit less what its members' time costs in its
best slot. That proves a bound for whatever prices (weak duality), also for meetings that were left out of the program.
"""

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import bmat, identity

from matchmaker.events.agenda.board import Board
from matchmaker.events.agenda.bound import Bound
from matchmaker.events.agenda.hard_rules import HardRules, Key, floor_rows, hard_rules
from matchmaker.events.agenda.instance import MISSING_PRICE
from matchmaker.events.agenda.model import NO_ZONE, Model

COLUMNS = 75_000  # of the program: half a minute of a processor and 300 MB
SIMPLEX_COLUMNS = 8_000  # up to so many the simplex method is faster than the interior point


def count_columns(model: Model) -> int:
    """Meetings times the slots in which they may be."""
    return sum(mask.bit_count() for mask in model.allowed)


def find_timed_bound(model: Model, bound: Bound) -> Bound:
    """The better of `bound` and what prices of time prove."""
    board = Board(model)
    places = [
        (meeting, slot)
        for meeting, mask in enumerate(model.allowed)
        for slot in range(model.slot_count)
        if mask >> slot & 1
    ]
    if not places:
        return bound
    rules = hard_rules(board, places)
    lacking, floors = floor_rows(board, places)
    least = np.array([count for _, count in lacking], float)
    height = len(rules.limits)
    columns = bmat([[rules.rows, None], [-floors, -identity(len(lacking))]]).tocsc() if lacking else rules.rows.tocsc()
    found = linprog(
        np.concatenate([-model.fit[[meeting for meeting, _ in places]], np.full(len(lacking), MISSING_PRICE)]),
        A_ub=columns, b_ub=np.concatenate([rules.limits, -least]), bounds=(0, None),
        method="highs-ds" if len(places) <= SIMPLEX_COLUMNS else "highs-ipm",
    )  # fmt: skip
    if found.x is None or found.status != 0:
        return bound
    prices = np.maximum(0.0, -found.ineqlin.marginals)
    value = _proven(model, rules, prices[:height], {who: prices[height + n] for n, (who, _) in enumerate(lacking)})
    if value >= bound.value:
        return bound
    missing = MISSING_PRICE * float(found.x[len(places) :].sum())
    return Bound(value, value + missing, bound.taken, bound.room)


def _proven(model: Model, rules: HardRules, prices: np.ndarray, floor_prices: dict[int, float]) -> float:
    """Prices times limits, and each meeting's worth above them in its best slot (pinned ones also below)."""
    total, time, tables = _priced(model, rules, prices)
    for who, price in floor_prices.items():
        time[who] -= price
        total += model.least[who] * (max(0.0, price - MISSING_PRICE) - price)
    slots = range(model.slot_count)
    for meeting, mask in enumerate(model.allowed):
        if mask:
            zone = model.zones[meeting]
            cost = time[list(model.members[meeting])].sum(axis=0) + tables[-1 if zone == NO_ZONE else zone]
            worth = float(model.fit[meeting]) - float(min(cost[slot] for slot in slots if mask >> slot & 1))
            total += worth if model.pinned[meeting] else max(0.0, worth)
    return total + 1e-9 * (1.0 + abs(total))


def _priced(model: Model, rules: HardRules, prices: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Prices times limits; what a slot costs of each person; what a table costs by zone (last row: without one).

    Rows that hold a meeting at most once have no part: it is counted in its best slot.
    """
    slots = model.slot_count
    time = np.zeros((len(model.most), slots))
    tables = np.zeros((len(model.tables_by_zone) + 1, slots))
    total = 0.0
    for key, row in rules.keys.items():
        price, where = float(prices[row]), [int(part) for part in key[1:]]
        if key[0] == "once" or not price:
            continue
        total += price * float(rules.limits[row])
        if key[0] == "tables":
            tables[:, where[0]] += price
        elif key[0] == "zone":
            tables[where[0], where[1]] += price
        else:
            time[where[0], _slots_of(key, where, slots)] += price
    return total, time, tables


def _slots_of(key: Key, where: list[int], slots: int) -> list[int]:
    """The slots of a person that a row is about."""
    if key[0] == "cap":
        return list(range(slots))
    return [where[1]] if key[0] == "busy" else [slot for slot in range(slots) if where[1] >> slot & 1]
