"""After contacts opened: whether they met, and what came of it; each counts when both say the same."""

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError
from matchmaker.introductions.drafts import OutcomeDraft
from matchmaker.introductions.keeping import Kept, apply, held_for, hold
from matchmaker.introductions.models import ConfirmedOutcome, Introduction, OutcomeReport, Side
from matchmaker.introductions.rules import OUTCOME_DAYS, Act, Meeting, meeting_of, milestones_reached
from matchmaker.introductions.telling import ask_lessons
from matchmaker.introductions.terms import Office


def say_met(session: Session, *, office: Office, acting: Acting, introduction_id: int, has_met: bool) -> Kept:
    """Say whether the two have met. Raises `introduction_unknown`, `contacts_not_open`."""
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    apply(session, kept=kept, act=Act.MEET, office=office)
    kept.sides[side].has_met = has_met
    session.add(kept.sides[side])
    session.flush()
    return kept


def settle_meeting(session: Session, *, office: Office, acting: Acting, introduction_id: int, has_met: bool) -> Kept:
    """What the secretariat found where the two sides differ. Raises `only_secretariat`, `not_disputed`."""
    if not acting.is_secretariat:
        raise NotAllowedError("only_secretariat")
    kept = hold(session, introduction_id)
    if meeting(kept) is not Meeting.DISPUTED:
        raise ConflictError("not_disputed")
    kept.row.settled_met = has_met
    session.add(kept.row)
    record_act(
        session, acting=acting, act="meeting_settled", subject="introduction", subject_id=kept.id, now=office.now,
        codes={"has_met": has_met},
    )  # fmt: skip
    return kept


def meeting(kept: Kept) -> Meeting:
    """Whether they met, by what both say."""
    owner, profile = (kept.sides[side].has_met for side in (Side.OWNER, Side.PROFILE))
    return meeting_of(owner=owner, profile=profile, settled=kept.row.settled_met)


def report_outcome(
    session: Session, *, office: Office, acting: Acting, introduction_id: int, draft: OutcomeDraft
) -> Kept:
    """Say what came of it by day 30, 90 or 180. Counted once the other side says the same, and fixed from then on.

    Raises `introduction_unknown`, `contacts_not_open`, `unknown_code`, `outcome_too_early`, `outcome_confirmed`.
    """
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    apply(session, kept=kept, act=Act.REPORT, office=office)
    _check_day(kept.row, days=draft.days, office=office)
    if _confirmed(session, kept, draft.days) is not None:
        raise ConflictError("outcome_confirmed", days=draft.days)
    key = (kept.id, side, draft.days)
    row = session.get(OutcomeReport, key) or OutcomeReport(
        introduction_id=kept.id, side=side, days=draft.days, outcome=draft.outcome, reported_at=office.now
    )
    row.outcome, row.reported_at = draft.outcome, office.now
    session.add(row)
    other = session.get(OutcomeReport, (kept.id, side.other, draft.days))
    if other is not None and other.outcome == draft.outcome:
        confirmed = ConfirmedOutcome(
            introduction_id=kept.id, days=draft.days, outcome=draft.outcome, confirmed_at=office.now
        )
        session.add(confirmed)
        ask_lessons(session, kept=kept, outcome=confirmed, now=office.now)
    session.flush()
    return kept


def _check_day(row: Introduction, *, days: int, office: Office) -> None:
    if days not in OUTCOME_DAYS:
        raise InvalidInputError("unknown_code", field="days", value=days, known=list(OUTCOME_DAYS))
    if row.opened_at is None or days not in milestones_reached(row.opened_at, office.now):
        raise ConflictError("outcome_too_early", days=days)


def _confirmed(session: Session, kept: Kept, days: int) -> ConfirmedOutcome | None:
    statement = select(ConfirmedOutcome).where(
        ConfirmedOutcome.introduction_id == kept.id, ConfirmedOutcome.days == days
    )
    return session.exec(statement).first()
