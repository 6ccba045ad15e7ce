"""Letters about mentoring, and the answers that their links give."""

from collections.abc import Callable
from functools import partial

from api.letters.asking import AnswerAsk, AnswerHandler, LetterAsk, Phrase, Value, Values, ValuesOf
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.mentoring import actions
from matchmaker.mentoring.models import Answer, Mentoring, Proposer, Side
from matchmaker.mentoring.queries import get_mentoring, sides_of
from matchmaker.mentoring.rules import State, other, profile_of, silent_sides, state_of
from matchmaker.profiles.models import Profile

Told = Callable[[LetterAsk, Mentoring, Side], Values | None]


def _told(told: Told, ask: LetterAsk) -> Values | None:
    """Nothing when the reader speaks for that side no longer."""
    row = _seen(ask)
    side = ask.letter.codes.get("side")
    own = () if row is None else sides_of(ask.session, acting=ask.acting, request=row)
    values = told(ask, row, Side(side)) if row is not None and side in own else None
    return None if values is None else {"link": ask.page(f"mentorings/{ask.letter.subject_id}"), **values}


def _seen(ask: LetterAsk) -> Mentoring | None:
    try:
        return get_mentoring(ask.session, acting=ask.acting, mentoring_id=ask.letter.subject_id)
    except NotFoundError:
        return None


def _name(ask: LetterAsk, row: Mentoring, side: Side) -> str:
    return ask.session.get_one(Profile, profile_of(row, side)).name


def _proposed(ask: LetterAsk, row: Mentoring, side: Side) -> Values | None:
    if state_of(row, now=ask.now) is not State.OPEN or side not in silent_sides(row):
        return None
    return {
        "proposer": _proposer(ask, row, side),
        "mentor": _name(ask, row, Side.MENTOR),
        "mentee": _name(ask, row, Side.MENTEE),
        "message": row.message,
        "expires": row.expires_at,
    }


def _proposer(ask: LetterAsk, row: Mentoring, side: Side) -> Value:
    if row.proposer == Proposer.SECRETARIAT:
        return Phrase("word.the_secretariat")
    return _name(ask, row, other(side))


def _agreed(ask: LetterAsk, row: Mentoring, side: Side) -> Values | None:
    """Who it is. Contacts are read on the page."""
    return {"other": _name(ask, row, other(side))} if state_of(row, now=ask.now) is State.AGREED else None


def _result_asked(ask: LetterAsk, row: Mentoring, side: Side) -> Values | None:
    said = row.mentor_result if side is Side.MENTOR else row.mentee_result
    return None if said is not None else {"other": _name(ask, row, other(side))}


def _declined(ask: LetterAsk) -> Values | None:
    row = _seen(ask)
    if row is None or state_of(row, now=ask.now) is not State.DECLINED:
        return None
    return {"link": ask.page("mentors")}


def _request(ask: AnswerAsk) -> tuple[Mentoring, Side]:
    """Raise `mentoring_unknown`, `not_your_answer` unless the account speaks for the side of the letter."""
    number, side = ask.signed.subject_id, ask.signed.codes.get("side")
    row = get_mentoring(ask.session, acting=ask.acting, mentoring_id=number)
    if side not in sides_of(ask.session, acting=ask.acting, request=row):
        raise NotAllowedError("not_your_answer", mentoring_id=number)
    return row, Side(side)


def _is_answered(ask: AnswerAsk, row: Mentoring, side: Side) -> bool:
    """Whether this very answer stands."""
    return ask.signed.answer == (row.mentor_answer if side is Side.MENTOR else row.mentee_answer)


def _describe(ask: AnswerAsk) -> Values:
    row, side = _request(ask)
    if state_of(row, now=ask.now) is not State.OPEN and not _is_answered(ask, row, side):
        raise ConflictError("mentoring_closed", mentoring_id=row.id)
    return {}


def _perform(ask: AnswerAsk) -> None:
    row, side = _request(ask)
    if not _is_answered(ask, row, side):
        answer, number = Answer(ask.signed.answer), ask.signed.subject_id
        actions.answer_mentoring(
            ask.session, acting=ask.acting, mentoring_id=number, answer=answer, lists=ask.service.lists, now=ask.now
        )


VALUES: dict[str, ValuesOf] = {
    actions.PROPOSED: partial(_told, _proposed),
    actions.REMINDER: partial(_told, _proposed),
    actions.AGREED: partial(_told, _agreed),
    actions.RESULT_ASKED: partial(_told, _result_asked),
    actions.DECLINED: _declined,
}
ANSWERS = {"mentoring_answer": AnswerHandler(_describe, _perform)}
