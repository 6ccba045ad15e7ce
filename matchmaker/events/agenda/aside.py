"""Long calls of solvers that cannot be interrupted, made so that stopping does not wait for them."""

import os
import sys
import threading
import time
from collections.abc import Callable
from typing import NoReturn, TypeVar

from matchmaker.events.agenda.instance import Stop

Result = TypeVar("Result")
LOOK_SECONDS = 0.02  # between two looks at whether to stop
CALLS = "solver"  # how the threads of these calls are named


def run_aside(work: Callable[[], Result], stop: Stop) -> Result | None:
    """What `work` gives back; nothing once `stop` says so (the call then ends by itself and is forgotten).

    The solvers work without holding the interpreter.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again where the caller is
            errors.append(error)

    thread = threading.Thread(target=run, name=CALLS, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(LOOK_SECONDS)
        if thread.is_alive() and stop():
            return None
    if errors:
        raise errors[0]
    return results[0]


def leave(code: int) -> NoReturn:
    """End the process, also while a call that was given up goes on.

    The interpreter would take its thread down inside the solver, which aborts the process whatever its code was.
    """
    if any(thread.name == CALLS for thread in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def until(stop: Stop, seconds: float | None) -> Stop:
    """`stop`, or the end of so many seconds from now."""
    if seconds is None:
        return stop
    end = time.monotonic() + seconds
    return lambda: stop() or time.monotonic() >= end
