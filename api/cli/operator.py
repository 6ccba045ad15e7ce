"""What a command works with: the language, the service, the outside."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.cli.faults import SetUpError
from api.saying import Say

if TYPE_CHECKING:
    from socket import socket

    from fastapi import FastAPI

    from api.wiring import Service


DATABASE_FAULTS = {
    "database is locked": "database_busy",
    "authentication failed": "database_credentials",
    "no password supplied": "database_credentials",
    "does not exist": "database_absent",
    "unable to open database file": "database_file",
    "file is not a database": "database_file",
    "disk is full": "database_full",
    "No space left on device": "database_full",
}
"""What SQLite and PostgreSQL say, and the sentence of ours that says what to do; any other text is told as it came."""


def service_of_this_machine() -> "Service":
    """The service that the settings describe. Raises pydantic's ValidationError."""
    from api.settings import Settings
    from api.wiring import Service

    return Service(Settings())


def serve_until_stopped(app: "FastAPI", listening: "socket", workers: int) -> None:
    """Answer requests at a bound socket, in this process or in several."""
    from api.cli.server import run

    run(app, listening, workers)


@dataclass(frozen=True)
class Outside:
    """What the command line takes from outside; tests bring their own."""

    open_service: Callable[[], "Service"] = service_of_this_machine
    run_server: Callable[["FastAPI", "socket", int], None] = serve_until_stopped


@dataclass(frozen=True)
class Operator:
    """Who runs a command: a language to be spoken to, and what is outside."""

    say: Say
    outside: Outside

    @contextmanager
    def service(self) -> Iterator["Service"]:
        """The service, closed at the end. Settings or a database that do not work are told as `SetUpError`."""
        from sqlalchemy.exc import DBAPIError

        service = self._opened()
        try:
            yield service
        except DBAPIError as error:
            raise _database_fault(error, service.settings.database_url) from error
        finally:
            service.close()

    def _opened(self) -> "Service":
        from pydantic import ValidationError

        from api.cli.usage import problems_told

        try:
            return self.outside.open_service()
        except ValidationError as error:
            raise SetUpError("settings_wrong", wrong="; ".join(problems_told(error, self.say)).rstrip(".")) from error


def _database_fault(error: Any, url: str) -> SetUpError:
    from sqlalchemy import make_url

    reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    shown = make_url(url).render_as_string(hide_password=True)
    if "no such table" in reason or "no such column" in reason or type(error.orig).__name__.startswith("Undefined"):
        return SetUpError("tables_missing", url=shown)
    code = next((code for part, code in DATABASE_FAULTS.items() if part in reason), "database_unreachable")
    return SetUpError(code, url=shown, reason=reason)
