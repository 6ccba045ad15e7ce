"""Taking letters to be sent: each claim is one transaction, so that no two processes take the same letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from matchmaker.letters.kinds import DIGEST
from matchmaker.letters.models import Letter, LetterState
from matchmaker.letters.ports import CountriesOf
from matchmaker.letters.readers import last_attempts, readers_of
from matchmaker.letters.rules import (
    DIGEST_LETTERS_AT_MOST,
    TOO_OFTEN,
    Reader,
    gathered,
    leaves_at,
    may_be_gathered,
    why_not,
)
from matchmaker.store.turns import Turn, take_turn

LETTERS_AT_ONCE = 20  # looked at for one claim
CLAIM = timedelta(minutes=15)
"""How long a claim holds: longer than a slow mail server takes. After a crash the letter is taken again."""


@dataclass(frozen=True)
class Claimed:
    """A letter to be sent now, with the letters gathered in it, if any."""

    letter: Letter
    parts: tuple[Letter, ...]
    reader: Reader


def is_due(now: datetime) -> ColumnElement[bool]:
    """The filter of letters that are due."""
    return (col(Letter.state) == LetterState.WAITING) & (col(Letter.not_before) <= now)


def claim_letter(session: Session, *, countries_of: CountriesOf, now: datetime) -> Claimed | None:
    """Take one letter that is due, urgent ones first; put off or cancel those that must not leave now."""
    take_turn(session, Turn.LETTERS)
    due = _due(session, now)
    readers = readers_of(session, due, countries_of)
    last = last_attempts(session, [letter.account_id for letter in due if letter.account_id is not None])
    for letter in due:
        _judge(letter, readers[letter.id or 0], last.get(letter.account_id or 0), now)
    leaving = [letter for letter in due if letter.state == LetterState.WAITING and letter.not_before <= now]
    claimed = None
    for bundle in gathered(leaving)[:1]:
        claimed = _claimed(session, _bundled(session, bundle, now), readers[bundle[0].id or 0], now)
    session.flush()
    return claimed


def _judge(letter: Letter, reader: Reader, last: datetime | None, now: datetime) -> None:
    """Cancel a letter that must not leave, or say from when on it may."""
    letter.remark = why_not(letter, reader)
    if letter.remark:
        letter.state = LetterState.GIVEN_UP if letter.remark == TOO_OFTEN else LetterState.CANCELLED
    else:
        letter.not_before = leaves_at(letter, reader, last=last, now=now)


def _due(session: Session, now: datetime) -> list[Letter]:
    """The next letters, and whatever else waits for the readers among them: what is gathered is gathered whole."""
    order = (col(Letter.is_urgent).desc(), col(Letter.id))
    first = session.exec(select(Letter).where(is_due(now)).order_by(*order).limit(LETTERS_AT_ONCE)).all()
    accounts = {letter.account_id for letter in first if may_be_gathered(letter)}
    known = [letter.id for letter in first]
    beside = (
        select(Letter)
        .where(is_due(now), col(Letter.account_id).in_(accounts), col(Letter.id).not_in(known))
        .where(col(Letter.is_urgent).is_(False), Letter.attempts == 0)
        .order_by(*order)
        .limit(DIGEST_LETTERS_AT_MOST)
    )
    return [*first, *(session.exec(beside).all() if accounts else [])]


def _bundled(session: Session, bundle: Sequence[Letter], now: datetime) -> Letter:
    """What leaves: a letter alone, or a digest of several."""
    if len(bundle) == 1:
        return bundle[0]
    digest = Letter(account_id=bundle[0].account_id, kind=DIGEST, not_before=now, created_at=now)
    session.add(digest)
    session.flush()
    for letter in bundle:
        letter.state, letter.digest_id = LetterState.GATHERED, digest.id
    return digest


def _claimed(session: Session, letter: Letter, reader: Reader, now: datetime) -> Claimed:
    letter.attempts += 1
    letter.attempted_at = now
    letter.not_before = now + CLAIM
    session.add(letter)
    session.flush()
    return Claimed(letter, parts_of(session, letter), reader)


def parts_of(session: Session, letter: Letter) -> tuple[Letter, ...]:
    """The letters gathered in a digest."""
    if letter.kind != DIGEST:
        return ()
    return tuple(session.exec(select(Letter).where(Letter.digest_id == letter.id).order_by(col(Letter.id))).all())
