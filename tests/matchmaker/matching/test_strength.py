from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.strength import (
    ANSWERED_DEVIATIONS,
    Strength,
    answer_points,
    evidence_level,
    in_words,
    match_points,
    match_probability,
)

deviations = st.floats(-1e6, 1e6)
several = st.lists(deviations, min_size=1, max_size=8)
LIKENESS = 2.0
ORDER = [Strength.NONE, Strength.POSSIBLE, Strength.GOOD, Strength.STRONG]


@given(best=several, place=st.integers(0, 7), more=st.floats(0, 1e6))
def test_a_better_sentence_never_lowers_the_strength(best: list[float], place: int, more: float) -> None:
    better = [value + more if number == place % len(best) else value for number, value in enumerate(best)]
    assert match_points(better, LIKENESS) >= match_points(best, LIKENESS)
    assert match_probability(better, LIKENESS) >= match_probability(best, LIKENESS)
    assert ORDER.index(in_words(match_points(better, LIKENESS))) >= ORDER.index(in_words(match_points(best, LIKENESS)))


@given(best=several, place=st.integers(0, 7))
def test_a_sentence_that_is_taken_away_never_raises_the_strength(best: list[float], place: int) -> None:
    without = [min(value, 0.0) if number == place % len(best) else value for number, value in enumerate(best)]
    assert match_points(without, LIKENESS) <= match_points(best, LIKENESS)


@given(best=several)
def test_the_order_of_the_needs_does_not_matter(best: list[float]) -> None:
    assert match_points(best[::-1], LIKENESS) == match_points(best, LIKENESS)


@given(one=deviations, other=deviations)
def test_a_sentence_that_stands_higher_never_answers_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert answer_points(low, LIKENESS) <= answer_points(high, LIKENESS)


@given(best=st.lists(deviations, max_size=8))
def test_points_are_percentages(best: list[float]) -> None:
    assert 0 <= match_points(best, LIKENESS) <= 100
    assert 0 <= match_probability(best, LIKENESS) <= 1
    assert all(0 <= answer_points(value, LIKENESS) <= 100 for value in best)


@given(best=several)
def test_what_stands_below_all_others_counts_as_nothing_not_against(best: list[float]) -> None:
    assert evidence_level([*best, -5.0]) == evidence_level([*best, 0.0])


@given(value=deviations, times=st.integers(1, 8))
def test_repeating_a_need_changes_nothing(value: float, times: int) -> None:
    assert match_points([value] * times, LIKENESS) == match_points([value], LIKENESS)


def test_without_needs_there_is_no_match() -> None:
    assert (match_points((), LIKENESS), in_words(match_points((), LIKENESS))) == (0, Strength.NONE)


def test_words_rise_with_the_points() -> None:
    words = [in_words(points) for points in range(101)]
    assert sorted(words, key=ORDER.index) == words
    assert set(words) == set(ORDER)


@given(best=several, one=deviations, other=deviations)
def test_a_profile_nearer_to_the_whole_challenge_is_never_weaker(best: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert match_points(best, low) <= match_points(best, high)


@given(best=several, likeness=st.floats(-100, 100))
def test_nothing_is_claimed_where_no_sentence_can_be_quoted(best: list[float], likeness: float) -> None:
    unquoted = [min(value, ANSWERED_DEVIATIONS - 1e-6) for value in best]
    assert match_probability(unquoted, likeness) == 0
    assert match_probability([*unquoted, ANSWERED_DEVIATIONS], likeness) > 0
