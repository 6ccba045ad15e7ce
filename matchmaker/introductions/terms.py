"""Days, quotas and lists under which introductions are made."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path

from matchmaker.errors import InvalidInputError
from matchmaker.introductions.conflicts import Conflicts, KnownConflicts


@dataclass(frozen=True)
class Terms:
    """Periods in days, and a quota; the operator may set them."""

    waiting_days: int = 14  # until an introduction without two yeses has not come about
    reminder_days: int = 3  # before that
    asks_per_week: int = 5  # of one profile for itself, in any seven days
    undo_days: int = 7  # in which an answer recorded from a telephone call can be undone
    rest_days: int = 60  # after an end, before the same side proposes the same again, whatever the end was


@dataclass(frozen=True)
class Reason:
    """An entry of the short list from which a no takes its reason, with its words by language."""

    code: str
    name: dict[str, str]


@dataclass(frozen=True)
class Lists:
    """One version of the lists (see data/introductions/README.md)."""

    version: str
    reasons: tuple[Reason, ...]
    supplying_kinds: frozenset[str]

    def check_reason(self, code: str) -> None:
        """Raise `unknown_code` for a reason that is not in the list."""
        known = [reason.code for reason in self.reasons]
        if code not in known:
            raise InvalidInputError("unknown_code", field="reason", value=code, known=known)


@dataclass(frozen=True)
class Office:
    """What every act needs beside its session: terms, lists, who must not meet whom, the moment."""

    lists: Lists
    now: datetime
    terms: Terms = Terms()
    conflicts: Conflicts = field(default_factory=KnownConflicts)


@cache
def load_lists(directory: Path) -> Lists:
    """The newest version in a folder."""
    newest = max(directory.glob("*.json"), key=lambda path: [int(part) for part in path.stem.split(".")])
    data = json.loads(newest.read_text(encoding="utf-8"))
    reasons = tuple(Reason(item["code"], item["name"]) for item in data["reasons"])
    return Lists(data["version"], reasons, frozenset(data["supplying_kinds"]))
