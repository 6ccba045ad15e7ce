"""`agenda`: events solved, verified and re-optimised from files and into files."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from math import floor
from pathlib import Path

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import notices, results, stages, write_json
from matchmaker.events.agenda.fields import load_json
from matchmaker.events.agenda.floors import check_floors
from matchmaker.events.agenda.instance import Instance, Mode, Policy, Progress, Schedule, Stop
from matchmaker.events.agenda.pins import InfeasibleError
from matchmaker.events.agenda.reading import read_instance, read_schedule, write_schedule
from matchmaker.events.agenda.reoptimising import reoptimise
from matchmaker.events.agenda.solving import solve
from matchmaker.events.agenda.verify import verify

INFEASIBLE = ExitCode.CANNOT  # the event has to change, not the command
Work = Callable[[Instance, Policy, Stop, Progress], Schedule]


def solve_file(
    operator: Operator, instance: Path, out: Path, *, seconds: float | None, seed: int, as_json: bool
) -> ExitCode:
    """Make an agenda; an interruption keeps the best one so far. 3 where pinned meetings exclude each other."""
    return _make(operator, instance, out, solve, Policy(seed=seed, seconds=seconds), as_json=as_json)


def reoptimise_file(
    operator: Operator, instance: Path, published: Path, out: Path, mode: str, *, seconds: float | None, seed: int,
    as_json: bool,
) -> ExitCode:  # fmt: skip
    """Make a new agenda of a published one, with the diff."""
    before = read_schedule(load_json(published))

    def work(event: Instance, policy: Policy, stop: Stop, progress: Progress) -> Schedule:
        return reoptimise(event, before, Mode(mode), policy, stop, progress)

    return _make(operator, instance, out, work, Policy(seed=seed, seconds=seconds), as_json=as_json)


def verify_files(operator: Operator, instance: Path, schedule: Path) -> ExitCode:
    """Write all violations as JSON; 1 when there are some."""
    violations = verify(read_instance(load_json(instance)), read_schedule(load_json(schedule)))
    write_json({"valid": not violations, "violations": [asdict(violation) for violation in violations]})
    notices().print(operator.say("agenda.violations" if violations else "agenda.valid", count=len(violations)))
    return ExitCode.NOT_ALL if violations else ExitCode.DONE


def _make(operator: Operator, path: Path, out: Path, work: Work, policy: Policy, *, as_json: bool) -> ExitCode:
    event = read_instance(load_json(path))
    try:
        with stages(operator.say) as progress, _interrupted() as stop:
            made = work(event, policy, stop, lambda step: progress(f"agenda_{step.stage}", step.done, step.total))
    except InfeasibleError as error:
        notices().print(operator.say.refusal(error.code, error.values))
        return INFEASIBLE
    write_schedule(made, out)
    if as_json:
        write_json(summary(made, out))
    else:
        _show(operator, event, made, out)
    return ExitCode.DONE


def summary(made: Schedule, out: Path) -> dict[str, object]:
    """The figures of an agenda for machines."""
    return {
        "out": str(out),
        "placed": len(made.placed),
        "unplaced": dict(Counter(unplaced.reason for unplaced in made.unplaced)),
        "fit": made.fit,
        "objective": made.objective,
        "bound": made.bound,
        "quality": made.quality,
        "missing": sum(shortfall.missing for shortfall in made.shortfalls),
        "diff": None if made.diff is None else {name: len(ids) for name, ids in asdict(made.diff).items()},
    }


def _show(operator: Operator, event: Instance, made: Schedule, out: Path) -> None:
    say, console = operator.say, results()
    missing = sum(shortfall.missing for shortfall in made.shortfalls)
    console.print(say("agenda.made", placed=len(made.placed), of=len(event.meetings), file=out))
    console.print(say("agenda.quality", quality=f"{floor(10_000 * made.quality) / 100:.2f}", missing=missing))
    if made.diff is not None:
        console.print(say("agenda.diff", **{name: len(ids) for name, ids in asdict(made.diff).items()}))
    for reason, count in sorted(Counter(unplaced.reason for unplaced in made.unplaced).items()):
        console.print(say(f"agenda.reason.{reason}", count=count))
    for low in check_floors(event):
        values = {"participant": low.participant, "floor": low.floor, "reachable": low.reachable}
        console.print(say(f"agenda.floor.{low.obstacle}", lacking=low.lacking, **values))


@contextmanager
def _interrupted() -> Iterator[Stop]:
    """Whether someone has pressed Ctrl-C; the first time ends the search, the second one the command."""
    pressed: list[int] = []

    def note(number: int, _: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)
