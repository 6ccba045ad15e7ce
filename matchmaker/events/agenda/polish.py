"""One slot after the other solved anew, exactly: what is across, within what everyone has left, as a flow.

What is not across stays. The objective never falls.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import numpy as np

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.instance import MISSING_PRICE, Stop, never
from matchmaker.events.agenda.model import NO_ZONE
from matchmaker.events.agenda.pairs import SCALE, Arcs, exposure_worth, zone_nodes
from matchmaker.events.agenda.sides import Sides

ENOUGH = 1e-6  # of objective, gained by a round: less ends it


@dataclass(frozen=True)
class Polisher:
    """`fixed` meetings stay; `homes` are slots in which a meeting is worth `home_worth` more."""

    board: Board
    sides: Sides
    worth: np.ndarray
    exposure: float = 0.0
    fixed: frozenset[int] = frozenset()
    homes: Mapping[int, int] = field(default_factory=dict)
    home_worth: float = 0.0
    stop: Stop = never

    def polish(self, rounds: int, random: Random) -> None:
        """Go through all slots in random order until nothing is gained."""
        board = self.board
        before = board.objective()
        for _ in range(rounds):
            slots = list(range(board.model.slot_count))
            random.shuffle(slots)
            for slot in slots:
                if self.stop():
                    return
                self.solve_slot(slot)
            now = board.objective()
            if now <= before + ENOUGH:
                return
            before = now

    def solve_slot(self, slot: int) -> None:
        """Choose anew what is held in a slot."""
        board, model = self.board, self.board.model
        movable = [
            meeting
            for meeting in board.inside[slot]
            if self.sides.is_across[meeting] and not model.pinned[meeting] and meeting not in self.fixed
        ]
        for meeting in movable:
            board.take(meeting)
        chosen = self._chosen(slot)
        for meeting in movable if chosen is None else chosen:
            board.put(meeting, slot)
        board.journal.clear()

    def _chosen(self, slot: int) -> list[int] | None:
        board, model, sides = self.board, self.board.model, self.sides
        room = model.table_count - len(board.inside[slot])
        is_free = np.array([self._may_sit(who, slot) for who in range(len(model.most))])
        unplaced = np.array(board.slot_of)[sides.across] == NOWHERE
        usable = is_free[sides.one] & is_free[sides.other] & unplaced
        meetings, one, other = sides.across[usable], sides.one[usable], sides.other[usable]
        if not len(meetings) or room <= 0:
            return None
        fixed_slot = np.array([model.allowed[meeting] >> slot & 1 for meeting in meetings], bool)
        meetings, one, other = meetings[fixed_slot], one[fixed_slot], other[fixed_slot]
        worth = self.worth[meetings].copy()
        if self.homes:
            worth += [self.home_worth * (self.homes.get(meeting) == slot) for meeting in meetings.tolist()]
        people = len(model.most)
        source, sink, first_zone = people, people + 1, people + 2
        gates = zone_nodes(model, first_zone)
        one_set, other_set = np.unique(one), np.unique(other)
        arcs = Arcs([])
        arcs.add(one, other, 1, -np.round(worth * SCALE))
        arcs.add(gates[one_set], one_set, 1, self._costs(one_set))
        arcs.add(other_set, sink, 1, self._costs(other_set))
        for gate in np.unique(gates[one]):
            zone = gate - first_zone - 1
            left = room if zone == NO_ZONE else min(room, model.tables_by_zone[zone] - board.in_zone[zone][slot])
            arcs.add(source, gate, max(0, left), 0)
        arcs.add(source, sink, room, 0)
        flows = arcs.solved(source, sink, room)
        return None if flows is None else meetings[flows > 0].tolist()

    def _may_sit(self, who: int, slot: int) -> bool:
        board, model = self.board, self.board.model
        is_there = model.available[who] >> slot & 1 and not board.busy[who] >> slot & 1
        return bool(is_there) and board.count[who] < model.most[who] and board.keeps_breaks(who, slot)

    def _costs(self, people: np.ndarray) -> np.ndarray:
        board, model = self.board, self.board.model
        worth = [
            MISSING_PRICE * (board.count[who] < model.least[who]) + exposure_worth(board.count[who], self.exposure)
            for who in people.tolist()
        ]
        return -np.round(np.array(worth) * SCALE).astype(np.int64)
