"""`make agenda`: our agenda beside other ways on the part that joins two sides, and whole events at all sizes.

Fit and time are ratios to ours. Whole events are measured one by one in a process of their own, for their memory.
"""

import multiprocessing
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from matchmaker.events.agenda.aside import leave
from matchmaker.events.agenda.board import NOWHERE, Board
from matchmaker.events.agenda.instance import Instance, Mode, Schedule
from matchmaker.events.agenda.model import Model, compile_instance
from matchmaker.events.agenda.reoptimising import reoptimise
from matchmaker.events.agenda.solving import solve
from matchmaker.events.agenda.verify import verify
from matchmaker.events.launching import launch
from matchmaker.events.models import RunState
from matchmaker.migrations import upgrade
from matchmaker.store.database import Database
from tests.agenda_instances import SIZES, cancelled, event
from tests.agenda_rivals import rivals
from tests.matchmaker.events.searches import asked, follow, stop

STOPS = (0.1, 0.3, 0.5, 0.7, 0.9)  # of the time that the whole search took: when it is told to end
RIVALS = ("S", "M")  # sizes at which they are asked: beyond, one program of the whole event finds nothing in its time


def main() -> None:
    """Three tables on standard output; sizes as arguments, else S and M."""
    sizes = sys.argv[1:] or ["S", "M"]
    _say("size method              fit/ours  short  gini  time/ours")
    for size in sizes:
        if size in RIVALS:
            _beside(size)
    _say("\nwhole event  violations  quality  short  seconds  first draft  stopped after  MB  table kept (naive)")
    for size in sizes:
        for tight in (False, True):
            _alone(_whole, size, tight)
    _say("\nafter 5 % cancel  violations  moved %  quality  seconds")
    for size in sizes:
        _alone(_anew, size)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - a table on standard output


def _alone(work: Callable[..., None], *arguments: object) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_then_leave, args=(work, *arguments))
    process.start()
    process.join()
    if process.exitcode:
        sys.exit(process.exitcode)


def _then_leave(work: Callable[..., None], *arguments: object) -> None:
    work(*arguments)
    leave(0)


def _beside(size: str) -> None:
    """Events whose meetings join a city and another: ours first, then the rest."""
    instance = _two_sides(event(size, peers=False), SIZES[size].cities)
    model = compile_instance(instance)
    told: dict[str, tuple[float, int, float, float]] = {}
    for name, make in {"ours": lambda _: _ours(instance, model), **rivals()}.items():
        start = time.process_time()
        board = make(model)
        told[name] = (*_figures(board, SIZES[size].cities), time.process_time() - start)
    for name, (fit, short, gini, seconds) in told.items():
        ours = told["ours"]
        _say(f"{size:4} {name:19} {fit / ours[0]:8.4f} {short:6} {gini:5.3f} {seconds / ours[3]:10.2f}")


def _whole(size: str, tight: bool) -> None:  # noqa: FBT001 - an argument of a process
    """The event with peers, groups and zones. Seconds are of the processor, but of the clock for stopping."""
    empty, instance, first = _megabytes(), event(size, tight=tight), list[float]()
    start = time.process_time()
    made = solve(instance, progress=lambda _step: first.append(time.process_time() - start))
    seconds, memory = time.process_time() - start, _megabytes() - empty
    short = sum(shortfall.missing for shortfall in made.shortfalls)
    tables = {placed.id: placed.table for placed in made.placed}
    kept, naive = _kept(instance, made, tables), _kept(instance, made, _first_free(instance, made))
    stopped = _seconds_to_stop(instance, [seconds * share for share in STOPS])
    _say(
        f"{size + (' tight' if tight else ''):12} {len(verify(instance, made)):10} {made.quality:8.5f} {short:6} "
        f"{seconds:8.1f} {first[0]:12.2f} {stopped:14.2f} {memory:3.0f} {kept:11.2f} ({naive:.2f})"
    )


def _anew(size: str) -> None:
    instance = event(size)
    published, changed = solve(instance), cancelled(instance, seed=1)
    for mode in Mode:
        start = time.process_time()
        made = reoptimise(changed, published, mode)
        seconds = time.process_time() - start
        diff = made.diff
        lost = len(diff.moved) + len(diff.dropped) if diff else 0
        share = 100 * lost / (lost + len(diff.kept)) if diff else 0.0
        _say(f"{size:3} {mode:13} {len(verify(changed, made)):10} {share:8.2f} {made.quality:8.5f} {seconds:8.1f}")


def _seconds_to_stop(instance: Instance, moments: Iterable[float]) -> float:
    """The longest from being asked to end, so long after the first draft, until the agenda is kept: of the clock."""
    longest = 0.0
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/agenda.sqlite")
        upgrade(database.url)
        for moment in moments:
            run = asked(database, instance)
            thread = launch(database.url, run.id or 0)
            follow(database, run.id or 0, lambda _, has_agenda: has_agenda)
            time.sleep(moment)
            start = time.monotonic()
            if stop(database, run).state == RunState.STOPPED:
                longest = max(longest, time.monotonic() - start)
            thread.join()
        database.close()
    return longest


def _megabytes() -> float:
    """The most that this process has held so far (its usage as told elsewhere counts what its parent held)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _kept(instance: Instance, made: Schedule, table_of: dict[str, str]) -> float:
    """The share of meetings to which someone goes at the table of the one before, on the same day."""
    members = {meeting.id: meeting.members for meeting in instance.meetings}
    day_of = {slot: day for day, slots in enumerate(instance.days) for slot in slots}
    order = {slot: place for place, slot in enumerate(day_of)}
    own: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for placed in made.placed:
        for member in members[placed.id]:
            own[member].append((order[placed.slot], day_of[placed.slot], table_of[placed.id]))
    steps = [one[2] == other[2] for held in own.values() for one, other in pairwise(sorted(held)) if one[1] == other[1]]
    return sum(steps) / max(1, len(steps))


def _first_free(instance: Instance, made: Schedule) -> dict[str, str]:
    """Tables as they come."""
    taken: Counter[str] = Counter()
    found = {}
    for placed in made.placed:
        found[placed.id] = instance.tables[taken[placed.slot]].id
        taken[placed.slot] += 1
    return found


def _two_sides(instance: Instance, cities: int) -> Instance:
    first = {who.id for who in instance.participants[:cities]}
    return replace(
        instance, meetings=tuple(one for one in instance.meetings if len(first.intersection(one.members)) == 1)
    )


def _ours(instance: Instance, model: Model) -> Board:
    slots = {slot: place for place, slot in enumerate(model.slots)}
    held = {placed.id: slots[placed.slot] for placed in solve(instance).placed}
    return Board(model, [held.get(meeting.id, NOWHERE) for meeting in instance.meetings])


def _figures(board: Board, cities: int) -> tuple[float, int, float]:
    fit = sum(board.model.fit[m] for m, slot in enumerate(board.slot_of) if slot != NOWHERE)
    return float(fit), board.missing(), _gini(board.count[cities:])


def _gini(counts: list[int]) -> float:
    ranked = sorted(counts)
    total = sum(counts)
    weighted = sum((2 * place - len(ranked) - 1) * count for place, count in enumerate(ranked, start=1))
    return weighted / (len(ranked) * total) if total else 0.0


if __name__ == "__main__":
    main()
