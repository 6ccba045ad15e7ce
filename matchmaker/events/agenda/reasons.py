"""Why a meeting has no place, as a code that tells nobody's refusal and no conflict.

Whoever may not meet gets the code that the same meeting would get if it were allowed. Where it could simply be held,
the code is that of time that went to other meetings, which is also true of most allowed meetings.
"""

from matchmaker.events.agenda.board import Board
from matchmaker.events.agenda.instance import Reason
from matchmaker.events.agenda.model import NO_ZONE, ZONES_DIFFER


def reason(board: Board, meeting: int) -> Reason:
    """The reason of a meeting that is nowhere on a board."""
    model = board.model
    zone = model.zones[meeting]
    if zone == ZONES_DIFFER:
        return Reason.ZONES_DIFFER
    if not (model.table_count if zone == NO_ZONE else model.tables_by_zone[zone]):
        return Reason.ZONE_WITHOUT_TABLE
    common = model.together[meeting]
    if not common:
        return Reason.NO_COMMON_SLOT
    for member in model.members[meeting]:
        common &= ~board.busy[member]
    taken = common & (board.full if zone == NO_ZONE else board.full | board.full_of_zone[zone])
    if not taken or not board.has_room(meeting) or _fits_in(board, meeting, common & ~taken):
        return Reason.TIME_TAKEN
    return Reason.TABLES_FULL if _fits_in(board, meeting, taken) else Reason.TIME_TAKEN


def _fits_in(board: Board, meeting: int, slots: int) -> bool:
    """Whether its members keep their breaks in one of these slots, as bits."""
    return any(slots >> slot & 1 and board.fits(meeting, slot) for slot in range(board.model.slot_count))
