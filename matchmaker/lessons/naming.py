"""Naming a partner in a lesson: it is asked by letter, agrees or refuses, and is shown to others once it has agreed."""

from sqlmodel import Session, select

from matchmaker.accounts.models import Acting
from matchmaker.audit.actions import record_act
from matchmaker.errors import NotAllowedError
from matchmaker.lessons.models import Lesson
from matchmaker.lessons.queries import get_lesson
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.speaking import speakers_of, speaks_for
from matchmaker.store.outbox import Topic, leave_message

NAMED = "lesson_names_you"


def agree_to_be_named(session: Session, *, desk: Desk, acting: Acting, lesson_id: int) -> Lesson:
    """Let a lesson name the partner for which the account speaks. Raises `lesson_unknown`, `not_named_there`."""
    lesson = _naming(session, acting=acting, lesson_id=lesson_id)
    if lesson.partner_agreed_at is None:
        lesson.partner_agreed_at = desk.now
        _note(session, desk=desk, acting=acting, lesson=lesson, act="lesson_partner_agreed")
    return lesson


def unname_partner(session: Session, *, desk: Desk, acting: Acting, lesson_id: int) -> Lesson:
    """Take the partner's name off a lesson: the partner's own right. Raises `lesson_unknown`, `not_named_there`."""
    lesson = _naming(session, acting=acting, lesson_id=lesson_id)
    _note(session, desk=desk, acting=acting, lesson=lesson, act="lesson_partner_unnamed")
    lesson.partner_id, lesson.unnamed_id, lesson.partner_agreed_at = None, lesson.partner_id, None
    touch(session, desk=desk, lesson=lesson)
    return lesson


def ask_partner(session: Session, *, desk: Desk, lesson: Lesson) -> None:
    """Ask those who speak for the partner whether these words may name it."""
    lesson.partner_agreed_at = None
    for account in speakers_of(session, profile_id=lesson.partner_id or 0):
        key = f"{NAMED}-{lesson.id}-{lesson.version}-{account.id}"
        write_letter(session, kind=NAMED, account_id=account.id, subject_id=lesson.id or 0, key=key, now=desk.now)


def touch(session: Session, *, desk: Desk, lesson: Lesson) -> None:
    """Save a lesson that has changed, and let the index know."""
    lesson.version += 1
    lesson.updated_at = desk.now
    session.add(lesson)
    session.flush()
    leave_message(session, topic=Topic.INDEX_LESSON, subject_id=lesson.id or 0, now=desk.now)


def _naming(session: Session, *, acting: Acting, lesson_id: int) -> Lesson:
    """A lesson that names a member for which the account speaks, agreed or not; nobody else changes it now."""
    session.exec(select(Lesson.id).where(Lesson.id == lesson_id).with_for_update())
    lesson = get_lesson(session, acting=acting, lesson_id=lesson_id).lesson
    session.refresh(lesson)
    if lesson.partner_id is None or not speaks_for(session, acting=acting, profile_id=lesson.partner_id):
        raise NotAllowedError("not_named_there", lesson_id=lesson_id)
    return lesson


def _note(session: Session, *, desk: Desk, acting: Acting, lesson: Lesson, act: str) -> None:
    codes = {"partner_id": lesson.partner_id}
    record_act(session, acting=acting, act=act, subject="lesson", subject_id=lesson.id or 0, now=desk.now, codes=codes)
