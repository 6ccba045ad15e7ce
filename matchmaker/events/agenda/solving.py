"""An agenda from nothing: a draft at once, a proven bound, then a search that comes near to it."""

from matchmaker.events.agenda.aside import run_aside, until
from matchmaker.events.agenda.board import Board
from matchmaker.events.agenda.bound import find_bound, quick_bound
from matchmaker.events.agenda.greedy import draft
from matchmaker.events.agenda.instance import Instance, Policy, Progress, Schedule, Step, Stop, never, silent
from matchmaker.events.agenda.model import compile_instance
from matchmaker.events.agenda.pins import place_pinned
from matchmaker.events.agenda.refining import refine
from matchmaker.events.agenda.scheduling import schedule_of, verified
from matchmaker.events.agenda.search import Search
from matchmaker.events.agenda.sides import find_sides


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
    start = board.copy()
    draft(board)
    bound = quick_bound(model)

    def told(drafted: Board) -> Schedule:
        return verified(schedule_of(drafted, bound, sweeps=0), instance)

    progress(Step("draft", 1, 1, told(board)))
    sides = find_sides(model)
    progress(Step("bound", 0, 1))
    bound = run_aside(lambda: find_bound(model, sides), stop) or bound
    progress(Step("bound", 1, 1))
    search = Search(model, sides, bound, policy, stop, board, told)
    search.run(start, progress)
    refine(search, progress)
    return verified(schedule_of(search.best, search.bound), instance)
