"""How a request goes on, and until when. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from matchmaker.rights.deadlines import Counting, Term
from matchmaker.rights.models import Right, State

SATURDAY = 5
MONTHS_A_YEAR = 12
OPEN = frozenset({State.RECEIVED, State.IDENTITY_ASKED, State.EXTENDED})
MOVES: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        State.RECEIVED: frozenset({State.IDENTITY_ASKED, State.EXTENDED, State.DONE, State.REFUSED, State.WITHDRAWN}),
        State.IDENTITY_ASKED: frozenset({State.RECEIVED, State.REFUSED, State.WITHDRAWN}),
        State.EXTENDED: frozenset({State.DONE, State.REFUSED, State.WITHDRAWN}),
        State.DONE: frozenset(),
        State.REFUSED: frozenset(),
        State.WITHDRAWN: frozenset(),
    }
)
"""What may follow. Waiting for a proof of identity does not stop the clock: no law of the list says that it does."""
AT_ONCE = frozenset({Right.ACCESS, Right.BLOCK})
"""Rights that the service serves itself, the moment they are asked for."""
TAKEN_BACK = frozenset({Right.BLOCK, Right.OBJECT})
"""Rights that can be taken back after they were granted: what is blocked can be shown again."""


def may_follow(state: str, following: State, *, kind: str) -> bool:
    """Whether a request may go from one state to another."""
    if following is State.WITHDRAWN and state == State.DONE:
        return kind in TAKEN_BACK
    return following in MOVES[State(state)]


def is_overdue(state: str, due_at: datetime, *, now: datetime) -> bool:
    """Whether an answer is late."""
    return state in OPEN and now > due_at


def due_at(received_at: datetime, term: Term, *, zone: ZoneInfo) -> datetime:
    """The end of a term by the clock of the place where the person is; the day it came in does not count."""
    return later(received_at, term.length, term.counting, zone=zone)


def extended_until(due: datetime, term: Term, *, zone: ZoneInfo) -> datetime:
    """The end of a term that is extended; the same where the law allows none."""
    return later(due, term.extension, term.counting, zone=zone)


def later(moment: datetime, length: int, counting: Counting, *, zone: ZoneInfo) -> datetime:
    """A moment so many days, working days or months later, at the same hour of the clock there."""
    local = moment.astimezone(zone)
    if counting is Counting.MONTHS:
        return _months_later(local, length).astimezone(moment.tzinfo)
    if counting is Counting.CALENDAR:
        return (local + timedelta(days=length)).astimezone(moment.tzinfo)
    for _ in range(length):
        local += timedelta(days=1)
        while local.weekday() >= SATURDAY:
            local += timedelta(days=1)
    return local.astimezone(moment.tzinfo)


def _months_later(local: datetime, length: int) -> datetime:
    """The same day of a later month, or its last one."""
    year, month = divmod(local.month - 1 + length, MONTHS_A_YEAR)
    year, month = local.year + year, month + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))
