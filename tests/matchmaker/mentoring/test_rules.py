"""The states of a request, over all orders of acts."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.errors import ConflictError
from matchmaker.mentoring.models import Answer, Mentoring, MentorOffer, Result, Side
from matchmaker.mentoring.rules import (
    EXPIRES_AFTER,
    REQUESTS_A_WEEK,
    State,
    Together,
    check_new,
    give_answer,
    give_result,
    hours_left,
    is_to_be_reminded,
    silent_sides,
    state_of,
    together,
    withdraw,
)
from tests.factories import NOW

DAY = timedelta(days=1)
LAST = {State.DECLINED, State.WITHDRAWN, State.EXPIRED}
FOLLOWS = {
    State.OPEN: {State.OPEN, State.AGREED, *LAST},
    State.AGREED: {State.AGREED, State.ENDED},
    State.ENDED: {State.ENDED},
    State.DECLINED: {State.DECLINED},
    State.WITHDRAWN: {State.WITHDRAWN},
    State.EXPIRED: {State.EXPIRED},
}
ACTS = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(Side), st.sampled_from(Answer)),
    st.tuples(st.just("result"), st.sampled_from(Side), st.sampled_from(Result)),
    st.tuples(st.just("withdraw")),
    st.tuples(st.just("wait"), st.integers(0, 30)),
)


def request(**changes: Any) -> Mentoring:
    made: dict[str, Any] = {
        "id": 1, "mentor_id": 1, "mentee_id": 2, "hours_a_month": 4, "message": "Ayuda", "created_at": NOW,
        "expires_at": NOW + EXPIRES_AFTER,
    }  # fmt: skip
    return Mentoring(**made | changes)


def agreed(**changes: Any) -> Mentoring:
    return request(mentor_answer=Answer.YES, mentee_answer=Answer.YES, agreed_at=NOW, **changes)


def _act(made: Mentoring, act: tuple[object, ...], now: datetime) -> datetime:
    name, *rest = act
    if name == "wait":
        return now + int(str(rest[0])) * DAY
    with suppress(ConflictError):
        if name == "answer":
            give_answer(made, side=Side(str(rest[0])), answer=Answer(str(rest[1])), now=now)
        elif name == "result":
            give_result(made, side=Side(str(rest[0])), result=Result(str(rest[1])), now=now)
        else:
            withdraw(made, now=now)
    return now


@given(acts=st.lists(ACTS, max_size=14))
@settings(max_examples=600, deadline=None)
def test_no_order_of_acts_leaves_the_paths_of_the_picture(acts: list[tuple[object, ...]]) -> None:
    made, now, before = request(), NOW, State.OPEN
    said: dict[Side, set[Answer]] = {side: set() for side in Side}
    for act in acts:
        if act[0] == "answer":
            said[Side(str(act[1]))].add(Answer(str(act[2])))
        now = _act(made, act, now)
        after = state_of(made, now=now)
        assert after in FOLLOWS[before]
        assert (made.agreed_at is not None) == (after in {State.AGREED, State.ENDED})
        if after in {State.AGREED, State.ENDED}:
            assert all(Answer.YES in answers for answers in said.values())
        before = after


@given(acts=st.lists(ACTS.filter(lambda act: act[0] != "answer" or act[1] is Side.MENTOR), max_size=14))
@settings(max_examples=300, deadline=None)
def test_nothing_that_one_side_does_agrees_for_the_other(acts: list[tuple[object, ...]]) -> None:
    made, now = request(), NOW
    for act in acts:
        now = _act(made, act, now)
        assert state_of(made, now=now) not in {State.AGREED, State.ENDED}


def test_an_answer_may_be_changed_until_the_other_has_answered() -> None:
    made = request()
    give_answer(made, side=Side.MENTEE, answer=Answer.YES, now=NOW)
    give_answer(made, side=Side.MENTEE, answer=Answer.YES, now=NOW)
    assert give_answer(made, side=Side.MENTOR, answer=Answer.NO, now=NOW) is State.DECLINED
    with pytest.raises(ConflictError):
        give_answer(made, side=Side.MENTOR, answer=Answer.YES, now=NOW)


def test_silence_expires_and_is_no_yes() -> None:
    made = request(mentee_answer=Answer.YES)
    assert state_of(made, now=NOW + EXPIRES_AFTER - DAY) is State.OPEN
    assert state_of(made, now=NOW + EXPIRES_AFTER) is State.EXPIRED


def test_a_reminder_is_due_in_the_last_week_for_the_silent_side() -> None:
    made = request(mentee_answer=Answer.YES)
    assert not is_to_be_reminded(made, now=NOW + 13 * DAY)
    assert is_to_be_reminded(made, now=NOW + 14 * DAY)
    assert not is_to_be_reminded(made, now=NOW + EXPIRES_AFTER)
    assert silent_sides(made) == (Side.MENTOR,)


@pytest.mark.parametrize(
    ("mentor", "mentee", "said"),
    [
        (None, None, None),
        (Result.HELPED, None, Together.ONE_SIDED),
        (None, Result.HELPED, Together.ONE_SIDED),
        (Result.HELPED, Result.HELPED, Together.CONFIRMED),
        (Result.HELPED, Result.DID_NOT_HELP, Together.DISPUTED),
    ],
)
def test_a_result_counts_when_both_say_the_same(
    mentor: Result | None, mentee: Result | None, said: Together | None
) -> None:
    assert together(agreed(mentor_result=mentor, mentee_result=mentee)) == said


def test_only_what_is_agreed_and_not_ended_takes_hours() -> None:
    offer = MentorOffer(profile_id=1, hours_a_month=10, updated_at=NOW)
    requests = [agreed(), agreed(hours_a_month=5, ended_at=NOW), request(hours_a_month=9)]
    assert hours_left(offer, requests, now=NOW) == 6
    assert hours_left(offer, [agreed(hours_a_month=99)], now=NOW) == 0
    offer.is_paused = True
    assert hours_left(offer, [], now=NOW) == 0


def test_one_request_at_a_time_between_two_and_a_few_a_week_by_one() -> None:
    check_new(of_the_pair=[agreed(ended_at=NOW)], by_the_account=[], now=NOW)
    with pytest.raises(ConflictError) as refused:
        check_new(of_the_pair=[request()], by_the_account=[], now=NOW)
    assert refused.value.code == "mentoring_asked_already"
    many = [request() for _ in range(REQUESTS_A_WEEK)]
    with pytest.raises(ConflictError) as refused:
        check_new(of_the_pair=[], by_the_account=many, now=NOW)
    assert refused.value.code == "mentoring_quota"
    check_new(of_the_pair=[], by_the_account=many, now=NOW + 7 * DAY)
