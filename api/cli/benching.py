"""`bench`: speed as ratios to named references."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from api.cli.faults import ExitCode
from api.cli.operator import Operator
from api.cli.outlets import results, stages, table, write_json
from api.cli.ready import require_gazetteer, require_model
from api.saying import Say

if TYPE_CHECKING:
    from api.wiring import Measurement

COLUMNS = ("measured", "milliseconds", "reference", "milliseconds", "ratio", "limit")


def bench_and_show(operator: Operator, *, as_json: bool) -> ExitCode:
    """Measure and show; 1 when a ratio is above its limit."""
    from api.wiring import run_bench

    with operator.service() as service, stages(operator.say) as progress:
        require_gazetteer(service)
        require_model(service)
        found = run_bench(service, progress)
    if as_json:
        write_json([asdict(row) for row in found])
    else:
        show(operator.say, found)
    return verdict(found)


def verdict(found: "list[Measurement]") -> ExitCode:
    """Whether every ratio keeps to its limit."""
    is_slow = any(row.limit is not None and row.ratio > row.limit for row in found)
    return ExitCode.NOT_ALL if is_slow else ExitCode.DONE


def show(say: Say, found: "list[Measurement]") -> None:
    """The table of measurements."""
    rows = [
        (say(f"bench.{row.name}", **row.values), f"{row.value:.2f}", say(f"bench.{row.reference}"),
         f"{row.reference_value:.2f}", f"{row.ratio:.3f}", "" if row.limit is None else f"{row.limit:g}")
        for row in found
    ]  # fmt: skip
    results().print(table([say(f"column.{name}") for name in COLUMNS], rows, numbers=(1, 3, 4, 5)))
