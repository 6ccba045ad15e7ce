"""Files that somebody handed in to be imported: kept in a folder until they expire, with what became of them.

A file holds personal data, so it stays no longer than it is needed: `EXPIRY` after it came, or until it is removed.
"""

import json
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from matchmaker.errors import NotFoundError
from matchmaker.exchange.report import ImportReport, Problem

EXPIRY = timedelta(days=1)
STALLED = timedelta(minutes=5)  # without a sign of life: the process that worked on it has ended
KEY_BYTES = 16
STATE_FILE, CONTENT_FILE = "state.json", "content"
NAME_CHARACTERS = 200


class State(StrEnum):
    """Where a file stands."""

    CHECKING = "checking"
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    FAILED = "failed"  # it could not be read at all: `error` says why


WORKING = frozenset({State.CHECKING, State.IMPORTING})


@dataclass(frozen=True)
class Upload:
    """One file. `headers`: what the reader says a column is, by header; empty means that it is left out."""

    key: str
    name: str
    account_id: int
    kept_at: datetime
    seen_at: datetime
    kind: str = ""
    source: str = ""
    mapping: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    state: State = State.CHECKING
    done: int = 0
    total: int = 0
    report: ImportReport | None = None
    error: str = ""
    error_values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def expires_at(self) -> datetime:
        """When the file goes."""
        return self.kept_at + EXPIRY

    def is_stalled(self, now: datetime) -> bool:
        """Whether whatever worked on it has ended before its end."""
        return self.state in WORKING and now > self.seen_at + STALLED


@dataclass(frozen=True)
class Uploads:
    """The folder of all files."""

    folder: Path

    def keep(self, content: BinaryIO, upload: Upload) -> Upload:
        """Keep a new file."""
        place = self.folder / upload.key
        place.mkdir(parents=True, mode=0o700)
        with (place / CONTENT_FILE).open("wb") as file:
            shutil.copyfileobj(content, file)
        self.save(upload)
        return upload

    def save(self, upload: Upload) -> None:
        """Write what became of a file, whole or not at all."""
        place = self.folder / upload.key
        beside = place / f"{STATE_FILE}.{secrets.token_hex(4)}"
        try:
            beside.write_text(json.dumps(asdict(upload), default=str), encoding="utf-8")
            beside.replace(place / STATE_FILE)
        except FileNotFoundError:  # it was removed meanwhile
            return

    def find(self, key: str) -> Upload:
        """One file. Raises `upload_unknown`."""
        if len(key) != 2 * KEY_BYTES or not key.isalnum():
            raise NotFoundError("upload_unknown")
        try:
            return _read(json.loads((self.folder / key / STATE_FILE).read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError):
            raise NotFoundError("upload_unknown") from None

    def every(self) -> list[Upload]:
        """All files, the newest first."""
        found = [self.find(path.parent.name) for path in self.folder.glob(f"*/{STATE_FILE}")]
        return sorted(found, key=lambda upload: upload.kept_at, reverse=True)

    def content(self, upload: Upload) -> Path:
        """Where the file itself lies."""
        return self.folder / upload.key / CONTENT_FILE

    def remove(self, key: str) -> None:
        """Take a file away. Raises `upload_unknown`."""
        shutil.rmtree(self.folder / self.find(key).key, ignore_errors=True)

    def drop_expired(self, now: datetime) -> int:
        """Take away the files whose time is over; how many."""
        over = [upload for upload in self.every() if upload.expires_at <= now]
        for upload in over:
            self.remove(upload.key)
        return len(over)


def new_upload(*, name: str, account_id: int, now: datetime, kind: str, source: str, mapping: str) -> Upload:
    """A file that has just come."""
    shown = "".join(character for character in name.replace("\\", "/").rpartition("/")[2] if character.isprintable())
    return Upload(
        key=secrets.token_hex(KEY_BYTES), name=shown[-NAME_CHARACTERS:] or "-", account_id=account_id, kept_at=now,
        seen_at=now, kind=kind, source=source, mapping=mapping,
    )  # fmt: skip


def with_choices(upload: Upload, *, kind: str, source: str, headers: Mapping[str, str], now: datetime) -> Upload:
    """A file that is to be checked anew, with what its reader says of it."""
    return replace(
        upload, kind=kind, source=source, headers=dict(headers), state=State.CHECKING, report=None, error="", done=0,
        total=0, seen_at=now,
    )  # fmt: skip


def _read(data: dict[str, Any]) -> Upload:
    report = data["report"]
    if report is not None:
        problems = {name: tuple(Problem(**item) for item in report[name]) for name in ("refused", "notices")}
        report = ImportReport(**{**report, **problems})
    dates = {name: datetime.fromisoformat(data[name]) for name in ("kept_at", "seen_at")}
    return Upload(**{**data, **dates, "state": State(data["state"]), "report": report})
