"""The letter to who is named in a lesson."""

from api.letters.asking import LetterAsk, Values
from matchmaker.errors import NotFoundError
from matchmaker.lessons.actions import NAMED
from matchmaker.lessons.models import LessonState
from matchmaker.lessons.queries import get_lesson
from matchmaker.profiles.queries import represents


def _named(ask: LetterAsk) -> Values | None:
    """Nothing once the name is off, the lesson withdrawn, or the reader acts for the member no longer."""
    try:
        full = get_lesson(ask.session, acting=ask.acting, lesson_id=ask.letter.subject_id)
    except NotFoundError:
        return None
    partner = full.partner
    if partner is None or full.lesson.state != LessonState.SHOWN:
        return None
    if not represents(ask.session, acting=ask.acting, profile_id=partner.id or 0):
        return None
    return {"link": ask.page(f"lessons/{full.lesson.id}"), "author": full.author.name, "member": partner.name}


VALUES = {NAMED: _named}
