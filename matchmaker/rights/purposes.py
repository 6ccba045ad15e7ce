"""For what data is used, and for how long: lists with versions, read from their folders."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaker.errors import InvalidInputError


@dataclass(frozen=True)
class Purpose:
    """One use of data. A necessary one cannot be refused apart from the service; a voluntary one can, at any time."""

    code: str
    is_necessary: bool
    text: dict[str, str]


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
    """Rows of `table` go when `column` is so many days past."""

    table: str
    column: str
    days: int
    why: str


@dataclass(frozen=True)
class Retention:
    """How long things are kept. Between block and erasure lie `erase_after_days`."""

    version: str
    erase_after_days: int
    tables: tuple[Age, ...]


def load_purposes(directory: Path) -> Purposes:
    """The newest purposes of `data/rights`."""
    data = _newest(directory / "purposes")
    return Purposes(data["version"], tuple(Purpose(**item) for item in data["purposes"]))


def load_retention(directory: Path) -> Retention:
    """The newest periods of `data/rights`."""
    data = _newest(directory / "retention")
    return Retention(data["version"], data["erase_after_days"], tuple(Age(**item) for item in data["tables"]))


def _newest(directory: Path) -> dict[str, Any]:
    newest = max(directory.glob("*.json"), key=lambda path: [int(part) for part in path.stem.split(".")])
    data: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
    return data
