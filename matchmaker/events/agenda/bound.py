"""An upper bound of every agenda's objective, proven by the multipliers of a linear program.

The program takes each meeting or not (in parts), within the participants' caps, with missing guaranteed meetings at
their price, under the limits of `cuts`; slots are not part of it. It is solved over the columns that matter and grown
(sifting). Whatever the multipliers, they prove a bound (weak duality), so rounding within the solver cannot break it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, csr_matrix, hstack, vstack

from matchmaker.events.agenda.cuts import cuts
from matchmaker.events.agenda.instance import MISSING_PRICE
from matchmaker.events.agenda.model import Model
from matchmaker.events.agenda.sides import Sides

SPARE_COLUMNS = 8  # of each participant, above its cap, in the first program
ROUNDS = 12
LOOSE = 1e-6  # of the bound: what is left to be gained by more columns


@dataclass(frozen=True)
class Bound:
    """The proven bound, the same without penalties, how much of each meeting the program takes, room for meetings."""

    value: float
    attainable: float
    taken: np.ndarray
    room: int


@dataclass(frozen=True)
class _Program:
    columns: csc_matrix  # rows × meetings: caps, floors, cuts
    limits: np.ndarray
    floors: np.ndarray  # participants with a floor
    first_floor: int
    room: int  # for meetings in all


def quick_bound(model: Model) -> Bound:
    """A bound that needs no solver: everyone gets the best meetings of their own, each counted by halves."""
    shares = [0.0] * len(model.most)
    missing = 0
    for who, own in enumerate(model.meetings_of):
        open_ones = [meeting for meeting in own if model.allowed[meeting]]
        worth = sorted((model.fit[meeting] / len(model.members[meeting]) for meeting in open_ones), reverse=True)
        shares[who] = float(sum(worth[: model.most[who]]))
        missing += max(0, model.least[who] - min(model.most[who], len(open_ones)))
    attainable = sum(shares) * (1 + 1e-12)
    return Bound(attainable - MISSING_PRICE * missing, attainable, np.zeros(len(model.members)), _tables(model))


def find_bound(model: Model, sides: Sides) -> Bound:
    """The bound by sifting; `quick_bound` where the program finds no multipliers."""
    best = quick_bound(model)
    chosen = _first_columns(model, sides)
    if not chosen.any():
        return best
    program = _program(model, sides)
    for _ in range(ROUNDS):
        found = _solve(model, program, np.nonzero(chosen)[0])
        if found is None:
            return best
        multipliers, taken, missing = found
        worth = model.fit - program.columns.T @ multipliers
        value = _proven(model, program, multipliers, worth)
        if value <= best.value:
            best = Bound(value, value + MISSING_PRICE * missing, taken, program.room)
        outside = ~chosen & (worth > 0) & (np.array(model.allowed) != 0)
        if worth[outside].sum() <= LOOSE * max(1.0, abs(value)):
            break
        chosen |= outside
    return best


def _proven(model: Model, program: _Program, multipliers: np.ndarray, worth: np.ndarray) -> float:
    """Multipliers times limits, and for every meeting what it is worth above its price (below it, if it is pinned)."""
    is_open = np.array([bool(mask) for mask in model.allowed])
    gains = np.where(np.array(model.pinned, bool), worth, np.maximum(worth, 0.0))[is_open].sum()
    floor_prices = multipliers[program.first_floor : program.first_floor + len(program.floors)]
    least = np.array(model.least, float)[program.floors]
    missing = (least * np.maximum(0.0, floor_prices - MISSING_PRICE)).sum()
    value = float(multipliers @ program.limits + gains + missing)
    return value + 1e-12 * (abs(value) + float(np.abs(program.limits) @ multipliers))


def _program(model: Model, sides: Sides) -> _Program:
    meetings, people = len(model.members), len(model.most)
    rows = np.fromiter((who for members in model.members for who in members), int)
    columns = np.repeat(np.arange(meetings), [len(members) for members in model.members])
    degrees = csr_matrix((np.ones(len(rows)), (rows, columns)), (people, meetings))
    floors = np.array([who for who, least in enumerate(model.least) if least > 0], int)
    limits = cuts(model, sides)
    cut_rows = [csr_matrix(inside.astype(float)) for inside, _ in limits]
    return _Program(
        vstack([degrees, -degrees[floors], *cut_rows]).tocsc(),
        np.concatenate([model.most, -np.array(model.least, float)[floors], [most for _, most in limits]]),
        floors,
        people,
        min([_tables(model), *(most for inside, most in limits if inside.sum() == sum(map(bool, model.allowed)))]),
    )


def _tables(model: Model) -> int:
    return model.table_count * model.slot_count


def _first_columns(model: Model, sides: Sides) -> np.ndarray:
    chosen = ~sides.is_across | np.array(model.pinned, bool)
    for who, own in enumerate(model.meetings_of):
        best = sorted(own, key=lambda meeting: -model.fit[meeting])[: model.most[who] + SPARE_COLUMNS]
        chosen[best] = True
    return np.asarray(chosen & (np.array(model.allowed) != 0))


def _solve(model: Model, program: _Program, chosen: np.ndarray) -> tuple[np.ndarray, np.ndarray, float] | None:
    """Multipliers of all rows, what is taken of all meetings, how many guaranteed meetings are missing."""
    count = len(program.floors)
    is_floor = np.arange(program.first_floor, program.first_floor + count)
    relief = csc_matrix((-np.ones(count), (is_floor, np.arange(count))), (len(program.limits), count))
    pinned = np.array(model.pinned, bool)[chosen]
    least = np.array(model.least, float)[program.floors]
    found = linprog(
        np.concatenate([-model.fit[chosen], np.full(count, MISSING_PRICE)]),
        A_ub=hstack([program.columns[:, chosen], relief]).tocsc(), b_ub=program.limits,
        bounds=np.column_stack(
            [np.concatenate([pinned.astype(float), np.zeros(count)]), np.concatenate([np.ones(len(chosen)), least])]
        ),
        method="highs",
    )  # fmt: skip
    if found.x is None or found.status != 0:
        return None
    taken = np.zeros(len(model.members))
    taken[chosen] = found.x[: len(chosen)]
    return np.maximum(0.0, -found.ineqlin.marginals), taken, float(found.x[len(chosen) :].sum())
