"""From a board to a schedule with its figures."""

from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.bound import Bound
from matchmaker.events.agenda.instance import MISSING_PRICE, Diff, Instance, Placed, Schedule, Shortfall, Unplaced
from matchmaker.events.agenda.reasons import reason
from matchmaker.events.agenda.tables import Worth, assign_tables
from matchmaker.events.agenda.verify import verify

TABLE_SWEEPS = 2  # of a final agenda; a draft does without


def schedule_of(
    board: Board,
    bound: Bound,
    *,
    sweeps: int = TABLE_SWEEPS,
    diff: Diff | None = None,
    worth: Worth | None = None,
) -> Schedule:
    """The schedule of a board: slots as they are, tables assigned, a reason for each meeting nowhere.

    `worth` says what tables are worth to meetings, as `assign_tables` has it.
    """
    model = board.model
    meetings, tables = model.instance.meetings, model.instance.tables
    table_of = assign_tables(model, board.slot_of, sweeps=sweeps, worth=worth)
    placed = [
        Placed(meetings[meeting].id, model.slots[slot], tables[table_of[meeting]].id)
        for meeting, slot in sorted(enumerate(board.slot_of), key=lambda pair: (pair[1], pair[0]))
        if slot != NOWHERE
    ]
    unplaced = [
        Unplaced(told.id, reason(board, meeting))
        for meeting, told in enumerate(meetings)
        if board.slot_of[meeting] == NOWHERE
    ]
    shortfalls = [
        Shortfall(who.id, least - count)
        for who, least, count in zip(model.instance.participants, model.least, board.count, strict=True)
        if count < least
    ]
    fit = float(sum(meetings[meeting].fit for meeting, slot in enumerate(board.slot_of) if slot != NOWHERE))
    objective = fit - MISSING_PRICE * sum(shortfall.missing for shortfall in shortfalls)
    return Schedule(
        tuple(placed), tuple(unplaced), fit, objective, max(bound.value, objective), tuple(shortfalls), diff,
        bound.attainable,
    )  # fmt: skip


def verified(schedule: Schedule, instance: Instance) -> Schedule:
    """The schedule itself, when it keeps every rule. Raises AssertionError: the solver has a fault."""
    violations = verify(instance, schedule)
    if violations:
        raise AssertionError(f"the agenda breaks {len(violations)} rules: {violations[:3]}")
    return schedule
