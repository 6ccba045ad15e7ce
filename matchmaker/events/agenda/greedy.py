"""The first draft: guarantees, then the best meetings first, each in the slot with most free tables."""

from collections.abc import Iterable, Sequence

from matchmaker.events.agenda.board import NOWHERE, Board


def fill(board: Board, meetings: Iterable[int], *, only_for_floors: bool = False) -> None:
    """Put each meeting where it can be put at once; with `only_for_floors` those that keep a guarantee."""
    model = board.model
    for meeting in meetings:
        if board.slot_of[meeting] != NOWHERE or not model.allowed[meeting] or not board.has_room(meeting):
            continue
        members = model.members[meeting]
        if only_for_floors and not any(board.count[who] < model.least[who] for who in members):
            continue
        slot = board.emptiest(meeting)
        if slot != NOWHERE:
            board.put(meeting, slot)
    board.journal.clear()


def best_first(board: Board) -> Sequence[int]:
    """All meetings by falling fit."""
    fit = board.model.fit
    return sorted(range(len(fit)), key=lambda meeting: -fit[meeting])


def draft(board: Board) -> None:
    """Fill what is free."""
    order = best_first(board)
    fill(board, order, only_for_floors=True)
    fill(board, order)
