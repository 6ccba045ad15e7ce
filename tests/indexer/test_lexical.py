import numpy as np
import pytest

from indexer.lexical import LexicalIndex, terms


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("es", "fugas", "fuga"), ("pt", "vazamentos", "vazamento"), ("en", "leaking", "leaks"), ("es", "FUGA", "fuga")],
)
def test_forms_of_a_word_are_one_term_in_its_language(language: str, one: str, other: str) -> None:
    assert terms(one, language) == terms(other, language)


def test_each_language_has_its_own_stems_and_stop_words() -> None:
    assert terms("la red de agua", "es") == ["red", "agu"]
    assert terms("a rede de água", "pt") == ["red", "águ"]
    assert terms("the water of the network", "en") == ["water", "network"]


@pytest.mark.parametrize("language", ["fr", "qu", "und", ""])
def test_words_of_a_language_without_a_stemmer_stay_as_they_are(language: str) -> None:
    assert terms("Yaku pisiyan, LLAQTAPI!", language) == ["yaku", "pisiyan", "llaqtapi"]


def test_single_letters_and_signs_are_no_terms() -> None:
    assert terms("x — 7 · ...", "en") == []
    assert terms("", "es") == []


def test_letters_written_in_two_ways_are_one_term() -> None:
    assert terms("cami\u0301on", "es") == terms("camíon", "es")


def test_the_document_with_the_words_scores_highest_and_one_without_them_nothing() -> None:
    index = LexicalIndex([["agu", "fug"], ["luz"], ["agu"]])
    scores = index.scores(["fug", "agu"])
    assert (int(scores.argmax()), float(scores[1])) == (0, 0.0)
    assert scores[2] > 0


def test_unknown_words_count_for_nothing() -> None:
    index = LexicalIndex([["agu", "fug"], ["luz"]])
    assert index.scores(["nadie"]).tolist() == [0, 0]
    assert index.scores([]).tolist() == [0, 0]
    assert np.array_equal(index.scores(["fug", "nadie"]), index.scores(["fug"]))


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_a_corpus_without_words_scores_nothing(documents: list[list[str]]) -> None:
    assert LexicalIndex(documents).scores(["agu"]).tolist() == [0] * len(documents)


def test_a_document_without_words_among_others_scores_nothing() -> None:
    assert LexicalIndex([[], ["agu"], []]).scores(["agu"])[[0, 2]].tolist() == [0, 0]
