from hypothesis import given
from hypothesis import strategies as st

from matchmaker.matching.circumstances import Circumstance, Fitting
from matchmaker.matching.ranking import Candidate, rank
from matchmaker.matching.strength import in_words, match_points
from tests.matchmaker.matching.ranked import candidate

relevances = st.lists(st.sampled_from([-1.0, 0.0, 0.5, 0.5001, 2.0]), min_size=1, max_size=8)


def order(candidates: list[Candidate], shown: dict[int, int] | None = None) -> list[int]:
    return [ranked.candidate.hit.id for ranked in rank(candidates, shown=shown or {})]


@given(values=relevances, shown=st.dictionaries(st.integers(0, 7), st.integers(0, 3)), data=st.data())
def test_the_order_depends_on_nothing_but_what_is_ranked(
    values: list[float], shown: dict[int, int], data: st.DataObject
) -> None:
    candidates = [candidate(number, value) for number, value in enumerate(values)]
    mixed = data.draw(st.permutations(candidates))
    assert rank(mixed, shown=shown) == rank(candidates, shown=shown)
    scores = [ranked.score for ranked in rank(candidates, shown=shown)]
    assert scores == sorted(scores, reverse=True)


def test_the_most_relevant_comes_first_however_often_it_was_shown() -> None:
    assert order([candidate(1, 0.0), candidate(2, 1.0)], {2: 99}) == [2, 1]


def test_ties_go_to_the_least_shown_and_then_by_number() -> None:
    candidates = [candidate(number, 0.5) for number in (4, 3, 2, 1)]
    assert order(candidates, {1: 2, 3: 1, 4: 1}) == [2, 3, 4, 1]


def test_a_tie_is_said_of_all_who_are_equal_and_of_no_other() -> None:
    ranked = rank([candidate(1, 0.5), candidate(2, 0.50001), candidate(3, 0.9)], shown={1: 1})
    assert [(place.candidate.hit.id, place.is_tie) for place in ranked] == [(3, False), (2, True), (1, True)]


def test_circumstances_order_near_equals_and_do_not_outweigh_an_answer() -> None:
    near = Fitting(Circumstance.WORKED_IN_LIKE_PLACES, {})
    far = Fitting(Circumstance.DOES_NOT_DELIVER_THERE, {})
    assert order([candidate(1, 0.50), candidate(2, 0.49, circumstances=[near])]) == [2, 1]
    assert order([candidate(1, 2.0, circumstances=[far]), candidate(2, 0.0, circumstances=[near])]) == [1, 2]


def test_strength_comes_from_the_evidence_and_not_from_the_place() -> None:
    ranked = rank([candidate(1, 9.0, best=(0.0,)), candidate(2, -9.0, best=(9.0, 9.0))], shown={})
    assert [(place.points, place.strength) for place in ranked] == [
        (match_points(best, 0.0), in_words(match_points(best, 0.0))) for best in ((0.0,), (9.0, 9.0))
    ]


def test_nobody_can_be_ranked() -> None:
    assert rank([], shown={}) == []
