"""All commands together."""

from collections.abc import Callable
from typing import Annotated, Any

from typer import Option, Typer

from api.cli import commands, commands_of_agenda, commands_of_rights
from api.cli.group import PROGRAM, Commands
from api.cli.help import SpokenCommand, SpokenGroup
from matchmaker.events.agenda.aside import leave

Language = Annotated[str, Option("--lang", metavar="es|pt|en", help="help.lang", show_default=False)]


def root(lang: Language = "") -> None:
    """Hold what all commands share; `--lang` is read before the commands are (see `words.choose`)."""


def make_app() -> Typer:
    """The command line."""
    app = Typer(cls=Commands, name=PROGRAM, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback(help="help.program", epilog="help.exit_codes")(root)
    _add(app, "prepare", commands.prepare)
    _add(app, "serve", commands.serve)
    _add(app, "import", commands.import_files)
    _add(app, "export", commands.export)
    _add(app, "match", commands.match)
    _add(app, "opportunities", commands.opportunities)
    _add(app, "evaluate", commands.evaluate)
    _add(app, "bench", commands.bench)
    groups = (
        _group("index", sync=commands.index_sync, rebuild=commands.index_rebuild, check=commands.index_check),
        _group("token", create=commands.token_create, list=commands.token_list, revoke=commands.token_revoke),
        _group("letters", send=commands.letters_send, bounces=commands.letters_bounces),
        _group("audit", verify=commands.audit_verify),
        _group(
            "rights",
            overdue=commands_of_rights.rights_overdue,
            answer=commands_of_rights.rights_answer,
            export=commands_of_rights.rights_export,
        ),
        _group(
            "agenda",
            solve=commands_of_agenda.agenda_solve,
            verify=commands_of_agenda.agenda_verify,
            reoptimise=commands_of_agenda.agenda_reoptimise,
        ),
        _group("administrator", create=commands.administrator_create),
    )
    for group in groups:
        app.add_typer(group)
    return app


def main() -> None:
    """The command `matchmaker`. Its exit code is the command's, also where a search for an agenda was cut short."""
    try:
        make_app()()
    except SystemExit as ended:
        leave(int(ended.code or 0))


def _add(app: Typer, name: str, command: Callable[..., Any], *, group: str = "") -> None:
    app.command(name, cls=SpokenCommand, help=f"help.{group}{name}")(command)


def _group(name: str, **members: Callable[..., Any]) -> Typer:
    group = Typer(name=name, cls=SpokenGroup, help=f"help.{name}", no_args_is_help=True)
    group.callback()(lambda: None)  # a group, though it may have one command
    for member, command in members.items():
        _add(group, member, command, group=f"{name}.")
    return group
