"""The page of help of a command, every word of it in the operator's language."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from shutil import get_terminal_size
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from typer import Context
from typer.core import TyperCommand, TyperGroup

from api.saying import Say

PAGE_COLUMNS = 100  # at most; a wider line is hard to read
OWN_OPTION = "help"  # that every command has
_WORD = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)*")


class SpokenCommand(TyperCommand):
    """A command whose help speaks the language of its context."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of help."""
        formatter.write(page_of(self, ctx))


class SpokenGroup(TyperGroup):
    """A group of commands whose help speaks the language of its context."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page of help."""
        formatter.write(page_of(self, ctx))


def page_of(command: Any, context: Context) -> str:
    """The page as text, with colours where a person reads it at a terminal."""
    say: Say = context.obj.say
    out = StringIO()
    width = min(get_terminal_size().columns, PAGE_COLUMNS)
    console = Console(
        file=out, markup=False, highlight=False, emoji=False, width=width, force_terminal=sys.stdout.isatty()
    )
    for part in _parts(command, context, say):
        console.print(part)
    return out.getvalue()


def sign_of(parameter: Any, say: Say) -> str:
    """What stands for a value: the words of its sign, else its choices; nothing for a switch."""
    if parameter.metavar:
        return _WORD.sub(lambda word: say.known(f"metavar.{word[0]}", {}) or word[0], parameter.metavar)
    return "|".join(map(str, parameter.type_descriptor.choices or ()))


def _parts(command: Any, context: Context, say: Say) -> Iterator[RenderableType]:
    parameters = command.get_params(context)
    arguments = [one for one in parameters if one.param_type_name == "argument"]
    options = [one for one in parameters if one.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    usage = [context.command_path, *(["[…]"] if options else []), *(sign_of(one, say) for one in arguments)]
    usage += [say("help.command_sign"), "…"] if commands else []
    yield Text(say("help.usage", usage=" ".join(usage)), style="bold")
    yield Padding(say(command.help), (1, 0)) if command.help else ""
    yield from _panel(say("help.arguments"), (_row(one, say) for one in arguments))
    yield from _panel(say("help.options"), (_row(one, say) for one in options))
    yield from _panel(say("help.commands"), ((name, "", say(one.help)) for name, one in commands.items()))
    if command.epilog:
        yield Padding(say(command.epilog), (1, 0))


def _panel(title: str, rows: Iterable[Sequence[str]]) -> Iterator[Panel]:
    listed = list(rows)
    if not listed:
        return
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(style="yellow", overflow="fold", max_width=26)
    table.add_column()
    for row in listed:
        table.add_row(*row)
    yield Panel(table, title=title, title_align="left", border_style="dim")


def _row(parameter: Any, say: Say) -> tuple[str, str, str]:
    is_argument = parameter.param_type_name == "argument"
    sign = sign_of(parameter, say)
    told = say("help.help") if parameter.name == OWN_OPTION else say(parameter.help)
    told += f" {say('help.required')}" if parameter.required else ""
    return sign if is_argument else ", ".join(parameter.opts), "" if is_argument else sign + _range(parameter), told


def _range(parameter: Any) -> str:
    """What a number may be: ` 1-200`, ` ≥ 1`."""
    least, most = getattr(parameter, "min", None), getattr(parameter, "max", None)
    if least is None:
        return ""
    return f" ≥ {least:g}" if most is None else f" {least:g}-{most:g}"
