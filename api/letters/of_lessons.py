"""The letter to who is to be named in a lesson, and the answers that its links give."""

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Values
from matchmaker.errors import NotFoundError
from matchmaker.lessons.actions import NAMED, agree_to_be_named, unname_partner
from matchmaker.lessons.models import LessonState
from matchmaker.lessons.queries import FullLesson, get_lesson
from matchmaker.profiles.queries import represents
from matchmaker.profiles.speaking import speaks_for

AGREE = "agree"


def _named(ask: LetterAsk) -> Values | None:
    """Nothing once it was answered, the lesson withdrawn, or the reader acts for the member no longer."""
    try:
        full = get_lesson(ask.session, acting=ask.acting, lesson_id=ask.letter.subject_id)
    except NotFoundError:
        return None
    member = full.asked
    if member is None or full.lesson.state != LessonState.SHOWN:
        return None
    if not represents(ask.session, acting=ask.acting, profile_id=member.id or 0):
        return None
    return {"link": ask.page(f"lessons/{full.lesson.id}"), "author": full.author.name, "member": member.name}


def _lesson(ask: AnswerAsk) -> FullLesson:
    return get_lesson(ask.session, acting=ask.acting, lesson_id=ask.signed.subject_id)


def _is_done(ask: AnswerAsk, full: FullLesson) -> bool:
    """Whether this very answer stands."""
    lesson, own = full.lesson, ask.acting
    if ask.signed.answer == AGREE:
        number = lesson.partner_id if lesson.partner_agreed_at is not None else None
    else:
        number = lesson.unnamed_id if lesson.partner_id is None else None
    return number is not None and represents(ask.session, acting=own, profile_id=number)


def _describe(ask: AnswerAsk) -> Values:
    full = _lesson(ask)
    if not (_is_done(ask, full) or speaks_for(ask.session, acting=ask.acting, profile_id=full.lesson.partner_id or 0)):
        raise NotFoundError("answer_unknown")
    return {"author": full.author.name, "title": full.lesson.title}


def _perform(ask: AnswerAsk) -> None:
    if not _is_done(ask, _lesson(ask)):
        act = agree_to_be_named if ask.signed.answer == AGREE else unname_partner
        act(ask.session, desk=ask.service.desk(), acting=ask.acting, lesson_id=ask.signed.subject_id)


VALUES = {NAMED: _named}
ANSWERS = {"lesson_partner": AnswerHandler(_describe, _perform)}
