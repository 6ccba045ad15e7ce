"""Slots for meetings that were chosen: the most constrained first, then chains of ejections.

A meeting without a free slot takes one from at most two others, which look for another in the same way, three deep.
A chain that fails is undone step by step.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from random import Random

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.instance import Stop, never

DEPTH = 3
STEPS = 400  # of one meeting's chains, in all
WIDTH = 8  # slots that are tried at each step
EJECTED = 2  # at most so many meetings for one slot
DRAWS = 12  # of a meeting that gives up its table, where all are taken
GROUP = 3


@dataclass
class Placer:
    """Puts meetings on a board. `fixed` ones never move; moving one from its `home` slot is the last resort."""

    board: Board
    random: Random
    fixed: Collection[int] = ()
    homes: dict[int, int] = field(default_factory=dict)
    depth: int = DEPTH
    steps: int = STEPS
    stop: Stop = never
    _left: int = 0

    def place(self, chosen: Sequence[int]) -> list[int]:
        """Put what is not yet anywhere; gives back what found no slot."""
        board = self.board
        waiting = [meeting for meeting in self._in_order(chosen) if not self._put_at_once(meeting)]
        lost = []
        for meeting in waiting:
            self._left = 0 if self.stop() else self.steps
            if not board.has_room(meeting) or not self._chain(meeting, self.depth, frozenset((meeting,))):
                lost.append(meeting)
        board.journal.clear()
        return lost

    def _put_at_once(self, meeting: int) -> bool:
        board, home = self.board, self.homes.get(meeting, NOWHERE)
        if not board.has_room(meeting):
            return False
        is_home = home != NOWHERE and board.free(meeting) >> home & 1 and board.fits(meeting, home)
        slot = home if is_home else board.emptiest(meeting)
        if slot != NOWHERE:
            board.put(meeting, slot)
        return slot != NOWHERE

    def _in_order(self, chosen: Sequence[int]) -> list[int]:
        board, model = self.board, self.board.model
        waiting = [meeting for meeting in chosen if board.slot_of[meeting] == NOWHERE]
        wanted = [0] * len(model.most)
        for meeting in waiting:
            for member in model.members[meeting]:
                wanted[member] += 1

        def key(meeting: int) -> tuple[bool, bool, int, float]:
            slack = min(model.available[who].bit_count() - wanted[who] for who in model.members[meeting])
            is_pair = len(model.members[meeting]) < GROUP
            room = model.allowed[meeting].bit_count() + 2 * slack
            return not model.pinned[meeting], is_pair, room, self.random.random()

        return sorted(waiting, key=key)

    def _chain(self, meeting: int, depth: int, used: frozenset[int]) -> bool:
        board = self.board
        slot = board.emptiest(meeting)
        if slot != NOWHERE:
            board.put(meeting, slot)
            return True
        if depth == 0:
            return False
        for slot, ejected in self._options(meeting, used):
            if self._left <= 0:
                return False
            self._left -= 1
            mark = len(board.journal)
            for other in ejected:
                board.take(other)
            if board.free(meeting) >> slot & 1 and board.fits(meeting, slot):
                board.put(meeting, slot)
                now_used = used.union((meeting,), ejected)
                if all(self._chain(other, depth - 1, now_used) for other in ejected):
                    return True
            board.undo(mark)
        return False

    def _options(self, meeting: int, used: frozenset[int]) -> list[tuple[int, tuple[int, ...]]]:
        """Slots with who would have to leave them, the easiest first."""
        board, found = self.board, []
        mask = board.model.allowed[meeting]
        while mask:
            slot = (mask & -mask).bit_length() - 1
            mask &= mask - 1
            ejected = {board.at[who][slot] for who in board.model.members[meeting]} - {NOWHERE}
            if not ejected:
                ejected = self._who_gives_a_table(meeting, slot, used)
            if 0 < len(ejected) <= EJECTED and not any(other in used or other in self.fixed for other in ejected):
                at_home = sum(self.homes.get(other) == slot for other in ejected)
                found.append((len(ejected), at_home, self.random.random(), slot, tuple(sorted(ejected))))
        found.sort()
        return [(slot, ejected) for *_, slot, ejected in found[:WIDTH]]

    def _who_gives_a_table(self, meeting: int, slot: int, used: frozenset[int]) -> set[int]:
        board, model = self.board, self.board.model
        zone = model.zones[meeting]
        needs_zone = zone >= 0 and bool(board.full_of_zone[zone] >> slot & 1)
        if not (needs_zone or board.full >> slot & 1) or not board.fits(meeting, slot):
            return set()
        here = list(board.inside[slot])
        for _ in range(min(DRAWS, len(here))):
            other = here[self.random.randrange(len(here))]
            may_leave = other not in used and other not in self.fixed and board.free(other)
            if may_leave and (not needs_zone or model.zones[other] == zone):
                return {other}
        return set()
