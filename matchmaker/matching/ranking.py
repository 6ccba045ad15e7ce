"""The order of matches. Pure: the same input gives the same order, whoever asks and whenever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.matching.circumstances import Fitting, weight
from matchmaker.matching.ports import Hit
from matchmaker.matching.reasons import NOT_YET_EXPLAINED, Reasons
from matchmaker.matching.strength import Strength, in_words, match_points

RANKING_VERSION = "1"
TIE_DECIMALS = 3  # of relevance in standard deviations: nearer than that, two matches are equal


@dataclass(frozen=True)
class Candidate:
    """A hit with what ranking needs to know of it."""

    hit: Hit
    circumstances: tuple[Fitting, ...]
    best: tuple[float, ...]  # deviations of the best sentence per need
    reasons: Reasons = NOT_YET_EXPLAINED  # found only for those that are shown


@dataclass(frozen=True)
class Ranked:
    """A candidate in its place. `is_tie` says that another was equal and shown more often before."""

    candidate: Candidate
    score: float
    points: int
    strength: Strength
    is_tie: bool


def rank(candidates: Sequence[Candidate], *, shown: Mapping[int, int]) -> list[Ranked]:
    """Candidates by falling score: relevance with its circumstances. Ties go to the least shown, then by number.

    `shown` counts how often each was shown before; absent is never.
    """
    scored = [(round(_score(candidate), TIE_DECIMALS), candidate) for candidate in candidates]
    scored.sort(key=lambda pair: (-pair[0], shown.get(pair[1].hit.id, 0), pair[1].hit.id))
    scores = [score for score, _ in scored]
    return [_placed(score, candidate, is_tie=scores.count(score) > 1) for score, candidate in scored]


def _score(candidate: Candidate) -> float:
    return candidate.hit.relevance + weight(candidate.circumstances)


def _placed(score: float, candidate: Candidate, *, is_tie: bool) -> Ranked:
    points = match_points(candidate.best)
    return Ranked(candidate, score, points, in_words(points), is_tie)
