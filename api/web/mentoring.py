"""Mentoring as pages: one request with everything its reader may know."""

from collections.abc import Collection, Sequence

from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.mentoring_views import MentoringPage, MentoringSide
from api.web.pieces import ChallengeLine, Choice
from api.web.typed import Typed
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotFoundError
from matchmaker.mentoring.models import Answer, Mentoring, Proposer, Result, Side
from matchmaker.mentoring.queries import Contact, get_mentoring, sides_of
from matchmaker.mentoring.rules import State, profile_of, silent_sides, state_of, together
from matchmaker.profiles.queries import full_profiles

NOTHING = Typed()
AGREED = frozenset({State.AGREED, State.ENDED})


def mentoring_page(
    asked: Asked, mentoring_id: int, *, typed: Typed = NOTHING, contacts: Sequence[Contact] | None = None,
    done: str = "",
) -> MentoringPage:  # fmt: skip
    """One request, with its form as it was filled in. Raises `sign_in_needed`, `mentoring_unknown`."""
    acting, session = asked.signed_in(), asked.session
    row = get_mentoring(session, acting=acting, mentoring_id=mentoring_id)
    own, state = sides_of(session, acting=acting, request=row), state_of(row, now=asked.service.clock())
    answer, result = str(typed.get("answer") or _answer(row, own)), str(typed.get("result") or _result(row, own))
    mentor, mentee = (_side(asked, row, side, own, state) for side in Side)
    return MentoringPage(
        language=asked.language,
        frame=asked.frame("mentoring", form="page-form" if typed.errors else ""),
        id=mentoring_id,
        sides=(mentor, mentee),
        state=state.value,
        waits_for_you=state is State.OPEN and bool(set(own) & set(silent_sides(row))),
        proposer=row.proposer,
        hours=row.hours_a_month,
        message=row.message,
        created_at=row.created_at,
        expires_at=row.expires_at,
        together=together(row) or "",
        acts=_acts(row, own, state, is_secretariat=acting.is_secretariat),
        answers=tuple(Choice(each, each, each == answer) for each in Answer),
        results=tuple(Choice(each, each, each == result) for each in Result),
        contacts=None if contacts is None else tuple((each.name, each.email) for each in contacts),
        challenge=_challenge(asked, row.challenge_id),
        typed=typed,
        done=done,
    )


def _challenge(asked: Asked, challenge_id: int | None) -> ChallengeLine | None:
    """The challenge that it is about, while the reader may read it."""
    if challenge_id is None:
        return None
    try:
        challenge = get_challenge(asked.session, acting=asked.acting, challenge_id=challenge_id).challenge
    except NotFoundError:
        return None
    return challenge_line(challenge, owners_of(asked.session, [challenge], acting=asked.acting))


def _side(asked: Asked, row: Mentoring, side: Side, own: Collection[Side], state: State) -> MentoringSide:
    """A side, with its answer where that is the reader's own, or once both have said yes."""
    number, is_own = profile_of(row, side), side in own
    found = full_profiles(asked.session, acting=asked.acting, profile_ids=[number])
    word = (_answer(row, [side]) or "silent") if is_own else Answer.YES if state in AGREED else ""
    agent = named(found[number].profile) if number in found else None
    return MentoringSide(side, agent, is_own, str(word), _result(row, [side]) if is_own else "")


def _answer(row: Mentoring, own: Sequence[Side]) -> str:
    said = {Side.MENTOR: row.mentor_answer, Side.MENTEE: row.mentee_answer}
    return next((said[side] or "" for side in own), "")


def _result(row: Mentoring, own: Sequence[Side]) -> str:
    said = {Side.MENTOR: row.mentor_result, Side.MENTEE: row.mentee_result}
    return next((said[side] or "" for side in own), "")


def _acts(row: Mentoring, own: Collection[Side], state: State, *, is_secretariat: bool) -> frozenset[str]:
    """What the reader may do now; the same whatever the other side said."""
    is_proposer = row.proposer in own or (row.proposer == Proposer.SECRETARIAT and is_secretariat)
    if state is State.OPEN:
        asked_of = {side for side in own if side != row.proposer}
        return frozenset(({"answer"} if asked_of else set()) | ({"withdraw"} if is_proposer else set()))
    return frozenset({"contacts", "result"} if own and state in AGREED else ())
