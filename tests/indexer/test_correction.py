from pathlib import Path

import numpy as np
import pytest

from indexer.correction import LANGUAGES, OTHER, Correction, QuerySample, language_group
from indexer.correction_fit import Sample, fit
from indexer.vectors import Vectors
from matchmaker.sentences import Level

SIZE = 8


def rows(count: int, *, around: float = 0.0, seed: int = 1) -> Vectors:
    """Rows (count, SIZE) around a value, with unlike spread in each direction."""
    spread = np.linspace(0.2, 1.0, SIZE)
    drawn = np.random.default_rng(seed).standard_normal((count, SIZE)) * spread + around
    return drawn.astype(np.float32)


def sample(count: int, *, lengths: tuple[int, ...] = (), seed: int = 1) -> Sample:
    """The three languages, each around a centre of its own."""
    parts = [rows(count, around=float(number), seed=seed + number) for number in range(3)]
    languages = tuple(language for language in ("es", "pt", "en") for _ in range(count))
    return Sample(np.vstack(parts), languages, lengths=lengths or tuple(100 for _ in languages))


def corpus(*parts: tuple[str, str, Vectors]) -> Sample:
    return Sample(
        np.vstack([vectors for _, _, vectors in parts]) if parts else np.zeros((0, SIZE), np.float32),
        tuple(language for language, _, vectors in parts for _ in vectors),
        tuple(level for _, level, vectors in parts for _ in vectors),
    )


def fitted(*parts: tuple[str, str, Vectors]) -> Correction:
    nothing = Sample(np.zeros((0, SIZE), np.float32), ())
    return fit(
        background_queries=sample(20, seed=50), background_passages=sample(20), own_queries=nothing,
        corpus=corpus(*parts), version="test-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "group"),
    [("es", "es"), ("pt", "pt"), ("en", "en"), ("fr", OTHER), ("qu", OTHER), ("und", OTHER), ("", OTHER)],
)
def test_languages_that_the_service_does_not_speak_are_one_group(language: str, group: str) -> None:
    assert language_group(language) == group


def test_what_is_read_from_disk_is_what_was_written(tmp_path: Path) -> None:
    made = fitted(("es", "sentence", rows(40)), ("fr", "section", rows(30, around=5)))
    made.save(tmp_path / "correction.npz")
    read = Correction.load(tmp_path / "correction.npz")
    assert read.version == "test-1"
    assert np.array_equal(read.whitening, made.whitening)
    assert {key: mean.tolist() for key, mean in read.passage_means.items()} == {
        (str(key[0]), str(key[1])): mean.tolist() for key, mean in made.passage_means.items()
    }
    asked, languages, texts = rows(4, seed=9), ["es", "pt", "en", "qu"], ["a", "bb" * 50, "c" * 900, "d"]
    centred = made.centre_queries(asked, languages, texts)
    assert np.array_equal(read.centre_queries(asked, languages, texts), centred)
    for language in ("es", "qu"):
        assert np.array_equal(read.deviation(centred, language), made.deviation(centred, language))


def test_the_mean_of_a_language_and_level_is_centred_to_nothing() -> None:
    made = fitted(("pt", "sentence", rows(40)))
    means = np.stack([made.passage_means[("pt", level)] for level in Level])
    assert np.abs(made.centre_passages(means, ["pt", "pt"], list(Level))).max() == 0


def test_the_mean_query_of_a_length_is_centred_to_nothing() -> None:
    made = fitted()
    mean = made.queries["en"].mean_about(120)
    assert made.centre_queries(mean[None], ["en"], ["x" * 120]) == pytest.approx(0, abs=1e-5)


def test_the_passages_of_a_large_corpus_are_centred_around_nothing() -> None:
    own = rows(5_000, around=7, seed=3)
    made = fitted(("es", "sentence", own))
    raw_mean = np.abs(own.mean(axis=0)).max()
    centred_mean = np.abs(made.centre_passages(own, ["es"] * len(own), ["sentence"] * len(own)).mean(axis=0)).max()
    assert centred_mean < 0.05 * raw_mean


def test_a_language_moves_no_mean_but_its_own() -> None:
    without, with_many = fitted(), fitted(("es", "sentence", rows(500, around=9)))
    changed = {
        (str(language), str(level))
        for (language, level), mean in with_many.passage_means.items()
        if not np.array_equal(mean, without.passage_means[(language, level)])
    }
    assert changed == {("es", "sentence")}


def test_a_deviation_is_the_standard_deviation_of_the_scores() -> None:
    made = fitted(("es", "sentence", own := rows(20_000, around=2, seed=4)))
    queries = made.centre_queries(rows(5, seed=8), ["pt"] * 5, ["una pregunta"] * 5)
    scores = made.centre_passages(own, ["es"] * len(own), ["sentence"] * len(own)) @ queries.T
    assert made.deviation(queries, "es") == pytest.approx(scores.std(axis=0), rel=0.03)


def test_a_deviation_is_never_zero() -> None:
    made = fitted()
    assert (made.deviation(np.zeros((2, SIZE), np.float32), "es") > 0).all()


@pytest.mark.parametrize("language", [*LANGUAGES, "fr", "qu", "und"])
def test_any_language_and_any_length_can_be_asked_and_told(language: str) -> None:
    made = fitted()
    for characters in (0, 1, 30, 1_000_000):
        assert np.isfinite(made.centre_queries(rows(1), [language], ["x" * characters])).all()
    assert np.isfinite(made.centre_passages(rows(1), [language], ["section"])).all()
    assert np.isfinite(made.deviation(rows(1), language)).all()


def test_a_length_that_nobody_uses_gets_the_plain_mean() -> None:
    vectors = rows(10)
    known = QuerySample(vectors, np.full(10, np.log(100), np.float32))
    assert known.mean_about(10**9) == pytest.approx(vectors.mean(axis=0), abs=1e-6)


def test_queries_of_like_length_count_most() -> None:
    vectors = np.vstack([np.zeros((50, SIZE)), np.ones((50, SIZE))]).astype(np.float32)
    lengths = np.log(np.repeat([40.0, 900.0], 50)).astype(np.float32)
    known = QuerySample(vectors, lengths)
    short, middle, long = (float(known.mean_about(characters)[0]) for characters in (40, 190, 900))
    assert short < 0.05 < middle < 0.95 < long


def test_an_empty_corpus_stands_on_the_shipped_sample_alone() -> None:
    made, background = fitted(), sample(20)
    assert made.passage_means[("es", Level.SECTION)] == pytest.approx(background.of("es").mean(axis=0), abs=1e-5)
    assert made.passage_means[(OTHER, Level.SECTION)] == pytest.approx(background.vectors.mean(axis=0), abs=1e-5)


def test_the_only_text_of_a_language_does_not_measure_itself() -> None:
    made = fitted(("qu", "sentence", one := rows(1, around=3)))
    queries = made.centre_queries(rows(3, seed=8), ["es"] * 3, ["una pregunta"] * 3)
    scores = made.centre_passages(one, ["qu"], ["sentence"]) @ queries.T
    assert np.unique(np.abs(scores / made.deviation(queries, "qu")).round(3)).tolist() != [1.0]
    assert made.deviation(queries, "qu") == pytest.approx(made.deviation(queries, "fr"))
