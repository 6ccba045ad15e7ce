"""The last hundredths: a few slots after the other filled anew, and a tighter bound where it is affordable."""

from matchmaker.events.agenda.aside import run_aside
from matchmaker.events.agenda.bound import Bound
from matchmaker.events.agenda.instance import Progress, Step
from matchmaker.events.agenda.model import Model
from matchmaker.events.agenda.neighbourhood import Neighbourhood, next_slots
from matchmaker.events.agenda.search import Search
from matchmaker.events.agenda.timed_bound import COLUMNS, count_columns, find_timed_bound

GOOD = 0.9985  # of the bound: from there on more work is not worth its time
SMALL_COLUMNS = 1_200  # meetings times slots of an event that is solved as one program
WIDE_SLOTS = 3  # of one neighbourhood: small events can afford more
NARROW_SLOTS = 2
TRIES = 40  # neighbourhoods of an event whose timed program is affordable
FEW_TRIES = 12  # of a larger one
ENOUGH = 0.9825  # of the bound, for a larger one after its first tries: each costs seconds
FIRST_TRIES = 4
IDLE_TRIES = 12  # without a better agenda, and it ends
FEW_IDLE_TRIES = 3


def refine(search: Search, progress: Progress, *, whole: Model | None = None) -> None:
    """Make the best board better and the bound tighter; `whole` is the event without what `search` may not move."""
    model = whole or search.model
    columns = count_columns(model)
    if columns <= SMALL_COLUMNS and not search.locked and not search.homes:
        _solve_whole(search)
        return
    _improve(search, columns, progress)
    if not _is_good(search) and columns <= COLUMNS and not search.stop():
        search.bound = run_aside(lambda: find_timed_bound(model, search.bound), search.stop) or search.bound


def _solve_whole(search: Search) -> None:
    neighbourhood = Neighbourhood(search.best, stop=search.stop)
    _, proven = neighbourhood.improve(list(range(search.model.slot_count)), whole=True)
    if proven is not None:
        value = proven + 1e-6 * max(1.0, abs(proven))
        if value < search.bound.value:
            missing = search.bound.attainable - search.bound.value
            search.bound = Bound(value, value + missing, search.bound.taken, search.bound.room)


def _improve(search: Search, columns: int, progress: Progress) -> None:
    is_large = columns > COLUMNS
    neighbourhood = Neighbourhood(search.best, search.locked_on_board(), search.homes, search.home_worth, search.stop)
    tries, idle_tries = (FEW_TRIES, FEW_IDLE_TRIES) if is_large else (TRIES, IDLE_TRIES)
    idle = 0
    for number in range(tries):
        is_enough = is_large and number >= FIRST_TRIES and search.gap() <= 1 - ENOUGH
        if search.stop() or _is_good(search) or is_enough or idle >= idle_tries:
            return
        count = min(search.model.slot_count, NARROW_SLOTS if is_large else WIDE_SLOTS)
        is_better, _ = neighbourhood.improve(next_slots(search.best, count, search.random))
        idle = 0 if is_better else idle + 1
        progress(Step("refining", number + 1, tries))


def _is_good(search: Search) -> bool:
    return search.gap() <= 1 - GOOD
