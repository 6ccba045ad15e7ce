"""What time does to introductions: reminders, ends, and the questions after contacts opened. Safe to repeat."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from matchmaker.introductions.keeping import Kept, are_shown, hold, refresh
from matchmaker.introductions.letters import Kind, tell
from matchmaker.introductions.models import Introduction, OutcomeReport, Phase, Side, Word
from matchmaker.introductions.rules import LIVE, MEETING_QUESTION_DAYS, OUTCOME_DAYS, milestones_reached
from matchmaker.introductions.terms import Office

LAST_QUESTION_DAYS = OUTCOME_DAYS[-1] + 30  # after contacts opened; then nobody is asked any more
REMINDED = frozenset({Word.SILENT, Word.NOT_NOW, Word.YES_TO_CONFIRM})
"""Words that a reminder may still change. Whoever said yes or no is left in peace."""


def advance(session: Session, *, office: Office) -> int:
    """Bring every introduction up to the moment; how many were looked at.

    To be called daily or more often; a second call at the same moment changes nothing.
    """
    numbers = unfinished(session)
    for number in numbers:
        advance_one(session, office=office, introduction_id=number)
    return len(numbers)


def advance_one(session: Session, *, office: Office, introduction_id: int) -> None:
    """Bring one introduction up to the moment; a transaction for each keeps nobody waiting."""
    kept = hold(session, introduction_id)
    refresh(session, kept=kept, office=office)
    _remind(session, kept=kept, office=office)
    _ask_after(session, kept=kept, now=office.now)
    session.flush()


def unfinished(session: Session) -> Sequence[int]:
    """The numbers of those that time or circumstances may still change."""
    statement = select(Introduction.id).where(col(Introduction.phase).in_([*LIVE, Phase.OPEN]))
    return [number or 0 for number in session.exec(statement.order_by(col(Introduction.id))).all()]


def _remind(session: Session, *, kept: Kept, office: Office) -> None:
    """Once, before the end, whatever the other side said: a reminder says nothing of it."""
    row, before = kept.row, timedelta(days=office.terms.reminder_days)
    if row.phase not in LIVE or row.paused_at is not None or office.now < row.expires_at - before:
        return
    for side, found in kept.sides.items():
        if found.told_at is not None and found.word in REMINDED:
            tell(session, row=row, side=side, kind=Kind.REMINDER, now=office.now)


def _ask_after(session: Session, *, kept: Kept, now: datetime) -> None:
    opened_at = kept.row.opened_at
    if kept.row.phase != Phase.OPEN or opened_at is None or now > opened_at + timedelta(days=LAST_QUESTION_DAYS):
        return
    if kept.row.paused_at is not None or not are_shown(session, kept):
        return  # what is due is asked once contacts can be read again
    for side, found in kept.sides.items():
        if found.has_met is None and now >= opened_at + timedelta(days=MEETING_QUESTION_DAYS):
            tell(session, row=kept.row, side=side, kind=Kind.MET, now=now)
        for days in milestones_reached(opened_at, now)[-1:]:  # after a gap in running, only the newest question
            _ask_outcome(session, kept=kept, side=side, days=days, now=now)


def _ask_outcome(session: Session, *, kept: Kept, side: Side, days: int, now: datetime) -> None:
    if session.get(OutcomeReport, (kept.id, side, days)) is None:
        tell(session, row=kept.row, side=side, kind=Kind.OUTCOME, now=now, codes={"days": days}, turn=str(days))
