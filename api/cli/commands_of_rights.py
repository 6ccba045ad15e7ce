"""The commands `rights …` with their options."""

from pathlib import Path
from typing import Annotated, Literal

from typer import Argument, Context, Option

from api.cli.commands import Json, operator
from api.cli.faults import ExitCode

Answered = Literal["identity_asked", "received", "extended", "done", "refused"]
Whose = Literal["account", "profile"]


def rights_overdue(
    context: Context,
    is_all: Annotated[bool, Option("--all", help="help.rights.all")] = False,  # noqa: FBT002
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """List requests whose answer is late."""
    from api.cli.rights import list_due

    return list_due(operator(context), is_all=is_all, as_json=json)


def rights_answer(
    context: Context,
    request: Annotated[int, Argument(min=1, metavar="ID", help="help.rights.request")],
    to: Annotated[Answered, Option("--to", help="help.rights.to")],
    reason: Annotated[str, Option("--reason", metavar="TEXT", help="help.rights.reason", show_default=False)] = "",
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Answer a request."""
    from api.cli.rights import answer

    return answer(operator(context), request, to=to, reason=reason, as_json=json)


def rights_export(
    context: Context,
    subject: Annotated[Whose, Argument(metavar="account|profile", help="help.rights.subject")],
    number: Annotated[int, Argument(min=1, metavar="ID", help="help.rights.number")],
    file: Annotated[Path, Argument(metavar="FILE", help="help.rights.file")],
    json: Json = False,  # noqa: FBT002
) -> ExitCode:
    """Write everything about a person or a member into a zip file."""
    from api.cli.rights import export_subject

    return export_subject(operator(context), subject=subject, subject_id=number, path=file, as_json=json)
