"""What each reader may know of an introduction. Pure.

A side sees its own word and nothing of the other's until both said yes. No, silence, hold and seal look alike.
"""

from dataclasses import dataclass
from enum import StrEnum

from matchmaker.introductions.models import Introduction, IntroductionSide, Phase, Side, Word


class Seen(StrEnum):
    """Where an introduction stands, as either side sees it."""

    WAITING = "waiting"
    PAUSED = "paused"  # the challenge's procurement is open, as anyone can read in the challenge
    OPEN = "open"
    CLOSED = "closed"  # contacts were open; why they no longer are is not told
    DID_NOT_COME_ABOUT = "did_not_come_about"


@dataclass(frozen=True)
class Said:
    """An answer as a reader may read it."""

    side: Side
    answer: Word
    reason: str
    words: str
    shares_words: bool
    is_recorded: bool


def seen_state(row: Introduction) -> Seen:
    """The same for both sides."""
    if row.phase == Phase.ENDED:
        return Seen.DID_NOT_COME_ABOUT
    if row.phase == Phase.CLOSED:
        return Seen.CLOSED
    if row.paused_at is not None:
        return Seen.PAUSED
    return Seen.OPEN if row.phase == Phase.OPEN else Seen.WAITING


def readable(row: Introduction, said: IntroductionSide, *, reader: Side | None) -> Said | None:
    """An answer for a reader: the side named, or the secretariat (None), which reads all."""
    side = Side(said.side)
    if reader is None or reader is side:
        return Said(
            side=side,
            answer=Word(said.word),
            reason=said.reason,
            words=said.words,
            shares_words=said.shares_words,
            is_recorded=said.recorded_at is not None,
        )
    is_shared_no = row.phase == Phase.ENDED and said.word == Word.NO and said.shares_words
    if row.phase == Phase.OPEN or is_shared_no:
        return Said(side, Word(said.word), "", said.words, said.shares_words, is_recorded=False)
    return None
