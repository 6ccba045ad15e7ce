"""Who is written to, of what kind, about which introduction. Words are written when a letter leaves."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from matchmaker.introductions.models import Introduction, IntroductionSide, Side, Word
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.speaking import speakers_of


class Kind(StrEnum):
    """Letters about introductions."""

    PROPOSED = "introduction_proposed"
    QUESTION = "introduction_question"
    BOTH_YES = "introduction_answered_both_yes"
    REMINDER = "introduction_reminder"
    EXPIRED = "introduction_expired"
    CLOSED = "introduction_closed"
    RECORDED = "introduction_recorded_by_phone"
    MET = "meeting_met_question"
    OUTCOME = "outcome_question"
    LESSON = "lesson_asked"
    SHUT = "contacts_closed"


def tell(
    session: Session,
    *,
    row: Introduction,
    side: Side,
    kind: Kind,
    now: datetime,
    codes: Mapping[str, str | int | bool | None] | None = None,
    turn: str = "",
) -> None:
    """Write to all who speak for a side; once for the same `turn` however often it is asked for."""
    profile_id = row.owner_id if side is Side.OWNER else row.profile_id
    for account in speakers_of(session, profile_id=profile_id):
        write_letter(
            session,
            kind=kind,
            now=now,
            account_id=account.id,
            subject_id=row.id or 0,
            codes={"side": side, **(codes or {})},
            key=f"{kind}:{row.id}:{account.id}:{turn}",
        )


def tell_proposed(session: Session, *, row: Introduction, side: Side, now: datetime) -> None:
    """Ask a side for its answer."""
    tell(session, row=row, side=side, kind=Kind.PROPOSED, now=now)


def tell_opened(session: Session, *, row: Introduction, now: datetime, turn: str = "") -> None:
    """Tell both that both said yes; again in another `turn`, when what stood in the way of contacts is over."""
    for side in Side:
        tell(session, row=row, side=side, kind=Kind.BOTH_YES, now=now, turn=turn)


def tell_closed(session: Session, *, row: Introduction, now: datetime) -> None:
    """Tell both alike that contacts are no longer open, whoever or whatever closed them."""
    for side in Side:
        tell(session, row=row, side=side, kind=Kind.SHUT, now=now)


def tell_end(session: Session, *, row: Introduction, sides: Mapping[Side, IntroductionSide], now: datetime) -> None:
    """Tell those who knew of it that it did not come about; those who kept silent, that nothing was said for them.

    Which of the two letters a side gets depends on its own word alone.
    """
    for side, found in sides.items():
        if found.told_at is not None:
            is_silent = found.word in {Word.SILENT, Word.YES_TO_CONFIRM}
            kind = Kind.EXPIRED if is_silent and now >= row.expires_at else Kind.CLOSED
            tell(session, row=row, side=side, kind=kind, now=now)
