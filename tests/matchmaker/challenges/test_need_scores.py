import pytest

from matchmaker.challenges.need_scores import Agreement, agreement, overlap, spans_of

TEXT = "We need lamps on the street. The river is wide. We want a new bridge."


def test_a_need_that_covers_most_of_a_label_is_the_same_need() -> None:
    found = agreement(TEXT, suggested=["lamps on the street", "The river"], marked=["need lamps on the street"])

    assert found == Agreement(matched=1, suggested=2, marked=1)
    assert (found.precision, found.recall) == (0.5, 1.0)
    assert found.f1 == pytest.approx(2 / 3)


def test_two_needs_do_not_share_a_label() -> None:
    found = agreement("abcdefgh", suggested=["abcd", "efgh"], marked=["abcdefgh"])

    assert found == Agreement(matched=1, suggested=2, marked=1)


def test_counts_add_up_and_nothing_scores_nothing() -> None:
    assert Agreement(1, 2, 3) + Agreement(4, 5, 6) == Agreement(5, 7, 9)
    assert (Agreement().precision, Agreement().recall, Agreement().f1) == (0.0, 0.0, 0.0)


def test_repeated_words_are_sought_one_after_the_other() -> None:
    assert spans_of("a b a", ["a", "a"]) == [(0, 1), (4, 5)]
    assert spans_of("a b", ["b", "a"]) == [(2, 3), (0, 1)]


def test_words_that_are_not_in_the_text_are_an_error() -> None:
    with pytest.raises(ValueError, match="substring"):
        spans_of(TEXT, ["a tunnel"])


def test_overlap_is_the_shared_part_of_both() -> None:
    assert overlap((0, 4), (2, 6)) == pytest.approx(1 / 3)
    assert overlap((0, 4), (4, 6)) == 0.0
