"""Every command in the operator's language: its help, its errors, its exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from typer import Abort, Context
from typer.core import TyperGroup
from typer.exceptions import TyperException

from api.cli.faults import ExitCode, SetUpError
from api.cli.operator import Operator, Outside
from api.cli.words import Chosen, Say, choose
from matchmaker.errors import DomainError

PROGRAM = "matchmaker"
HELP_KEYS = "help."


class Commands(TyperGroup):
    """The commands. `main` ends the process with an `ExitCode`."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 - the program has one name
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002, FBT001, FBT002 - the framework's signature
        windows_expand_args: bool = True,  # noqa: FBT001, FBT002
        **extra: Any,
    ) -> Any:
        """Run one command and exit. `obj` may be an `Outside` of the caller's own."""
        chosen = choose(sys.argv[1:] if args is None else args, os.environ)
        say = Say(chosen.language)
        translate(self, say, PROGRAM)
        extra["obj"] = Operator(say, extra.get("obj") or Outside())
        _forgive_encodings()
        try:
            _check(chosen)
            code = super().main(
                chosen.arguments, PROGRAM, complete_var, standalone_mode=False,
                windows_expand_args=windows_expand_args, **extra,
            )  # fmt: skip
        except Exception as error:  # noqa: BLE001 - the last net: a fault of the program ends with its own code
            code = told(error, say)
        sys.stdout.flush()
        sys.exit(int(code) if isinstance(code, int) else ExitCode.DONE)


def told(error: Exception, say: Say) -> ExitCode:
    """Say on standard error what went wrong and what to do."""
    if isinstance(error, Abort):
        return ExitCode.INTERRUPTED
    if isinstance(error, OSError) and error.errno == errno.EPIPE:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - whoever read has gone
        return ExitCode.DONE
    sentence, code = _sentence(error, say)
    sys.stderr.write(f"{sentence}\n")
    if code is ExitCode.BROKEN:
        traceback.print_exception(error)
    return code


def translate(command: Any, say: Say, path: str) -> None:
    """Put the words of a language in the place of the keys in a command's help, and of its commands' help."""
    command.help = _worded(command.help, say)
    command.epilog = _worded(command.epilog, say)
    command.rich_help_panel = say("help.commands")
    own_help = command.get_help_option(Context(command, info_name=path))
    for option in (*command.params, *([own_help] if own_help else [])):
        option.help = say("help.help") if option is own_help else _worded(option.help, say)
        is_argument = option.param_type_name == "argument"
        option.rich_help_panel = say("help.arguments" if is_argument else "help.options")
    for name, child in getattr(command, "commands", {}).items():
        translate(child, say, f"{path} {name}")


def _check(chosen: Chosen) -> None:
    """Raise `language_unknown`."""
    if chosen.unknown is not None:
        raise DomainError("language_unknown", value=chosen.unknown)


def _worded(text: str | None, say: Say) -> str | None:
    return say(text) if text and text.startswith(HELP_KEYS) else text


def _sentence(error: Exception, say: Say) -> tuple[str, ExitCode]:
    if isinstance(error, TyperException):
        return _usage(error, say), ExitCode.REFUSED
    if isinstance(error, DomainError):
        code = ExitCode.CANNOT if isinstance(error, SetUpError) else ExitCode.REFUSED
        return say.refusal(error.code, error.values), code
    if isinstance(error, (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError)):
        values = {"file": error.filename or error, "reason": error.strerror or type(error).__name__}
        return say("error.file_unreadable", **values), ExitCode.REFUSED
    if isinstance(error, OSError):
        return say("error.machine", reason=error), ExitCode.CANNOT
    return say("error.broken", kind=type(error).__name__), ExitCode.BROKEN


def _usage(error: TyperException, say: Say) -> str:
    """What is wrong with a command as it was typed, with the way to its help."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else PROGRAM
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(context.get_help()) if context is not None else ""
    key = f"usage.{type(error).__name__}"
    values = {
        "name": _hint(error), "detail": getattr(error, "message", "") or "", "message": error.format_message()
    }  # fmt: skip
    return f"{say.known(key, values) or say('usage.other', **values)}\n{say('usage.help', command=path)}"


def _hint(error: TyperException) -> str:
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option or parameter is None:
        return str(option or "")
    is_option = parameter.param_type_name == "option"
    return " / ".join(parameter.opts) if is_option else str(parameter.metavar or parameter.name)


def _forgive_encodings() -> None:
    """A terminal that lacks a letter shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
