"""Exit codes, and what the machine refuses."""

from enum import IntEnum

from matchmaker.errors import DomainError


class ExitCode(IntEnum):
    """What a script may trust. Anything else is a fault of the program."""

    DONE = 0
    NOT_ALL = 1  # done, and something is not as it should be: refused rows, an index that disagrees
    REFUSED = 2  # not done: the command or its input has to change
    CANNOT = 3  # not done: the machine has to change (database, model, index, port)
    BROKEN = 70  # a fault of the program (EX_SOFTWARE of sysexits.h)
    INTERRUPTED = 130


class SetUpError(DomainError):
    """The machine is not ready for the command; the sentence of `error.<code>` says what to do."""
