"""All commands as one program: its language, its errors, its exit code."""

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any

from typer import Abort
from typer.exceptions import TyperException

from api.cli.faults import ExitCode, SetUpError
from api.cli.help import SpokenGroup
from api.cli.operator import Operator, Outside
from api.cli.usage import usage_told
from api.cli.words import Chosen, choose
from api.saying import Say
from matchmaker.errors import DomainError

PROGRAM = "matchmaker"


class Commands(SpokenGroup):
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
    sys.stderr.write(f"{sentence.rstrip()}\n")
    if code is ExitCode.BROKEN:
        traceback.print_exception(error)
    return code


def _check(chosen: Chosen) -> None:
    """Raise `language_unknown`."""
    if chosen.unknown is not None:
        raise DomainError("language_unknown", value=chosen.unknown)


def _sentence(error: Exception, say: Say) -> tuple[str, ExitCode]:
    if isinstance(error, TyperException):
        return usage_told(error, say, program=PROGRAM), ExitCode.REFUSED
    if isinstance(error, DomainError):
        code = ExitCode.CANNOT if isinstance(error, SetUpError) else ExitCode.REFUSED
        return say.refusal(error.code, error.values), code
    if isinstance(error, (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError)):
        values = {"file": error.filename or error, "reason": error.strerror or type(error).__name__}
        return say("error.file_unreadable", **values), ExitCode.REFUSED
    if isinstance(error, OSError):
        return say("error.machine", reason=error), ExitCode.CANNOT
    return say("error.broken", kind=type(error).__name__), ExitCode.BROKEN


def _forgive_encodings() -> None:
    """A terminal that lacks a letter shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
