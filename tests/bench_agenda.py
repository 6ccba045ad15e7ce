"""`make agenda`: our agenda beside greedy, first come first served and CP-SAT, on the part that joins two sides.

Fit and time are ratios to ours. CP-SAT gets one model of the whole event, and as many seconds as it is given here.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from random import Random

from ortools.sat.python import cp_model

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.greedy import best_first, draft
from matchmaker.events.agenda.instance import Instance, Schedule
from matchmaker.events.agenda.model import Model, compile_instance
from matchmaker.events.agenda.solving import solve
from tests.agenda_instances import SIZES, event

SECONDS = 30.0  # of CP-SAT


def main() -> None:
    """A table on standard output; sizes as arguments, else S and M."""
    print("size method             fit/ours  short  gini  time/ours")  # noqa: T201
    for size in sys.argv[1:] or ["S", "M"]:
        instance = _two_sides(event(size, peers=False), SIZES[size].cities)
        model = compile_instance(instance)
        methods: dict[str, Callable[[], Board]] = {
            "ours": lambda instance=instance, model=model: _ours(instance, model),  # type: ignore[misc]
            "greedy": lambda model=model: _greedy(model),  # type: ignore[misc]
            "first come": lambda model=model: _first_come(model),  # type: ignore[misc]
            "CP-SAT": lambda model=model: _cp_sat(model),  # type: ignore[misc]
        }
        told: dict[str, tuple[float, int, float, float]] = {}
        for name, make in methods.items():
            start = time.process_time()
            board = make()
            told[name] = (*_figures(board, SIZES[size].cities), time.process_time() - start)
        for name, (fit, short, gini, seconds) in told.items():
            ours = told["ours"]
            print(f"{size:4} {name:18} {fit / ours[0]:8.4f} {short:6} {gini:5.3f} {seconds / ours[3]:10.2f}")  # noqa: T201
    print("\nwhole event       quality  short  seconds  first draft  table kept (naive)")  # noqa: T201
    for size in sys.argv[1:] or ["S", "M"]:
        for tight in (False, True):
            _whole(size, tight=tight)


def _whole(size: str, *, tight: bool) -> None:
    """The event with peers, groups and zones: quality against its bound, CPU, how often people keep their table."""
    instance, first = event(size, tight=tight), list[float]()
    start = time.process_time()
    made = solve(instance, progress=lambda _step: first.append(time.process_time() - start))
    seconds = time.process_time() - start
    short = sum(shortfall.missing for shortfall in made.shortfalls)
    tables = {placed.id: placed.table for placed in made.placed}
    kept, naive = _kept(instance, made, tables), _kept(instance, made, _first_free(instance, made))
    name = f"{size} {'tight' if tight else ''}"
    print(f"{name:16} {made.quality:8.5f} {short:6} {seconds:8.1f} {first[0]:12.2f} {kept:11.2f} ({naive:.2f})")  # noqa: T201


def _kept(instance: Instance, made: Schedule, table_of: dict[str, str]) -> float:
    """The share of meetings to which someone goes at the table of the one before, on the same day."""
    members = {meeting.id: meeting.members for meeting in instance.meetings}
    day_of = {slot: day for day, slots in enumerate(instance.days) for slot in slots}
    order = {slot: place for place, slot in enumerate(day_of)}
    own: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for placed in made.placed:
        for member in members[placed.id]:
            own[member].append((order[placed.slot], day_of[placed.slot], table_of[placed.id]))
    steps = [one[2] == other[2] for held in own.values() for one, other in pairwise(sorted(held)) if one[1] == other[1]]
    return sum(steps) / max(1, len(steps))


def _first_free(instance: Instance, made: Schedule) -> dict[str, str]:
    """Tables as they come."""
    taken: Counter[str] = Counter()
    found = {}
    for placed in made.placed:
        found[placed.id] = instance.tables[taken[placed.slot]].id
        taken[placed.slot] += 1
    return found


def _two_sides(instance: Instance, cities: int) -> Instance:
    first = {who.id for who in instance.participants[:cities]}
    return replace(
        instance, meetings=tuple(one for one in instance.meetings if len(first.intersection(one.members)) == 1)
    )


def _ours(instance: Instance, model: Model) -> Board:
    slots = {slot: place for place, slot in enumerate(model.slots)}
    held = {placed.id: slots[placed.slot] for placed in solve(instance).placed}
    return Board(model, [held.get(meeting.id, NOWHERE) for meeting in instance.meetings])


def _greedy(model: Model) -> Board:
    board = Board(model)
    draft(board)
    return board


def _first_come(model: Model) -> Board:
    """Whoever comes first takes the first slot free: what booking by oneself amounts to."""
    board, order = Board(model), list(best_first(Board(model)))
    Random(1).shuffle(order)  # noqa: S311 - an order of arrival is no secret
    for meeting in order:
        slot = board.earliest(meeting) if model.allowed[meeting] and board.has_room(meeting) else NOWHERE
        if slot != NOWHERE:
            board.put(meeting, slot)
    return board


def _cp_sat(model: Model) -> Board:
    from matchmaker.events.agenda.hard_rules import hard_rules

    places = [(m, slot) for m, mask in enumerate(model.allowed) for slot in range(model.slot_count) if mask >> slot & 1]
    rules = hard_rules(Board(model), places)
    program = cp_model.CpModel()
    columns = [program.new_bool_var("") for _ in places]
    for row, limit in enumerate(rules.limits):
        inside = rules.rows.indices[rules.rows.indptr[row] : rules.rows.indptr[row + 1]]
        program.add(sum(columns[column] for column in inside) <= int(limit))
    gains: list[cp_model.LinearExprT] = [
        round(10_000 * float(model.fit[m])) * column for (m, _), column in zip(places, columns, strict=True)
    ]
    of = [[column for (m, _), column in zip(places, columns, strict=True) if who in model.members[m]]
          for who in range(len(model.most))]  # fmt: skip
    for who, least in enumerate(model.least):
        missing = program.new_int_var(0, max(0, least), "")
        program.add(missing >= least - sum(of[who]))
        gains.append(-100_000 * missing)
    program.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SECONDS
    board = Board(model)
    if solver.solve(program) in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        for place, column in zip(places, columns, strict=True):
            if solver.value(column):
                board.put(*place)
    return board


def _figures(board: Board, cities: int) -> tuple[float, int, float]:
    fit = sum(board.model.fit[m] for m, slot in enumerate(board.slot_of) if slot != NOWHERE)
    return float(fit), board.missing(), _gini(board.count[cities:])


def _gini(counts: list[int]) -> float:
    ranked = sorted(counts)
    total = sum(counts)
    weighted = sum((2 * place - len(ranked) - 1) * count for place, count in enumerate(ranked, start=1))
    return weighted / (len(ranked) * total) if total else 0.0


if __name__ == "__main__":
    main()
