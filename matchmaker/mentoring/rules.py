"""The state of a request, who may still do what, and how much of a mentor is left. Pure.

open ── yes of both ──► agreed ── a result of either ──► ended        (while something keeps them apart, it stays open)
├── a no, a not now ──► declined
├── taken back by who proposed ──► withdrawn
└── silence for EXPIRES_AFTER ──► expired
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from matchmaker.errors import ConflictError
from matchmaker.mentoring.models import Answer, Mentoring, MentorOffer, Result, Side

EXPIRES_AFTER = timedelta(days=21)
REMINDS_BEFORE = timedelta(days=7)  # the end
REQUESTS_A_WEEK = 5  # that one account proposes; the secretariat is not counted
WEEK = timedelta(days=7)


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    AGREED = "agreed"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Together(StrEnum):
    """What both results say together."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    ONE_SIDED = "one_sided"


def state_of(request: Mentoring, *, now: datetime) -> State:
    """Where a request stands. Silence never counts as yes."""
    answers = {request.mentor_answer, request.mentee_answer}
    if request.ended_at is not None:
        return State.ENDED
    if request.agreed_at is not None:
        return State.AGREED
    if request.withdrawn_at is not None:
        return State.WITHDRAWN
    if answers & {Answer.NO, Answer.NOT_NOW}:
        return State.DECLINED
    return State.EXPIRED if now >= request.expires_at else State.OPEN


def give_answer(request: Mentoring, *, side: Side, answer: Answer, now: datetime, is_free: bool = True) -> State:
    """Write the answer of one side, which it may change until the other has answered; the state after it.

    Unless `is_free`, something keeps the two apart: two yeses then look like one. Raises `mentoring_closed`. The only
    place where an answer changes.
    """
    if state_of(request, now=now) is not State.OPEN:
        raise ConflictError("mentoring_closed", mentoring_id=request.id)
    if side is Side.MENTOR:
        request.mentor_answer = answer
    else:
        request.mentee_answer = answer
    if is_free and has_both(request):
        request.agreed_at = now
    return state_of(request, now=now)


def has_both(request: Mentoring) -> bool:
    """Whether both sides said yes."""
    return {request.mentor_answer, request.mentee_answer} == {Answer.YES}


def settle(request: Mentoring, *, now: datetime) -> bool:
    """Let two yeses count that something held back until now; whether they do."""
    if state_of(request, now=now) is not State.OPEN or not has_both(request):
        return False
    request.agreed_at = now
    return True


def withdraw(request: Mentoring, *, now: datetime) -> None:
    """Take a request back. Raises `mentoring_closed`."""
    if state_of(request, now=now) is not State.OPEN:
        raise ConflictError("mentoring_closed", mentoring_id=request.id)
    request.withdrawn_at = now


def give_result(request: Mentoring, *, side: Side, result: Result, now: datetime) -> None:
    """Write what came of it, as one side tells; the first result ends it and frees the hours.

    Raises `mentoring_not_agreed`.
    """
    if state_of(request, now=now) not in {State.AGREED, State.ENDED}:
        raise ConflictError("mentoring_not_agreed", mentoring_id=request.id)
    if side is Side.MENTOR:
        request.mentor_result = result
    else:
        request.mentee_result = result
    request.ended_at = request.ended_at or now


def together(request: Mentoring) -> Together | None:
    """What both sides say came of it: it counts only when they say the same."""
    told = [result for result in (request.mentor_result, request.mentee_result) if result is not None]
    if not told:
        return None
    if len(told) == 1:
        return Together.ONE_SIDED
    return Together.CONFIRMED if told[0] == told[1] else Together.DISPUTED


def hours_left(offer: MentorOffer, requests: Iterable[Mentoring], *, now: datetime) -> int:
    """Hours a month that a mentor has not promised yet; none while paused."""
    taken = sum(request.hours_a_month for request in requests if state_of(request, now=now) is State.AGREED)
    return 0 if offer.is_paused else max(0, offer.hours_a_month - taken)


def check_new(*, of_the_pair: Iterable[Mentoring], by_the_account: Iterable[Mentoring], now: datetime) -> None:
    """Whether one more may be proposed: one at a time between two, a few a week by one account.

    Raises `mentoring_asked_already`, `mentoring_quota`.
    """
    if any(state_of(request, now=now) in {State.OPEN, State.AGREED} for request in of_the_pair):
        raise ConflictError("mentoring_asked_already")
    if sum(now - request.created_at < WEEK for request in by_the_account) >= REQUESTS_A_WEEK:
        raise ConflictError("mentoring_quota", limit=REQUESTS_A_WEEK)


def is_to_be_reminded(request: Mentoring, *, now: datetime) -> bool:
    """Whether it is still open and ends soon."""
    return state_of(request, now=now) is State.OPEN and now >= request.expires_at - REMINDS_BEFORE


def silent_sides(request: Mentoring) -> tuple[Side, ...]:
    """Who has not answered."""
    answers = ((Side.MENTOR, request.mentor_answer), (Side.MENTEE, request.mentee_answer))
    return tuple(side for side, answer in answers if answer is None)


def profile_of(request: Mentoring, side: Side) -> int:
    """The profile on one side."""
    return request.mentor_id if side is Side.MENTOR else request.mentee_id


def other(side: Side) -> Side:
    """The side opposite."""
    return Side.MENTEE if side is Side.MENTOR else Side.MENTOR
