from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.membership.ballots import outcome_of, weighted_percent
from matchmaker.membership.states import Outcome
from tests.matchmaker.membership.scenes import charter

YES, NO = Outcome.ADMITTED, Outcome.REFUSED
VOTES = st.lists(st.sampled_from(Outcome), max_size=15)


@pytest.mark.parametrize(
    ("votes", "eligible", "is_closed", "expected"),
    [
        ([], 0, True, None),
        ([YES], 4, True, None),
        ([YES, YES], 4, False, None),
        ([YES, YES, YES], 4, False, YES),
        ([NO, NO], 4, False, NO),
        ([YES, NO], 4, True, NO),
        ([YES, YES], 4, True, YES),
        ([YES, YES, NO, NO], 4, False, NO),
        ([YES], 1, False, YES),
    ],
)
def test_a_majority_of_a_quorum_decides(
    votes: list[Outcome], eligible: int, expected: Outcome | None, *, is_closed: bool
) -> None:
    assert outcome_of(votes, eligible=eligible, policy=charter().policy, is_closed=is_closed) is expected


@given(VOTES, VOTES, st.integers(0, 100), st.integers(0, 99))
def test_no_later_vote_overturns_a_decision_and_all_votes_decide(
    early: list[Outcome], late: list[Outcome], quorum: int, majority: int
) -> None:
    policy = replace(charter().policy, quorum_percent=quorum, majority_percent=majority)
    everyone = [*early, *late]
    at_once = outcome_of(early, eligible=len(everyone), policy=policy)
    at_last = outcome_of(everyone, eligible=len(everyone), policy=policy)
    assert at_once in {None, at_last}
    assert (at_last is None) == (not everyone)


def test_points_are_weighted() -> None:
    weights = {"a": 75, "b": 25}
    assert weighted_percent({"a": 4, "b": 0}, weights=weights, lowest=0, highest=4) == 75
    assert weighted_percent({"a": 1, "b": 5}, weights=weights, lowest=1, highest=5) == 25
