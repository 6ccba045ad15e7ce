"""For what data is used, and for how long: lists with versions, read from their folders."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from matchmaker.errors import InvalidInputError
from matchmaker.rights.versions import newest


@dataclass(frozen=True)
class Purpose:
    """One use of data. A necessary one cannot be refused apart from the service; a voluntary one can, at any time.

    What ends with a voluntary one: `letters` are groups of letters; `alerts` rest, with their feeds; challenges of
    one's members leave the `feeds` of others.
    """

    code: str
    is_necessary: bool
    text: dict[str, str]
    letters: tuple[str, ...] = ()
    alerts: bool = False
    feeds: bool = False


@dataclass(frozen=True)
class Purposes:
    """The purposes of one version."""

    version: str
    purposes: tuple[Purpose, ...]

    def get(self, code: str) -> Purpose:
        """The purpose of this code. Raises `unknown_code`."""
        for purpose in self.purposes:
            if purpose.code == code:
                return purpose
        known = sorted(purpose.code for purpose in self.purposes)
        raise InvalidInputError("unknown_code", field="purpose", value=code, known=known)


@dataclass(frozen=True)
class Age:
    """Rows of `table` go when `column` is so many days past; where `only` is given, those with these values alone."""

    table: str
    column: str
    days: int
    why: str
    only: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Hold:
    """What must be settled before an erasure, which waits for it at most so many days.

    Where it is not `beyond_deadline`, no longer than the answer to the request may take.
    """

    code: str
    days: int
    beyond_deadline: bool
    why: str


@dataclass(frozen=True)
class Retention:
    """How long things are kept. Between block and erasure lie `erase_after_days`."""

    version: str
    erase_after_days: int
    tables: tuple[Age, ...]
    holds: tuple[Hold, ...] = ()


def load_purposes(directory: Path) -> Purposes:
    """The newest purposes of `data/rights`."""
    data = newest(directory / "purposes")
    return Purposes(data["version"], tuple(map(_purpose, data["purposes"])))


def _purpose(data: dict[str, Any]) -> Purpose:
    return Purpose(**{**data, "letters": tuple(data.get("letters", ()))})


def load_retention(directory: Path) -> Retention:
    """The newest periods of `data/rights`."""
    data = newest(directory / "retention")
    return Retention(
        version=data["version"],
        erase_after_days=data["erase_after_days"],
        tables=tuple(Age(**item) for item in data["tables"]),
        holds=tuple(Hold(**item) for item in data["holds"]),
    )
