"""How strong: evidence as a probability, on a scale that means the same in every pair of languages. Pure.

Evidence comes as deviations (`ports.Evidence`, `ports.Hit.likeness`). The strength of a match grows with the best
sentence that answers a need, and with how near the agent's best section is to the whole of the challenge; not with
length, age, size or repetition. Where no sentence can be quoted nothing is claimed: so taking away all that is quoted
never raises a match. The numbers were fitted by logistic regression on the demo judgements
(data/evaluation/README.md), every challenge with every profile in three languages, and cross-validated by challenge.
"""

import math
from collections.abc import Sequence
from enum import StrEnum

STRENGTH_VERSION = "2"
ANSWER_SLOPE, ANSWER_LIKENESS, ANSWER_INTERCEPT = 1.12, 1.13, -9.38  # P(a sentence answers the need)
MATCH_SLOPE, MATCH_LIKENESS, MATCH_INTERCEPT = 0.99, 1.42, -9.48  # P(grade 2 or 3)
ANSWERED_DEVIATIONS = 3.0  # of a sentence that is quoted: in the first ten matches two in five then answer, as judged
STRONG_POINTS = 60  # in the demo five in six such matches were judged 2 or 3
GOOD_POINTS = 30
POSSIBLE_POINTS = 12


class Strength(StrEnum):
    """Strength in words; below possible, nobody is said to fit."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def answer_points(deviations: float, likeness: float) -> int:
    """The probability, 0 to 100, that a sentence with these deviations answers the need."""
    return round(100 * _logistic(ANSWER_SLOPE * deviations + ANSWER_LIKENESS * likeness + ANSWER_INTERCEPT))


def match_points(best: Sequence[float], likeness: float) -> int:
    """The probability, 0 to 100, that the agent suits the challenge, from the best deviations of each need."""
    return round(100 * match_probability(best, likeness))


def match_probability(best: Sequence[float], likeness: float) -> float:
    """As `match_points`, 0 to 1; 0 when no need has a sentence that can be quoted."""
    evidence = evidence_level(best)
    if evidence < ANSWERED_DEVIATIONS:
        return 0.0
    return _logistic(MATCH_SLOPE * evidence + MATCH_LIKENESS * likeness + MATCH_INTERCEPT)


def evidence_level(best: Sequence[float]) -> float:
    """The best deviations over all needs, not less than 0: no sentence that is added lowers it."""
    return max((0.0, *best))


def in_words(points: int) -> Strength:
    """The word for a number of points."""
    steps = ((STRONG_POINTS, Strength.STRONG), (GOOD_POINTS, Strength.GOOD), (POSSIBLE_POINTS, Strength.POSSIBLE))
    return next((word for least, word in steps if points >= least), Strength.NONE)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(min(value, 50.0), -50.0)))
