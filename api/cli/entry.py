"""All commands together."""

from typing import Annotated

from typer import Option, Typer

from api.cli import commands
from api.cli.group import PROGRAM, Commands

Language = Annotated[str, Option("--lang", metavar="es|pt|en", help="help.lang", show_default=False)]


def root(lang: Language = "") -> None:
    """Hold what all commands share; `--lang` is read before the commands are (see `words.choose`)."""


def make_app() -> Typer:
    """The command line."""
    app = Typer(cls=Commands, name=PROGRAM, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback(help="help.program", epilog="help.exit_codes")(root)
    app.command("prepare", help="help.prepare")(commands.prepare)
    app.command("serve", help="help.serve")(commands.serve)
    app.command("import", help="help.import")(commands.import_files)
    app.command("export", help="help.export")(commands.export)
    app.command("match", help="help.match")(commands.match)
    app.command("opportunities", help="help.opportunities")(commands.opportunities)
    app.add_typer(_index(), name="index", help="help.index")
    app.command("evaluate", help="help.evaluate")(commands.evaluate)
    app.command("bench", help="help.bench")(commands.bench)
    app.add_typer(_token(), name="token", help="help.token")
    app.add_typer(_letters(), name="letters", help="help.letters")
    app.add_typer(_audit(), name="audit", help="help.audit")
    app.add_typer(_administrator(), name="administrator", help="help.administrator")
    app.add_typer(_agenda(), name="agenda", help="help.agenda")
    return app


def main() -> None:
    """The command `matchmaker`."""
    make_app()()


def _index() -> Typer:
    group = Typer(no_args_is_help=True)
    group.command("sync", help="help.index.sync")(commands.index_sync)
    group.command("rebuild", help="help.index.rebuild")(commands.index_rebuild)
    group.command("check", help="help.index.check")(commands.index_check)
    return group


def _administrator() -> Typer:
    group = Typer(no_args_is_help=True)
    group.callback()(lambda: None)  # a group, though it has one command
    group.command("create", help="help.administrator.create")(commands.administrator_create)
    return group


def _token() -> Typer:
    group = Typer(no_args_is_help=True)
    group.command("create", help="help.token.create")(commands.token_create)
    group.command("list", help="help.token.list")(commands.token_list)
    group.command("revoke", help="help.token.revoke")(commands.token_revoke)
    return group


def _letters() -> Typer:
    group = Typer(no_args_is_help=True)
    group.command("send", help="help.letters.send")(commands.letters_send)
    group.command("bounces", help="help.letters.bounces")(commands.letters_bounces)
    return group


def _audit() -> Typer:
    group = Typer(no_args_is_help=True)
    group.command("verify", help="help.audit.verify")(commands.audit_verify)
    return group


def _agenda() -> Typer:
    group = Typer(no_args_is_help=True)
    group.command("solve", help="help.agenda.solve")(commands.agenda_solve)
    group.command("verify", help="help.agenda.verify")(commands.agenda_verify)
    group.command("reoptimise", help="help.agenda.reoptimise")(commands.agenda_reoptimise)
    return group
