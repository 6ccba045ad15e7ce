"""The letter that asks whether a lesson may name its reader's member, and what its links answer."""

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Values
from matchmaker.errors import NotFoundError
from matchmaker.lessons.models import Lesson, LessonState
from matchmaker.lessons.naming import NAMED, agree_to_be_named, unname_partner
from matchmaker.lessons.queries import get_lesson
from matchmaker.profiles.speaking import speaks_for

AGREE, REFUSE = "agree", "refuse"


def _named(ask: LetterAsk) -> Values | None:
    """Nothing once it is answered, the lesson withdrawn, or the reader speaks for the member no longer."""
    try:
        full = get_lesson(ask.session, acting=ask.acting, lesson_id=ask.letter.subject_id)
    except NotFoundError:
        return None
    partner = full.partner
    if partner is None or full.lesson.state != LessonState.SHOWN or full.lesson.partner_agreed_at is not None:
        return None
    if not speaks_for(ask.session, acting=ask.acting, profile_id=partner.id or 0):
        return None
    return {"link": ask.page(f"lessons/{full.lesson.id}"), "author": full.author.name, "member": partner.name}


def _lesson(ask: AnswerAsk) -> Lesson:
    """The lesson, while it names a member for which the account speaks; who has refused may refuse again.

    Raises `lesson_unknown`, `answer_unknown`.
    """
    lesson = get_lesson(ask.session, acting=ask.acting, lesson_id=ask.signed.subject_id).lesson
    number = lesson.partner_id or (lesson.unnamed_id if ask.signed.answer == REFUSE else None) or 0
    if not speaks_for(ask.session, acting=ask.acting, profile_id=number):
        raise NotFoundError("answer_unknown")
    return lesson


def _describe(ask: AnswerAsk) -> Values:
    return {"title": _lesson(ask).title}


def _perform(ask: AnswerAsk) -> None:
    lesson, desk = _lesson(ask), ask.service.desk()
    if ask.signed.answer == AGREE:
        agree_to_be_named(ask.session, desk=desk, acting=ask.acting, lesson_id=lesson.id or 0)
    elif lesson.partner_id is not None:
        unname_partner(ask.session, desk=desk, acting=ask.acting, lesson_id=lesson.id or 0)


VALUES = {NAMED: _named}
ANSWERS = {"lesson_naming": AnswerHandler(_describe, _perform)}
