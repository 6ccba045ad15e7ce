"""Letters kept as files: one whose row is erased goes too."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlmodel import Session, col, select

from matchmaker.letters.models import Letter


class LetterFiles(Protocol):
    """Where letters lie as files, each under its Message-ID."""

    def forget_except(self, message_ids: Collection[str]) -> int:
        """Remove every other file and say how many that were."""


class LetterFolder:
    """A folder of `.eml` files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def forget_except(self, message_ids: Collection[str]) -> int:
        """Remove every other file and say how many that were."""
        gone = [path for path in self._folder.glob("*.eml") if path.stem not in message_ids]
        for path in gone:
            path.unlink(missing_ok=True)
        return len(gone)


def sweep_letters(session: Session, files: LetterFiles, *, erased_at: datetime | None = None) -> int:
    """Remove files whose letter has no row. Safe to repeat: a crash before it repeats work and loses none.

    After an erasure those left before it go, too, whomever they went to: they may quote who was erased.
    """
    kept = select(Letter.message_id)
    if erased_at is not None:
        kept = kept.where(col(Letter.sent_at) >= erased_at)
    return files.forget_except(set(session.exec(kept).all()))
