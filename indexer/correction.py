"""Scores made fair: without it a query favours its own language and a few documents that are near everything.

Four unsupervised, linear corrections, each measured in README ("Ablation"):

1. Centring. A query loses the mean query of its language and about its length, a passage the mean passage of its
   language and level: (q - m) . (d - n). Hubs lose the advantage that they have with every query of a language. The
   mean of queries is a kernel mean over the logarithm of their length (Nadaraya 1964), since vectors of short questions
   and of long descriptions lie apart.
2. Soft whitening. W = (C / t + I)^(-0.35), with C the covariance of centred passages and t its mean eigenvalue, weakens
   the few directions in which all passages differ most (kin of Mu & Viswanath 2018, "All-but-the-Top", and of
   Su et al. 2021, "Whitening Sentence Representations"). It is applied to the query alone: the index never changes.
3. Feedback. The query moves a little towards the passages that answer it at first sight (`Correction.feed_back`).
4. Deviations. A score divided by its standard deviation over the passages of the document's language, in closed form
   sqrt(q' C_language q), means the same in every pair of languages.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.vectors import Vectors
from matchmaker.languages import WorkingLanguage

OTHER = "other"  # languages that the service does not speak share one centre
LANGUAGES = (*WorkingLanguage, OTHER)
LENGTH_BANDWIDTH = 1.0  # of the logarithm of length: a text half or twice as long still counts eight tenths
FEEDBACK_WEIGHT = 0.2  # of the answers at first sight beside the query, both of unit length; ablation in README
LEAST_WEIGHT = 1e-3  # of a text of any length, so that the mean of an unheard-of length is the plain mean


def language_group(language: str) -> str:
    """The language itself when the service speaks it, else `other`."""
    return language if language in LANGUAGES else OTHER


@dataclass(frozen=True)
class QuerySample:
    """Raw vectors (n, d) of texts that ask, with the logarithm of their length in characters (n,)."""

    vectors: Vectors
    log_lengths: Vectors

    def mean_about(self, characters: int) -> Vectors:
        """The mean vector (d,) of queries of about this length: Gaussian weights over the logarithm of length."""
        distance = (self.log_lengths - math.log(max(characters, 1))) / LENGTH_BANDWIDTH
        weights = np.exp(-0.5 * distance**2) + LEAST_WEIGHT
        return np.asarray(weights @ self.vectors / weights.sum(), dtype=np.float32)


@dataclass(frozen=True)
class Correction:
    """Means and covariances of one generation (d is the dimension of the model).

    queries: a sample of queries by language; passage_means: (d,) by (language, level); whitening: (d, d), symmetric;
    spreads: (d, d) covariance of sentences by language; version says from what it was made.
    """

    version: str
    queries: Mapping[str, QuerySample]
    passage_means: Mapping[tuple[str, str], Vectors]
    whitening: Vectors
    spreads: Mapping[str, Vectors]

    def centre_queries(self, vectors: Vectors, languages: Sequence[str], texts: Sequence[str]) -> Vectors:
        """Queries (n, d) without the mean of their language and length, whitened."""
        pairs = zip(languages, texts, strict=True)
        means = np.stack([self.queries[language_group(language)].mean_about(len(text)) for language, text in pairs])
        return np.asarray((vectors - means) @ self.whitening, dtype=np.float32)

    def centre_passages(self, vectors: Vectors, languages: Sequence[str], levels: Sequence[str]) -> Vectors:
        """Passages (n, d) without the mean of their language and level."""
        pairs = zip(languages, levels, strict=True)
        means = [self.passage_means[(language_group(language), level)] for language, level in pairs]
        return np.asarray(vectors - np.stack(means), dtype=np.float32) if means else vectors

    def feed_back(self, query: Vectors, passages: Vectors) -> Vectors:
        """A centred query (d,) moved a little towards passages (k, d) that seem to answer it.

        Pseudo-relevance feedback (Rocchio 1971): the answers found at first sight speak all languages, so that the
        same question in another language ends nearer to the same place.
        """
        if not len(passages):
            return query
        lengths = np.maximum(np.linalg.norm(passages, axis=1, keepdims=True), 1e-9)
        towards = np.asarray((passages / lengths).mean(axis=0) @ self.whitening, dtype=np.float32)
        return _unit(query) + FEEDBACK_WEIGHT * _unit(towards)

    def deviation(self, queries: Vectors, language: str) -> Vectors:
        """Standard deviation (n,) of the scores of centred queries over the sentences of a language."""
        spread = self.spreads[language_group(language)]
        variances = ((queries @ spread) * queries).sum(axis=1)
        return np.asarray(np.sqrt(np.maximum(variances, 1e-12)), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write to an `.npz` file."""
        arrays: dict[str, Vectors] = {"whitening": self.whitening}
        for language, sample in self.queries.items():
            arrays |= {f"query/{language}": sample.vectors, f"length/{language}": sample.log_lengths}
        arrays |= {f"passage/{key[0]}/{key[1]}": mean for key, mean in self.passage_means.items()}
        arrays |= {f"spread/{language}": spread for language, spread in self.spreads.items()}
        np.savez(path, version=np.array(self.version), **arrays)  # type: ignore[arg-type]

    @staticmethod
    def load(path: Path) -> "Correction":
        """Read what `save` wrote."""
        with np.load(path) as stored:
            named = {name: stored[name] for name in stored.files}
        passage_keys = [tuple(name.split("/")[1:]) for name in named if name.startswith("passage/")]
        return Correction(
            version=str(named["version"]),
            whitening=named["whitening"],
            queries={
                language: QuerySample(named[f"query/{language}"], named[f"length/{language}"]) for language in LANGUAGES
            },
            passage_means={(key[0], key[1]): named[f"passage/{key[0]}/{key[1]}"] for key in passage_keys},
            spreads={language: named[f"spread/{language}"] for language in LANGUAGES},
        )


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)
