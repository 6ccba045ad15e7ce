"""An agenda from nothing: a draft at once, a proven bound, then rounds that come near to it.

Each round chooses which meetings go together regardless of slots (`pairs`), finds slots for them (`placing`), polishes
slot by slot (`polish`), and bans what found no slot before the next one. The best agenda of all rounds is kept.
"""

from dataclasses import dataclass, field
from random import Random

import numpy as np

from matchmaker.events.agenda.aside import run_aside, until
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.bound import Bound, find_bound, quick_bound
from matchmaker.events.agenda.greedy import draft
from matchmaker.events.agenda.instance import Instance, Policy, Progress, Schedule, Step, Stop, never, silent
from matchmaker.events.agenda.model import Model, compile_instance
from matchmaker.events.agenda.pairs import choose_pairs
from matchmaker.events.agenda.pins import place_pinned
from matchmaker.events.agenda.placing import Placer
from matchmaker.events.agenda.polish import Polisher
from matchmaker.events.agenda.scheduling import schedule_of
from matchmaker.events.agenda.sides import Sides, find_sides

TAKEN = 0.49  # of a meeting in the linear program: from there on it is chosen
STAYING = 0.003  # what a meeting is worth more, in the next round, for having found a slot
POLISH_ROUNDS = 3
TABLE_SWEEPS = 2


@dataclass
class Search:
    """What the rounds share, and the best board so far."""

    model: Model
    sides: Sides
    bound: Bound
    policy: Policy
    stop: Stop
    best: Board
    random: Random
    banned: set[int] = field(default_factory=set)

    def run(self, progress: Progress) -> None:
        """Rounds until the agenda is as good as proven, nothing is lost, time is over, or the last one."""
        board = Board(self.model)
        place_pinned(board, {})
        for number in range(self.policy.rounds):
            if self.stop():
                return
            lost = self._round(board)
            progress(Step("rounds", number + 1, self.policy.rounds))
            if not lost or self._is_good():
                return
            self.banned.update(meeting for meeting in lost if not self.model.pinned[meeting])

    def _round(self, board: Board) -> list[int]:
        chosen = self._chosen(board)
        kept = set(chosen)
        for meeting, slot in enumerate(board.slot_of):
            if slot != NOWHERE and meeting not in kept and not self.model.pinned[meeting]:
                board.take(meeting)
        lost = Placer(board, self.random).place(chosen)
        polished = Board(self.model, board.slot_of)
        Polisher(polished, self.sides, self.model.fit, exposure=self.policy.exposure, stop=self.stop).polish(
            POLISH_ROUNDS, self.random
        )
        draft(polished)
        if polished.objective() > self.best.objective():
            self.best = polished
        return lost

    def _chosen(self, board: Board) -> list[int]:
        """Pinned ones, peers and groups that the linear program takes, then what goes best with them."""
        model, left = self.model, list(self.model.most)
        taken = []
        order = sorted(
            (m for m, share in enumerate(self.bound.taken) if share > TAKEN and not self.sides.is_across[m]),
            key=lambda m: (-round(self.bound.taken[m], 6), -model.fit[m], m),
        )
        for meeting in [*(m for m, pinned in enumerate(model.pinned) if pinned), *order]:
            fits = meeting not in self.banned and all(left[who] for who in model.members[meeting])
            if fits and meeting not in taken:
                taken.append(meeting)
                for who in model.members[meeting]:
                    left[who] -= 1
        worth = model.fit + STAYING * (np.array(board.slot_of) != NOWHERE)
        worth[list(self.banned)] = -1.0
        pairs = choose_pairs(
            model, self.sides, taken=taken, room=model.table_count * model.slot_count, worth=worth,
            exposure=self.policy.exposure,
        )  # fmt: skip
        return taken + [meeting for meeting in pairs if meeting not in self.banned]

    def _is_good(self) -> bool:
        gap = self.bound.value - self.best.objective()
        return gap <= (1 - self.policy.target) * max(1.0, self.bound.attainable)


def solve(
    instance: Instance, policy: Policy | None = None, stop: Stop = never, progress: Progress = silent
) -> Schedule:
    """The best agenda found, with its proven bound. Raises `InfeasibleError` when not all pinned meetings can be held.

    `stop` is asked often: once it says yes, the best agenda so far comes back within a second.
    """
    policy = policy or Policy()
    stop = until(stop, policy.seconds)
    model = compile_instance(instance)
    board = Board(model)
    place_pinned(board, {})
    draft(board)
    bound = quick_bound(model)
    progress(Step("draft", 1, 1, schedule_of(board, bound, sweeps=0)))
    sides = find_sides(model)
    progress(Step("bound", 0, 1))
    bound = run_aside(lambda: find_bound(model, sides), stop) or bound
    progress(Step("bound", 1, 1))
    search = Search(model, sides, bound, policy, stop, board, Random(policy.seed))
    search.run(progress)
    return schedule_of(search.best, bound, sweeps=TABLE_SWEEPS)
