"""What a side learned: asked for once both confirmed an outcome, failures included, and told in its own words."""

from datetime import datetime

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import full_challenges
from matchmaker.errors import ConflictError
from matchmaker.introductions.drafts import OutcomeLessonDraft
from matchmaker.introductions.keeping import Kept, held_for
from matchmaker.introductions.letters import Kind, tell
from matchmaker.introductions.models import ConfirmedOutcome, OutcomeLesson, Side
from matchmaker.introductions.terms import Office
from matchmaker.lessons.actions import write_lesson
from matchmaker.lessons.drafts import LessonDraft
from matchmaker.lessons.models import Lesson, Origin
from matchmaker.profiles.actions import Desk


def tell_lesson(
    session: Session, *, desk: Desk, office: Office, acting: Acting, introduction_id: int, draft: OutcomeLessonDraft
) -> Lesson:
    """Write the lesson of a side, one of each. The other side is named to nobody before it agrees.

    Raises `introduction_unknown`, `only_representatives`, `outcome_not_confirmed`, `lesson_told`, and what
    `write_lesson` raises.
    """
    kept, side = held_for(session, acting=acting, introduction_id=introduction_id, office=office)
    if session.exec(select(ConfirmedOutcome.id).where(ConfirmedOutcome.introduction_id == kept.id)).first() is None:
        raise ConflictError("outcome_not_confirmed")
    told = session.get(OutcomeLesson, (kept.id, side))
    if told is not None:
        raise ConflictError("lesson_told", lesson_id=told.lesson_id)
    seen = full_challenges(session, acting=acting, challenge_ids=[kept.row.challenge_id])
    words = LessonDraft(
        **draft.model_dump(exclude={"names_partner"}),
        challenge_id=kept.row.challenge_id if seen else None,
        partner_id=kept.profile_of(side.other) if draft.names_partner else None,
    )
    lesson = write_lesson(
        session, desk=desk, acting=acting, author_id=kept.profile_of(side), draft=words, origin=Origin.OUTCOME
    )
    session.add(OutcomeLesson(introduction_id=kept.id, side=side, lesson_id=lesson.id or 0))
    session.flush()
    return lesson


def ask_lessons(session: Session, *, kept: Kept, outcome: ConfirmedOutcome, now: datetime) -> None:
    """Ask each side that has not told it yet what it learned."""
    codes: dict[str, str | int | bool | None] = {"days": outcome.days, "outcome": outcome.outcome}
    for side in Side:
        if session.get(OutcomeLesson, (kept.id, side)) is None:
            tell(session, row=kept.row, side=side, kind=Kind.LESSON, now=now, codes=codes, turn=str(outcome.days))
