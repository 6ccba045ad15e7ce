"""Asking for letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaker.letters.kinds import GROUPS
from matchmaker.letters.models import Letter


def write_letter(
    session: Session,
    *,
    kind: str,
    now: datetime,
    account_id: int | None = None,
    address: str = "",
    subject_id: int = 0,
    codes: Mapping[str, str | int | bool | None] | None = None,
    is_urgent: bool = False,
    key: str | None = None,
) -> Letter | None:
    """Leave a letter in the transaction of the act that causes it; nothing when one with this `key` exists.

    `codes` hold ids and codes, never words of people: those are read when the letter leaves; to an address without an
    account they may say its `language` and `country`. Raises ValueError for a kind that nobody could write.
    """
    letter = Letter(
        account_id=account_id, address=address, kind=kind, subject_id=subject_id, codes=dict(codes or {}),
        is_urgent=is_urgent, key=key, not_before=now, created_at=now,
    )  # fmt: skip
    written = write_letters(session, [letter])
    return written[0] if written else None


def write_letters(session: Session, letters: Sequence[Letter]) -> list[Letter]:
    """Leave many in as many statements as one: those whose key no letter has had. Raises as `write_letter`."""
    for letter in letters:
        if letter.kind not in GROUPS:
            raise ValueError(letter.kind)
    keys = {letter.key for letter in letters if letter.key is not None}
    known = set(session.exec(select(Letter.key).where(col(Letter.key).in_(keys))).all()) if keys else set()
    written = [letter for letter in letters if letter.key not in known or letter.key is None]
    session.add_all(written)
    session.flush()
    return written


def forget_letters(session: Session, *, kind: str, subject_id: int) -> None:
    """Erase the letters on a matter that a reader wants nothing of; their files go with the next sweep."""
    session.exec(delete(Letter).where(col(Letter.kind) == kind, col(Letter.subject_id) == subject_id))
