"""How strong: evidence as a probability, on a scale that means the same in every pair of languages. Pure.

Evidence comes as deviations (see `ports.Evidence`). The strength of a match grows with the best sentence of each need
and with nothing else: not with length, age, size or repetition. So to delete a quoted sentence never raises it.
The numbers were fitted by logistic regression on the demo judgements (data/evaluation/README.md), cross-validated by
challenge; `evaluate` prints their calibration.
"""

import math
from collections.abc import Sequence
from enum import StrEnum

STRENGTH_VERSION = "1"
ANSWERED_DEVIATIONS = 2.0  # of the best sentence: below it, a sentence is not quoted
ANSWER_SLOPE = 1.0
ANSWER_INTERCEPT = -3.0
MATCH_SLOPE = 1.0
MATCH_INTERCEPT = -3.0
STRONG_POINTS = 60
GOOD_POINTS = 35
POSSIBLE_POINTS = 15


class Strength(StrEnum):
    """Strength in words; below possible, nobody is said to fit."""

    STRONG = "strong"
    GOOD = "good"
    POSSIBLE = "possible"
    NONE = "none"


def answer_points(deviations: float) -> int:
    """The probability, 0 to 100, that a sentence with these deviations answers the need."""
    return round(100 * _logistic(ANSWER_SLOPE * deviations + ANSWER_INTERCEPT))


def match_points(best: Sequence[float]) -> int:
    """The probability, 0 to 100, that the agent suits the challenge, from the best deviations of each need."""
    return round(100 * match_probability(best))


def match_probability(best: Sequence[float]) -> float:
    """As `match_points`, 0 to 1. No needs, no match."""
    if not best:
        return 0.0
    return _logistic(MATCH_SLOPE * evidence_level(best) + MATCH_INTERCEPT)


def evidence_level(best: Sequence[float]) -> float:
    """The mean over needs of the best deviations, not less than 0 each: monotone in every sentence."""
    return sum(max(value, 0.0) for value in best) / len(best)


def in_words(points: int) -> Strength:
    """The word for a number of points."""
    steps = ((STRONG_POINTS, Strength.STRONG), (GOOD_POINTS, Strength.GOOD), (POSSIBLE_POINTS, Strength.POSSIBLE))
    return next((word for least, word in steps if points >= least), Strength.NONE)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(min(value, 50.0), -50.0)))
