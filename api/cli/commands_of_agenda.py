"""The commands `agenda …` with their options."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Context, Option

from api.cli.commands import Json, operator
from api.cli.faults import ExitCode

ModeName = Literal["frozen", "locked", "bonus"]


def agenda_solve(
    context: Context,
    instance: Annotated[Path, Argument(metavar="INSTANCE.json", help="help.agenda.instance")],
    out: Annotated[Path, Option(metavar="SCHEDULE.json", help="help.agenda.out")],
    seconds: Annotated[float | None, Option(min=0, metavar="N", help="help.agenda.seconds")] = None,
    seed: Annotated[int, Option(metavar="S", help="help.agenda.seed", show_default=False)] = 0,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Make the agenda of an event."""
    from api.cli.agenda import solve_file

    return solve_file(operator(context), instance, out, seconds=seconds, seed=seed, as_json=json)


def agenda_verify(
    context: Context,
    instance: Annotated[Path, Argument(metavar="INSTANCE.json", help="help.agenda.instance")],
    schedule: Annotated[Path, Argument(metavar="SCHEDULE.json", help="help.agenda.schedule")],
    json: Json = False,  # noqa: ARG001, FBT002 - the answer is JSON in any case
) -> ExitCode:
    """Verify an agenda."""
    from api.cli.agenda import verify_files

    return verify_files(operator(context), instance, schedule)


def agenda_reoptimise(
    context: Context,
    instance: Annotated[Path, Argument(metavar="INSTANCE.json", help="help.agenda.instance")],
    published: Annotated[Path, Argument(metavar="PUBLISHED.json", help="help.agenda.published")],
    mode: Annotated[ModeName, Option(help="help.agenda.mode")],
    out: Annotated[Path, Option(metavar="SCHEDULE.json", help="help.agenda.out")],
    seconds: Annotated[float | None, Option(min=0, metavar="N", help="help.agenda.seconds")] = None,
    seed: Annotated[int, Option(metavar="S", help="help.agenda.seed", show_default=False)] = 0,
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Make a published agenda anew after changes."""
    from api.cli.agenda import reoptimise_file

    return reoptimise_file(operator(context), instance, published, out, mode, seconds=seconds, seed=seed, as_json=json)
