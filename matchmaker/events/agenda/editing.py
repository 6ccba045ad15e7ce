"""A schedule changed by hand: what was asked for first, all others where they were, who had to give way elsewhere.

Nothing is searched for, so that each act answers at once and touches few; `reoptimising` makes agendas anew.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaker.errors import ConflictError
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.bound import Bound, find_bound
from matchmaker.events.agenda.greedy import draft
from matchmaker.events.agenda.instance import Diff, Instance, Placed, Schedule
from matchmaker.events.agenda.model import Model, compile_instance
from matchmaker.events.agenda.scheduling import schedule_of
from matchmaker.events.agenda.sides import find_sides
from matchmaker.events.agenda.tables import worth_of_keeping

ASKED_FOR = 100.0  # the table that was named, in changes of table


@dataclass(frozen=True)
class Wanted:
    """A meeting that is to be held: in a slot or in the best one that is free, at a table or at any."""

    meeting: str
    slot: str | None = None
    table: str | None = None


def settle(
    instance: Instance,
    before: Schedule,
    *,
    wanted: Sequence[Wanted] = (),
    out: Collection[str] = (),
    fills: bool = False,
    ceiling: tuple[float, float] | None = None,
) -> Schedule:
    """The schedule after a change, with its diff to `before`; `out` are not held, `fills` uses what is free.

    `ceiling` is a bound with what is attainable, known from before the change; found anew when there is none.
    Raises `agenda_meeting_cannot` where what is wanted breaks a rule whoever gives way.
    """
    model = compile_instance(instance)
    number = {meeting.id: place for place, meeting in enumerate(instance.meetings)}
    homes = _homes(model, number, before)
    board = Board(model)
    for one in sorted(wanted, key=lambda each: each.slot is None):
        _put_wanted(board, number, one, homes)
    gone = {number[name] for name in out if name in number}
    displaced = _restore(board, {meeting: slot for meeting, slot in homes.items() if meeting not in gone})
    for meeting in displaced:
        slot = board.emptiest(meeting) if board.has_room(meeting) else NOWHERE
        if slot != NOWHERE:
            board.put(meeting, slot)
    if fills:
        held_back = [meeting for meeting in gone if model.allowed[meeting]]
        for meeting in held_back:
            model.allowed[meeting] = 0
        draft(board)
    bound = _bound(model, ceiling)
    worth = _worth(model, before, wanted)
    return schedule_of(board, bound, sweeps=0, worth=worth, diff=_diff(board, homes))


def rebased(instance: Instance, placed: Iterable[Placed]) -> Schedule:
    """The schedule of meetings that were placed, as far as the event now lets them stay, with every pinned one."""
    before = Schedule(tuple(placed), (), 0.0, 0.0, 0.0)
    held = {one.id for one in before.placed}
    wanted = [Wanted(one.id, one.slot) for one in instance.meetings if one.pinned and one.id not in held]
    return settle(instance, before, wanted=wanted)


def _homes(model: Model, number: dict[str, int], before: Schedule) -> dict[int, int]:
    slots = {slot: place for place, slot in enumerate(model.slots)}
    return {number[one.id]: slots[one.slot] for one in before.placed if one.id in number and one.slot in slots}


def _put_wanted(board: Board, number: dict[str, int], one: Wanted, homes: dict[int, int]) -> None:
    if one.meeting not in number or (one.slot is not None and one.slot not in board.model.slots):
        raise ConflictError("agenda_meeting_cannot", meeting=one.meeting, slot=one.slot)
    meeting = number[one.meeting]
    home = homes.get(meeting, NOWHERE)
    slot = board.model.slots.index(one.slot) if one.slot is not None else home
    if slot == NOWHERE:
        slot = _freest(board, meeting, homes)
    is_possible = slot != NOWHERE and bool(board.free(meeting) >> slot & 1)
    if not is_possible or not board.has_room(meeting) or not board.fits(meeting, slot):
        raise ConflictError("agenda_meeting_cannot", meeting=one.meeting, slot=one.slot)
    board.put(meeting, slot)


def _freest(board: Board, meeting: int, homes: dict[int, int]) -> int:
    """The slot in which fewest others would have to give way."""
    members = set(board.model.members[meeting])
    taken = [0] * board.model.slot_count
    for other, slot in homes.items():
        taken[slot] += bool(members.intersection(board.model.members[other]))
    mask = board.free(meeting)
    open_slots = [slot for slot in range(board.model.slot_count) if mask >> slot & 1 and board.fits(meeting, slot)]
    return min(open_slots, key=lambda slot: (taken[slot], slot), default=NOWHERE)


def _restore(board: Board, homes: dict[int, int]) -> list[int]:
    """Put meetings where they were, pinned ones and the best first; gives back those that no longer can be there."""
    model, displaced = board.model, []
    for meeting in sorted(homes, key=lambda one: (not model.pinned[one], -model.fit[one])):
        if board.slot_of[meeting] != NOWHERE:
            continue
        slot = homes[meeting]
        if board.free(meeting) >> slot & 1 and board.has_room(meeting) and board.fits(meeting, slot):
            board.put(meeting, slot)
        else:
            displaced.append(meeting)
    return displaced


def _bound(model: Model, ceiling: tuple[float, float] | None) -> Bound:
    if ceiling is None:
        return find_bound(model, find_sides(model))
    value, attainable = ceiling
    return Bound(value, attainable, np.zeros(len(model.members)), 0)


def _worth(model: Model, before: Schedule, wanted: Sequence[Wanted]) -> dict[tuple[int, int], float]:
    """Tables as they were where that is possible, the named ones above all."""
    named = [Placed(one.meeting, "", one.table) for one in wanted if one.table is not None]
    return worth_of_keeping(model, before.placed) | dict.fromkeys(worth_of_keeping(model, named), ASKED_FOR)


def _diff(board: Board, homes: dict[int, int]) -> Diff:
    told, slot_of = board.model.instance.meetings, board.slot_of
    return Diff(
        kept=tuple(told[meeting].id for meeting, slot in homes.items() if slot_of[meeting] == slot),
        moved=tuple(told[meeting].id for meeting, slot in homes.items() if slot_of[meeting] not in {slot, NOWHERE}),
        dropped=tuple(told[meeting].id for meeting in homes if slot_of[meeting] == NOWHERE),
        added=tuple(
            told[meeting].id for meeting, slot in enumerate(slot_of) if slot != NOWHERE and meeting not in homes
        ),
    )
