from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.strength import (
    ANSWERED_DEVIATIONS,
    Strength,
    answer_points,
    breadth,
    evidence_level,
    in_words,
    match_points,
    match_probability,
)

deviations = st.floats(-1e6, 1e6)
several = st.lists(deviations, min_size=1, max_size=8)
BREADTH = 2.0
ORDER = [Strength.NONE, Strength.POSSIBLE, Strength.GOOD, Strength.STRONG]


@given(best=several, place=st.integers(0, 7), more=st.floats(0, 1e6))
def test_a_better_sentence_never_lowers_the_strength(best: list[float], place: int, more: float) -> None:
    better = [value + more if number == place % len(best) else value for number, value in enumerate(best)]
    assert match_points(better, BREADTH) >= match_points(best, BREADTH)
    assert match_probability(better, BREADTH) >= match_probability(best, BREADTH)
    assert ORDER.index(in_words(match_points(better, BREADTH))) >= ORDER.index(in_words(match_points(best, BREADTH)))


@given(best=several, place=st.integers(0, 7))
def test_a_sentence_that_is_taken_away_never_raises_the_strength(best: list[float], place: int) -> None:
    without = [min(value, 0.0) if number == place % len(best) else value for number, value in enumerate(best)]
    assert match_points(without, BREADTH) <= match_points(best, BREADTH)


@given(best=several)
def test_the_order_of_the_needs_does_not_matter(best: list[float]) -> None:
    assert match_points(best[::-1], BREADTH) == match_points(best, BREADTH)


@given(one=deviations, other=deviations)
def test_a_sentence_that_stands_higher_never_answers_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert answer_points(low, BREADTH) <= answer_points(high, BREADTH)


@given(best=st.lists(deviations, max_size=8))
def test_points_are_percentages(best: list[float]) -> None:
    assert 0 <= match_points(best, BREADTH) <= 100
    assert 0 <= match_probability(best, BREADTH) <= 1
    assert all(0 <= answer_points(value, BREADTH) <= 100 for value in best)


@given(best=several)
def test_what_stands_below_all_others_counts_as_nothing_not_against(best: list[float]) -> None:
    assert evidence_level([*best, -5.0]) == evidence_level([*best, 0.0])


@given(value=deviations, times=st.integers(1, 8))
def test_repeating_a_need_changes_nothing(value: float, times: int) -> None:
    assert match_points([value] * times, BREADTH) == match_points([value], BREADTH)


def test_without_needs_there_is_no_match() -> None:
    assert (match_points((), BREADTH), in_words(match_points((), BREADTH))) == (0, Strength.NONE)


def test_words_rise_with_the_points() -> None:
    words = [in_words(points) for points in range(101)]
    assert sorted(words, key=ORDER.index) == words
    assert set(words) == set(ORDER)


@given(best=several, one=deviations, other=deviations)
def test_a_profile_nearer_to_the_whole_challenge_is_never_weaker(best: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert match_points(best, low) <= match_points(best, high)


@given(best=several, near=st.floats(-100, 100))
def test_nothing_is_claimed_where_no_sentence_can_be_quoted(best: list[float], near: float) -> None:
    unquoted = [min(value, ANSWERED_DEVIATIONS - 1e-6) for value in best]
    assert match_probability(unquoted, near) == 0
    assert match_probability([*unquoted, ANSWERED_DEVIATIONS], near) > 0


@given(
    sentences=st.lists(st.tuples(*[st.floats(-10, 10)] * 3), min_size=1, max_size=20),
    gone=st.sets(st.integers(0, 19)),
)
def test_no_sentence_that_is_deleted_raises_a_match(sentences: list[tuple[float, ...]], gone: set[int]) -> None:
    """Each sentence with its deviations for two needs and for the whole."""
    left = [sentence for number, sentence in enumerate(sentences) if number not in gone]
    assert _probability(left) <= _probability(sentences)


def _probability(sentences: list[tuple[float, ...]]) -> float:
    best = [max((sentence[need] for sentence in sentences), default=0.0) for need in (0, 1)]
    return match_probability(best, breadth([sentence[2] for sentence in sentences]))
