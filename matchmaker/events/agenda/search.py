"""Rounds that come near to the bound.

Each chooses which meetings go together regardless of slots (`pairs`), finds slots for them (`placing`), polishes slot
by slot (`polish`), and bans what found no slot before the next one. The best agenda of all rounds is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import numpy as np

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.bound import Bound
from matchmaker.events.agenda.greedy import draft
from matchmaker.events.agenda.instance import Policy, Progress, Schedule, Step, Stop
from matchmaker.events.agenda.model import Model
from matchmaker.events.agenda.pairs import choose_pairs
from matchmaker.events.agenda.placing import Placer
from matchmaker.events.agenda.polish import Polisher
from matchmaker.events.agenda.sides import Sides

TAKEN = 0.49  # of a meeting in the linear program: from there on it is chosen
STAYING = 0.003  # what a meeting is worth more, in the next round, for having found a slot
POLISH_ROUNDS = 3
FAR = 0.01  # of what is attainable: who is as far from the bound after a round gains more by neighbourhoods
HUGE = 50_000  # candidates, of which a neighbourhood sees too few: several rounds come first all the same
HUGE_ROUNDS = 4
IDLE_ROUNDS = 2  # without a better agenda, and the search ends


@dataclass
class Search:
    """What the rounds share, and the best board so far.

    `locked` meetings are always held; `homes` are slots in which a meeting is worth `home_worth` more. `tell` makes a
    verified draft of a board: each better one is told with the progress, for whoever stops in the midst of the next.
    """

    model: Model
    sides: Sides
    bound: Bound
    policy: Policy
    stop: Stop
    best: Board
    tell: Callable[[Board], Schedule]
    locked: frozenset[int] = frozenset()
    homes: dict[int, int] = field(default_factory=dict)
    home_worth: float = 0.0
    random: Random = field(default_factory=Random)
    banned: set[int] = field(default_factory=set)

    def run(self, board: Board, progress: Progress) -> None:
        """Rounds from `board` on until it is as good as proven, nothing is lost, none gets better, or it is far off."""
        self.random.seed(self.policy.seed)
        idle, least = 0, HUGE_ROUNDS if len(self.model.members) > HUGE else 1
        for number in range(self.policy.rounds):
            if self.stop() or self.is_good() or idle == IDLE_ROUNDS:
                return
            before = self.value(self.best)
            lost = self._round(board)
            is_better = self.value(self.best) > before
            draft_of_round = self.tell(self.best) if is_better and not self.stop() else None
            progress(Step("rounds", number + 1, self.policy.rounds, draft_of_round))
            if not lost or (self.gap() > FAR and number + 1 >= least):
                return
            idle = 0 if is_better else idle + 1
            self.banned.update(meeting for meeting in lost if not self.model.pinned[meeting])

    def _round(self, board: Board) -> list[int]:
        chosen = self._chosen(board)
        kept = set(chosen)
        for meeting, slot in enumerate(board.slot_of):
            if slot != NOWHERE and meeting not in kept:
                board.take(meeting)
        lost = Placer(board, self.random, homes=self.homes, stop=self.stop).place(chosen)
        polished = Board(self.model, board.slot_of)
        Polisher(
            polished, self.sides, self.model.fit, exposure=self.policy.exposure, fixed=self.locked, homes=self.homes,
            home_worth=self.home_worth, stop=self.stop,
        ).polish(POLISH_ROUNDS, self.random)  # fmt: skip
        draft(polished)
        if self.value(polished) > self.value(self.best):
            self.best = polished
        return lost

    def _chosen(self, board: Board) -> list[int]:
        """Pinned and locked ones, peers and groups that the linear program takes, and what goes best with them."""
        model = self.model
        taken = self._taken_first()
        worth = model.fit + STAYING * (np.array(board.slot_of) != NOWHERE)
        worth[list(self.homes)] += self.home_worth
        worth[list(self.banned)] = -1.0
        pairs = choose_pairs(
            model, self.sides, taken=taken, room=self.bound.room, worth=worth, exposure=self.policy.exposure
        )
        return taken + [meeting for meeting in pairs if meeting not in self.banned]

    def locked_on_board(self) -> frozenset[int]:
        """Locked meetings that the best board holds."""
        return frozenset(meeting for meeting in self.locked if self.best.slot_of[meeting] != NOWHERE)

    def _taken_first(self) -> list[int]:
        model, share = self.model, self.bound.taken
        must = [m for m, pinned in enumerate(model.pinned) if pinned]
        must += sorted(self.locked_on_board())
        homely = [m for m in self.homes if not self.sides.is_across[m]]
        order = sorted(
            (m for m in np.nonzero(share > TAKEN)[0].tolist() if not self.sides.is_across[m]),
            key=lambda m: (-round(float(share[m]), 6), -float(model.fit[m]), m),
        )
        left, taken = list(model.most), []
        for meeting in dict.fromkeys([*must, *homely, *order]):
            is_open = model.allowed[meeting] and meeting not in self.banned
            if is_open and all(left[who] > 0 for who in model.members[meeting]):
                taken.append(meeting)
                for who in model.members[meeting]:
                    left[who] -= 1
        return taken

    def value(self, board: Board) -> float:
        """The objective, and what published meetings are worth in their slots."""
        at_home = sum(board.slot_of[meeting] == slot for meeting, slot in self.homes.items())
        return board.objective() + self.home_worth * at_home

    def is_good(self) -> bool:
        """Whether the best board is as good as the policy asks for."""
        return not self.homes and self.gap() <= 1 - self.policy.target

    def gap(self) -> float:
        """How far the best board may be from the best possible: 1 less its proven quality."""
        return (self.bound.value - self.best.objective()) / max(1.0, self.bound.attainable)
