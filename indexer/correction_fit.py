"""Fitting the correction of a generation: shipped sample and corpus, each with its weight."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indexer.correction import LANGUAGES, OTHER, Correction, QuerySample, language_group
from indexer.vectors import Vectors
from matchmaker.sentences import Level

WHITENING_EXPONENT = 0.35
WHITENING_MIX = 1.0  # weight of the identity beside C / t
PASSAGE_PRIOR = 20  # weight of the shipped sample beside a language's own passages, in passages


@dataclass(frozen=True)
class Sample:
    """Raw vectors (n, d) with the language of each; of passages also the level, of queries the length in characters."""

    vectors: Vectors
    languages: tuple[str, ...]
    levels: tuple[str, ...] = ()
    lengths: tuple[int, ...] = ()

    def of(self, language: str, level: str | None = None) -> Vectors:
        """The vectors of one language group, and of one level."""
        matching = [language_group(known) == language for known in self.languages]
        if level is not None and self.levels:
            matching = [fits and known == level for fits, known in zip(matching, self.levels, strict=True)]
        return np.asarray(self.vectors[np.array(matching, dtype=bool)])

    def lengths_of(self, language: str | None) -> Vectors:
        """The lengths of one language group, or of all."""
        pairs = zip(self.languages, self.lengths, strict=True)
        kept = [length for known, length in pairs if language is None or language_group(known) == language]
        return np.maximum(np.array(kept, dtype=np.float32), 1)


def fit(
    *, background_queries: Sample, background_passages: Sample, own_queries: Sample, corpus: Sample, version: str
) -> Correction:
    """Means and covariances of a corpus, shrunk towards the shipped sample where the corpus is small."""
    passage_means = _passage_means(background_passages, corpus)
    centred = {language: _centred(background_passages, corpus, passage_means, language) for language in LANGUAGES}
    pooled = _covariance(np.vstack(list(centred.values())))
    return Correction(
        version=version,
        queries=_query_samples(background_queries, own_queries),
        passage_means=passage_means,
        whitening=_whitening(pooled),
        spreads={
            language: _spread(rows, pooled, has_sample=bool(len(background_passages.of(language))))
            for language, rows in centred.items()
        },
    )


def _query_samples(background: Sample, own: Sample) -> dict[str, QuerySample]:
    """The shipped sample, joined by the store's own challenges: the more there are, the more they weigh."""
    samples = {}
    for language in LANGUAGES:
        parts = [background, own] if language != OTHER else [background]
        chosen = [part.of(language) if language != OTHER else part.vectors for part in parts]
        lengths = [part.lengths_of(language if language != OTHER else None) for part in parts]
        samples[str(language)] = QuerySample(np.vstack(chosen), np.log(np.concatenate(lengths)).astype(np.float32))
    return samples


def _passage_means(background: Sample, corpus: Sample) -> dict[tuple[str, str], Vectors]:
    means: dict[tuple[str, str], Vectors] = {}
    for level in Level:
        prior = {language: background.of(language) for language in LANGUAGES if language != OTHER}
        centre = np.mean([rows.mean(axis=0) for rows in prior.values()], axis=0)
        for language in LANGUAGES:
            start = prior[language].mean(axis=0) if language in prior else centre
            means[(language, level)] = _shrunk(corpus.of(language, level), start, PASSAGE_PRIOR)
    return means


def _centred(background: Sample, corpus: Sample, means: Mapping[tuple[str, str], Vectors], language: str) -> Vectors:
    """Sentences and sections of a language around their means, with the sample's passages around theirs."""
    parts: list[Vectors] = [
        rows - means[(language, level)] for level in Level if len(rows := corpus.of(language, level))
    ]
    if len(sample := background.of(language)):
        parts.append(sample - sample.mean(axis=0))
    dimension = background.vectors.shape[1]
    return np.vstack(parts) if parts else np.zeros((0, dimension), np.float32)


def _shrunk(rows: Vectors, prior: Vectors, weight: float) -> Vectors:
    return np.asarray((rows.sum(axis=0) + weight * prior) / (len(rows) + weight), dtype=np.float32)


def _covariance(rows: Vectors) -> Vectors:
    return np.asarray(rows.T @ rows / max(len(rows), 1), dtype=np.float32)


def _spread(rows: Vectors, pooled: Vectors, *, has_sample: bool) -> Vectors:
    """The covariance of a language; one without a shipped sample leans on that of all languages.

    Of a single document alone, every score would be exactly one deviation.
    """
    if has_sample:
        return _covariance(rows)
    return np.asarray((rows.T @ rows + PASSAGE_PRIOR * pooled) / (len(rows) + PASSAGE_PRIOR), dtype=np.float32)


def _whitening(covariance: Vectors) -> Vectors:
    values, directions = np.linalg.eigh(covariance.astype(np.float64))
    scaled = np.maximum(values, 0) / values.mean() + WHITENING_MIX
    return np.asarray((directions * scaled**-WHITENING_EXPONENT) @ directions.T, dtype=np.float32)
