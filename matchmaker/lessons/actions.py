"""Writing, correcting, withdrawing and erasing lessons: the words belong to their author."""

from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotAllowedError
from matchmaker.languages import detect
from matchmaker.lessons.drafts import LessonDraft
from matchmaker.lessons.models import Lesson, LessonState, Origin
from matchmaker.lessons.queries import get_lesson
from matchmaker.letters.actions import write_letter
from matchmaker.places.actions import locate
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.models import Representation
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.profiles.speaking import speaks_for
from matchmaker.store.outbox import Topic, leave_message
from matchmaker.taxonomy.models import Concern
from matchmaker.taxonomy.rules import check_code

NAMED = "lesson_names_you"


def write_lesson(
    session: Session, *, desk: Desk, acting: Acting, author_id: int, draft: LessonDraft, origin: Origin = Origin.FREE
) -> Lesson:
    """Write a lesson of a profile for which the account acts; `origin` is said by whoever knows of an outcome.

    Raises `profile_unknown`, `not_your_profile`, `challenge_unknown`, `unknown_code`, place errors.
    """
    if acting.role is None:
        raise NotAllowedError("sign_in_needed")
    get_profile(session, acting=acting, profile_id=author_id)
    if not represents(session, acting=acting, profile_id=author_id):
        raise NotAllowedError("not_your_profile", profile_id=author_id)
    lesson = Lesson(
        author_id=author_id, origin=origin, language="", title="", context="", tried="", result="", would_repeat="",
        version=0, created_at=desk.now, updated_at=desk.now,
    )  # fmt: skip
    _write(session, desk=desk, acting=acting, lesson=lesson, draft=draft)
    return lesson


def edit_lesson(session: Session, *, desk: Desk, acting: Acting, lesson_id: int, draft: LessonDraft) -> Lesson:
    """Replace a lesson's words. Raises `lesson_unknown`, `not_your_lesson`, and what `write_lesson` does."""
    lesson = _own(session, acting=acting, lesson_id=lesson_id)
    _write(session, desk=desk, acting=acting, lesson=lesson, draft=draft)
    return lesson


def set_lesson_state(session: Session, *, desk: Desk, acting: Acting, lesson_id: int, state: LessonState) -> Lesson:
    """Withdraw a lesson, or show it again. Raises `lesson_unknown`, `not_your_lesson`."""
    lesson = _own(session, acting=acting, lesson_id=lesson_id)
    lesson.state = state
    _touch(session, desk=desk, lesson=lesson)
    return lesson


def erase_lesson(session: Session, *, desk: Desk, acting: Acting, lesson_id: int) -> None:
    """Erase a lesson with all its words. Raises `lesson_unknown`, `not_your_lesson`."""
    lesson = _own(session, acting=acting, lesson_id=lesson_id)
    session.delete(lesson)
    session.flush()
    leave_message(session, topic=Topic.INDEX_LESSON, subject_id=lesson_id, now=desk.now)


def erase_lessons_of(session: Session, *, author_id: int, now: datetime) -> int:
    """Erase all lessons of a profile, for the erasure of the profile itself; say how many there were."""
    rows = session.exec(select(Lesson).where(Lesson.author_id == author_id)).all()
    for row in rows:
        session.delete(row)
        leave_message(session, topic=Topic.INDEX_LESSON, subject_id=row.id or 0, now=now)
    session.flush()
    return len(rows)


def agree_to_be_named(session: Session, *, desk: Desk, acting: Acting, lesson_id: int) -> Lesson:
    """Let a lesson name its partner from now on: the partner's own word. Raises `lesson_unknown`, `not_named_there`."""
    lesson = _named(session, acting=acting, lesson_id=lesson_id)
    if lesson.partner_agreed_at is None:
        lesson.partner_agreed_at = desk.now
        codes = {"partner_id": lesson.partner_id}
        record_act(session, acting=acting, act="lesson_partner_agreed", subject="lesson", subject_id=lesson_id,
                   now=desk.now, codes=codes)  # fmt: skip
        _touch(session, desk=desk, lesson=lesson)
    return lesson


def unname_partner(session: Session, *, desk: Desk, acting: Acting, lesson_id: int) -> Lesson:
    """Take the partner's name off a lesson: the partner's own right. Raises `lesson_unknown`, `not_named_there`."""
    lesson = _named(session, acting=acting, lesson_id=lesson_id)
    codes = {"partner_id": lesson.partner_id}
    record_act(session, acting=acting, act="lesson_partner_unnamed", subject="lesson", subject_id=lesson_id,
               now=desk.now, codes=codes)  # fmt: skip
    lesson.partner_id, lesson.partner_agreed_at, lesson.unnamed_id = None, None, lesson.partner_id
    _touch(session, desk=desk, lesson=lesson)
    return lesson


def _named(session: Session, *, acting: Acting, lesson_id: int) -> Lesson:
    """A lesson that names a member for which the account speaks, agreed or not; nobody else changes it now."""
    session.exec(select(Lesson.id).where(Lesson.id == lesson_id).with_for_update())
    lesson = get_lesson(session, acting=acting, lesson_id=lesson_id).lesson
    session.refresh(lesson)
    if lesson.partner_id is None or not speaks_for(session, acting=acting, profile_id=lesson.partner_id):
        raise NotAllowedError("not_named_there", lesson_id=lesson_id)
    return lesson


def _own(session: Session, *, acting: Acting, lesson_id: int) -> Lesson:
    """A lesson whose author the account acts for: the secretariat, too, leaves the words of others alone."""
    lesson = get_lesson(session, acting=acting, lesson_id=lesson_id).lesson
    if not represents(session, acting=acting, profile_id=lesson.author_id):
        raise NotAllowedError("not_your_lesson", lesson_id=lesson_id)
    return lesson


def _write(session: Session, *, desk: Desk, acting: Acting, lesson: Lesson, draft: LessonDraft) -> None:
    _check_named(session, acting=acting, lesson=lesson, draft=draft)
    for area in draft.areas:
        check_code(desk.taxonomy, Concern.AREAS, area, field="areas")
    is_newly_named = draft.partner_id not in {None, lesson.partner_id, lesson.author_id}
    if draft.partner_id != lesson.partner_id:
        lesson.partner_agreed_at = desk.now if draft.partner_id == lesson.author_id else None
    copied = ("challenge_id", "partner_id", "partner_name", "title", "context", "tried", "result")
    for name in (*copied, "is_failure", "cost_band", "would_repeat", "year"):
        setattr(lesson, name, getattr(draft, name))
    lesson.language = draft.language or detect(draft.words).language
    lesson.areas = list(dict.fromkeys(draft.areas))
    lesson.taxonomy_version = desk.taxonomy.version
    locate(session, finder=desk.finder, draft=draft.place, row=lesson)
    _touch(session, desk=desk, lesson=lesson)
    if is_newly_named:
        _tell_partner(session, desk=desk, lesson=lesson)


def _check_named(session: Session, *, acting: Acting, lesson: Lesson, draft: LessonDraft) -> None:
    """Raise unless challenge and partner may be named; what the row names already stays as it is."""
    if draft.partner_id is not None and draft.partner_id == lesson.unnamed_id:
        raise NotAllowedError("partner_not_to_be_named", partner_id=draft.partner_id)
    if draft.challenge_id not in {None, lesson.challenge_id}:
        get_challenge(session, acting=acting, challenge_id=draft.challenge_id or 0)
    if draft.partner_id not in {None, lesson.partner_id}:
        get_profile(session, acting=acting, profile_id=draft.partner_id or 0)


def _tell_partner(session: Session, *, desk: Desk, lesson: Lesson) -> None:
    spoken_for = select(Representation.account_id).where(Representation.profile_id == lesson.partner_id)
    for account_id in session.exec(spoken_for.order_by(col(Representation.account_id))).all():
        key = f"{NAMED}-{lesson.id}-{lesson.partner_id}-{account_id}"
        write_letter(session, kind=NAMED, account_id=account_id, subject_id=lesson.id or 0, key=key, now=desk.now)


def _touch(session: Session, *, desk: Desk, lesson: Lesson) -> None:
    lesson.version += 1
    lesson.updated_at = desk.now
    session.add(lesson)
    session.flush()
    leave_message(session, topic=Topic.INDEX_LESSON, subject_id=lesson.id or 0, now=desk.now)
