"""A published agenda after cancellations, arrivals and new wishes: as good as before, with little moved.

frozen   what was published stays in its slot, holes are filled
locked   what was published is held, in its slot unless a chain of ejections moves it to let others in
bonus    what was published is worth more in its slot than elsewhere

In each, a published meeting keeps its table where it can: nobody is written to for the sake of another's table.
"""

from dataclasses import replace

from matchmaker.events.agenda.aside import run_aside, until
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.bound import find_bound, quick_bound
from matchmaker.events.agenda.greedy import draft
from matchmaker.events.agenda.instance import (
    Diff,
    Instance,
    Mode,
    Policy,
    Progress,
    Schedule,
    Step,
    Stop,
    never,
    silent,
)
from matchmaker.events.agenda.model import Model, compile_instance
from matchmaker.events.agenda.pins import place_pinned
from matchmaker.events.agenda.placing import Placer
from matchmaker.events.agenda.refining import refine
from matchmaker.events.agenda.scheduling import schedule_of, verified
from matchmaker.events.agenda.search import Search
from matchmaker.events.agenda.sides import find_sides
from matchmaker.events.agenda.tables import worth_of_keeping


def reoptimise(
    instance: Instance,
    published: Schedule,
    mode: Mode,
    policy: Policy | None = None,
    stop: Stop = never,
    progress: Progress = silent,
) -> Schedule:
    """A new agenda with its diff to the published one. Published meetings that `instance` lacks are ignored.

    A published meeting that can no longer be in its slot (someone leaves early) is dropped in mode frozen, and looks
    for another slot in the others. Raises `InfeasibleError` as `solve` does.
    """
    policy = policy or Policy()
    stop = until(stop, policy.seconds)
    whole = compile_instance(instance)
    homes = _homes(whole, published)
    model = _frozen(whole, homes) if mode is Mode.FROZEN else whole
    board = _restored(model, homes)
    start = board.copy()
    bound = quick_bound(whole)
    draft(board)
    worth = worth_of_keeping(whole, published.placed)

    def told(drafted: Board) -> Schedule:
        return verified(schedule_of(drafted, bound, sweeps=0, worth=worth, diff=_diff(drafted, homes)), instance)

    progress(Step("draft", 1, 1, told(board)))
    sides = find_sides(whole)
    bound = run_aside(lambda: find_bound(whole, sides), stop) or bound
    progress(Step("bound", 1, 1))
    search = Search(
        model, sides, bound, policy, stop, board, told,
        locked=frozenset() if mode is Mode.BONUS else frozenset(homes), homes=homes,
        home_worth=policy.keep_bonus if mode is Mode.BONUS else 0.0,
    )  # fmt: skip
    if mode is not Mode.FROZEN:
        Placer(start, search.random, homes=homes).place(list(homes))
        if mode is Mode.LOCKED:
            search.best = start.copy()
            draft(search.best)
    search.run(start, progress)
    refine(search, progress, whole=whole)
    made = schedule_of(search.best, search.bound, worth=worth, diff=_diff(search.best, homes))
    return verified(made, instance)


def _homes(model: Model, published: Schedule) -> dict[int, int]:
    """The slots of published meetings that are still candidates and have a slot that is still there."""
    number = {meeting.id: place for place, meeting in enumerate(model.instance.meetings)}
    slots = {slot: place for place, slot in enumerate(model.slots)}
    return {
        number[placed.id]: slots[placed.slot]
        for placed in published.placed
        if placed.id in number and placed.slot in slots
    }


def _frozen(model: Model, homes: dict[int, int]) -> Model:
    """The same event in which a published meeting may be in its slot alone; a pinned one elsewhere if it must."""
    allowed = list(model.allowed)
    for meeting, slot in homes.items():
        at_home = allowed[meeting] & 1 << slot
        if at_home or not model.pinned[meeting]:
            allowed[meeting] = at_home
    return replace(model, allowed=allowed)


def _restored(model: Model, homes: dict[int, int]) -> Board:
    """Published meetings where they were, as far as they can be there: pinned ones, then the best ones first."""
    board = Board(model)
    place_pinned(board, homes)
    for meeting in sorted(homes, key=lambda one: -model.fit[one]):
        slot = homes[meeting]
        is_free = board.slot_of[meeting] == NOWHERE and board.free(meeting) >> slot & 1
        if is_free and board.has_room(meeting) and board.fits(meeting, slot):
            board.put(meeting, slot)
    board.journal.clear()
    return board


def _diff(board: Board, homes: dict[int, int]) -> Diff:
    told = board.model.instance.meetings
    held = {meeting: slot for meeting, slot in enumerate(board.slot_of) if slot != NOWHERE}
    return Diff(
        kept=tuple(told[m].id for m, slot in homes.items() if held.get(m) == slot),
        moved=tuple(told[m].id for m, slot in homes.items() if held.get(m, slot) != slot),
        dropped=tuple(told[m].id for m in homes if m not in held),
        added=tuple(told[m].id for m in held if m not in homes),
    )
