"""A few slots emptied and filled again as well as can be, all kinds of meetings together: an integer program.

With all slots of a small event this is the best agenda there is, and the program proves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, hstack, identity

from matchmaker.events.agenda.aside import run_aside
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.hard_rules import floor_rows, hard_rules
from matchmaker.events.agenda.instance import MISSING_PRICE, Stop, never

COLUMNS = 5_000  # of a program; meetings of little fit are left out above
NODES = 60  # of its search tree: a limit that does not depend on the machine
GAP = 1e-4
PROVEN_NODES = 20_000  # where the whole event is one program
SLACK = 1e-6  # the solver's own tolerances
HALF = 0.5


@dataclass
class Neighbourhood:
    """Improves a board. `locked` meetings stay where they are; `homes` are worth `home_worth` more."""

    board: Board
    locked: frozenset[int] = frozenset()
    homes: Mapping[int, int] = field(default_factory=dict)
    home_worth: float = 0.0
    stop: Stop = never

    def improve(self, slots: list[int], *, whole: bool = False) -> tuple[bool, float | None]:
        """Fill `slots` anew: whether that was better, and a bound of the objective if they are all there are."""
        board = self.board
        mark, before = len(board.journal), self._value()
        for slot in slots:
            for meeting in [one for one in board.inside[slot] if one not in self.locked]:
                board.take(meeting)
        freed = [meeting for meeting, _ in board.journal[mark:]]
        places = self._places(slots, set(freed))
        solved = self._solve(places, nodes=PROVEN_NODES if whole else NODES) if places else None
        if solved is not None and solved[0] is not None:
            for place, value in zip(places, solved[0], strict=False):
                if value > HALF:
                    board.put(*place)
        is_better = self._value() > before + SLACK and self._keeps_pins()
        if not is_better:
            board.undo(mark)
        board.journal.clear()
        return is_better, None if solved is None else solved[1]

    def _places(self, slots: list[int], freed: set[int]) -> list[tuple[int, int]]:
        board, model = self.board, self.board.model
        found = []
        for meeting, slot_of in enumerate(board.slot_of):
            if slot_of == NOWHERE and model.allowed[meeting] and board.has_room(meeting):
                mask = board.free(meeting)
                found += [(meeting, slot) for slot in slots if mask >> slot & 1 and board.fits(meeting, slot)]
        if len(found) > COLUMNS:
            worth = sorted((float(model.fit[meeting]) for meeting, _ in found), reverse=True)[COLUMNS]
            found = [place for place in found if model.fit[place[0]] > worth or place[0] in freed]
        return found

    def _solve(self, places: list[tuple[int, int]], *, nodes: int) -> tuple[np.ndarray | None, float | None] | None:
        board, model = self.board, self.board.model
        rules = hard_rules(board, places)
        lacking, floors = floor_rows(board, places)
        most = np.concatenate([np.ones(len(places)), [count for _, count in lacking]])
        worth = [
            float(model.fit[meeting]) + self.home_worth * (self.homes.get(meeting) == slot) for meeting, slot in places
        ]
        costs = np.concatenate([np.negative(worth), np.full(len(lacking), MISSING_PRICE)])
        whole_numbers = np.concatenate([np.ones(len(places)), np.zeros(len(lacking))])
        once = np.array([key[0] == "once" and model.pinned[int(key[1])] for key in rules.keys])
        parts = [
            LinearConstraint(hstack([rules.rows, csr_matrix((len(rules.limits), len(lacking)))]).tocsr(),
                             np.where(once, 1.0, -np.inf), rules.limits)
        ]  # fmt: skip
        if lacking:
            parts.append(
                LinearConstraint(
                    hstack([floors, identity(len(lacking))]).tocsr(), [count for _, count in lacking], np.inf
                )
            )
        found = run_aside(
            lambda: milp(
                costs, constraints=parts, bounds=Bounds(0, most), integrality=whole_numbers,
                options={"node_limit": nodes, "mip_rel_gap": GAP},
            ),
            self.stop,
        )  # fmt: skip
        if found is None:
            return None
        return found.x, None if found.mip_dual_bound is None else -float(found.mip_dual_bound)

    def _value(self) -> float:
        at_home = sum(self.board.slot_of[meeting] == slot for meeting, slot in self.homes.items())
        return self.board.objective() + self.home_worth * at_home

    def _keeps_pins(self) -> bool:
        return all(
            slot != NOWHERE or not pinned
            for slot, pinned in zip(self.board.slot_of, self.board.model.pinned, strict=True)
        )


def next_slots(board: Board, count: int, random: Random) -> list[int]:
    """Slots for a neighbourhood: by chance, rather those with tables left."""
    left = [board.model.table_count - len(here) for here in board.inside]
    keys = {slot: random.random() ** (1 / (1 + free)) for slot, free in enumerate(left)}
    return sorted(sorted(keys, key=lambda slot: -keys[slot])[:count])
