"""Other ways to an agenda, for `make agenda`: greedy, first come first served, CP-SAT, and OpenReview's solvers."""

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType, SimpleNamespace

import numpy as np
from ortools.sat.python import cp_model

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.greedy import best_first, draft
from matchmaker.events.agenda.hard_rules import hard_rules
from matchmaker.events.agenda.model import Model
from matchmaker.events.agenda.placing import Placer

CP_SAT_SECONDS = 30.0
OPENREVIEW = "OPENREVIEW"
"""Of the environment: the folder of a clone of github.com/openreview/openreview-matcher, which no registry has."""
UNITS = 10_000  # of fit in a program of whole numbers
STAND_IN = 0.0001  # fit of nobody's meeting: OpenReview's solvers fill every seat
Rival = Callable[[Model], Board]


def rivals() -> dict[str, Rival]:
    """By name; those of OpenReview where they are."""
    found: dict[str, Rival] = {"greedy": _greedy, "first come": _first_come, "CP-SAT": _cp_sat}
    folder = os.environ.get(OPENREVIEW)
    if folder:
        _announce(Path(folder))
        found["OpenReview MinMax"] = lambda model: _seated(model, _min_max)
        found["OpenReview FairFlow"] = lambda model: _seated(model, _fair_flow)
    return found


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
    """One program of the whole event."""
    places = [(m, slot) for m, mask in enumerate(model.allowed) for slot in range(model.slot_count) if mask >> slot & 1]
    rules = hard_rules(Board(model), places)
    program = cp_model.CpModel()
    columns = [program.new_bool_var("") for _ in places]
    for row, limit in enumerate(rules.limits):
        inside = rules.rows.indices[rules.rows.indptr[row] : rules.rows.indptr[row + 1]]
        program.add(sum(columns[column] for column in inside) <= int(limit))
    gains: list[cp_model.LinearExprT] = [
        round(UNITS * float(model.fit[m])) * column for (m, _), column in zip(places, columns, strict=True)
    ]
    of = [[column for (m, _), column in zip(places, columns, strict=True) if who in model.members[m]]
          for who in range(len(model.most))]  # fmt: skip
    for who, least in enumerate(model.least):
        missing = program.new_int_var(0, max(0, least), "")
        program.add(missing >= least - sum(of[who]))
        gains.append(-10 * UNITS * missing)
    program.maximize(sum(gains))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = CP_SAT_SECONDS
    board = Board(model)
    if solver.solve(program) in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        for place, column in zip(places, columns, strict=True):
            if solver.value(column):
                board.put(*place)
    return board


def _announce(folder: Path) -> None:
    """Make its solvers importable one by one: its own package wants a commercial one."""
    package = ModuleType("openreview_solvers")
    package.__path__ = [str(folder / "matcher" / "solvers")]
    sys.modules[package.__name__] = package


def _seated(model: Model, choose: Callable[[Model, np.ndarray], np.ndarray]) -> Board:
    """Whom its solver brings together (it knows no slots), seated as our own choice of pairs is."""
    cities = sorted({members[0] for members in model.members})
    firms = sorted({members[1] for members in model.members})
    city_at, firm_at = ({who: place for place, who in enumerate(side)} for side in (cities, firms))
    meeting_of = {
        (firm_at[members[1]], city_at[members[0]]): meeting
        for meeting, members in enumerate(model.members) if model.allowed[meeting]
    }  # fmt: skip
    fit = np.full((len(firms), len(cities)), -1.0)
    for place, meeting in meeting_of.items():
        fit[place] = max(model.fit[meeting], 2 * STAND_IN)
    chosen = choose(model, fit)
    board = Board(model)
    pairs = [meeting for place, meeting in meeting_of.items() if chosen[place] > 0]
    Placer(board, Random(1)).place(pairs)  # noqa: S311 - an order of tries is no secret
    return board


def _question(model: Model, fit: np.ndarray) -> dict[str, object]:
    """In its words: cities are reviewers with least and most papers, the others are papers of so many reviews each.

    As many stand-ins as the most sought paper wants fill what stays free.
    """
    cities = sorted({members[0] for members in model.members})
    firms = sorted({members[1] for members in model.members})
    demands = np.array([model.most[who] for who in firms])
    stand_ins = int(demands.max())
    known = np.hstack([np.maximum(fit, 0), np.full((len(firms), stand_ins), STAND_IN)])
    barred = np.hstack([-(fit < 0).astype(int), np.zeros((len(firms), stand_ins), int)])
    return {
        "minimums": [model.least[who] for who in cities] + [0] * stand_ins,
        "maximums": [model.most[who] for who in cities] + [len(firms)] * stand_ins,
        "demands": demands.tolist(),
        "encoder": SimpleNamespace(
            aggregate_score_matrix=known, cost_matrix=np.rint(-UNITS * known), constraint_matrix=barred
        ),
    }


def _min_max(model: Model, fit: np.ndarray) -> np.ndarray:
    """Two flows: first the least of each, then the best of all."""
    solver = importlib.import_module("openreview_solvers.minmax_solver").MinMaxSolver(**_question(model, fit))
    return np.asarray(solver.solve())[:, : fit.shape[1]]


def _fair_flow(model: Model, fit: np.ndarray) -> np.ndarray:
    """Flows that lift whoever has least (Kobren, Saha and McCallum, KDD 2019)."""
    solver = importlib.import_module("openreview_solvers.fairflow").FairFlow(**_question(model, fit))
    return np.asarray(solver.solve())[:, : fit.shape[1]]
