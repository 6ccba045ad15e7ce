"""The order of matches. Pure: the same input gives the same order, whoever asks and whenever."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.matching.circumstances import Fitting, weight
from matchmaker.matching.ports import Hit
from matchmaker.matching.reasons import NOT_YET_EXPLAINED, Reasons
from matchmaker.matching.strength import Strength, in_words, match_points

RANKING_VERSION = "1"
TIE = 0.001  # of relevance in standard deviations: nearer than that, two matches are equal


@dataclass(frozen=True)
class Candidate:
    """A hit with what ranking needs to know of it."""

    hit: Hit
    circumstances: tuple[Fitting, ...]
    best: tuple[float, ...]  # deviations of the best sentence per need
    reasons: Reasons = NOT_YET_EXPLAINED  # found only for those that are shown


@dataclass(frozen=True)
class Ranked:
    """A candidate in its place. `is_tie` says that another was equal: between them the least shown comes first."""

    candidate: Candidate
    score: float
    points: int
    strength: Strength
    is_tie: bool


def rank(candidates: Sequence[Candidate], *, shown: Mapping[int, int]) -> list[Ranked]:
    """Candidates by falling score: relevance with its circumstances. Ties go to the least shown, then by number.

    `shown` counts how often each was shown before; absent is never.
    """
    scored = sorted(((_score(candidate), candidate) for candidate in candidates), key=lambda pair: -pair[0])
    ranked: list[Ranked] = []
    for group in _equals(scored):
        group.sort(key=lambda pair: (shown.get(pair[1].hit.id, 0), pair[1].hit.id))
        ranked += [_placed(group[0][0], candidate, is_tie=len(group) > 1) for _, candidate in group]
    return ranked


def _equals(scored: Sequence[tuple[float, Candidate]]) -> list[list[tuple[float, Candidate]]]:
    """Neighbours in order whose scores are nearer to the first of their group than a tie."""
    groups: list[list[tuple[float, Candidate]]] = []
    for score, candidate in scored:
        if groups and groups[-1][0][0] - score < TIE:
            groups[-1].append((score, candidate))
        else:
            groups.append([(score, candidate)])
    return groups


def _score(candidate: Candidate) -> float:
    return candidate.hit.relevance + weight(candidate.circumstances)


def _placed(score: float, candidate: Candidate, *, is_tie: bool) -> Ranked:
    points = match_points(candidate.best, candidate.hit.breadth)
    return Ranked(candidate, score, points, in_words(points), is_tie)
