"""How strong: evidence as a probability, on a scale that means the same in every pair of languages. Pure.

Evidence comes as deviations (`ports.Evidence`, `ports.Hit`). The strength of a match grows with the best sentence that
answers a need, and with all that the agent's sentences, each by itself, have to do with the whole of the challenge; not
with age, size or repetition. So a sentence that is taken away never raises a match and one that is added never lowers
it; with sections, whose meaning shifts with what is left in them, that could not be promised. Where no sentence can be
quoted nothing is claimed. The numbers were fitted by logistic regression on the demo judgements
(data/evaluation/README.md), every challenge with every profile in three languages, and cross-validated by challenge.
"""

import math
from collections.abc import Sequence
from enum import StrEnum

STRENGTH_VERSION = "3"
ANSWER_SLOPE, ANSWER_LIKENESS, ANSWER_INTERCEPT = 1.12, 1.13, -9.38  # P(a sentence answers the need)
MATCH_SLOPE, MATCH_BREADTH, MATCH_INTERCEPT = 1.04, 1.12, -10.37  # P(grade 2 or 3)
ANSWERED_DEVIATIONS = 3.0  # of a sentence that is quoted: in the first ten matches two in five then answer, as judged
STRONG_POINTS = 80  # in the demo nine in ten such matches were judged 2 or 3
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


def match_points(best: Sequence[float], breadth: float) -> int:
    """The probability, 0 to 100, that the agent suits the challenge, from the best deviations of each need."""
    return round(100 * match_probability(best, breadth))


def match_probability(best: Sequence[float], breadth: float) -> float:
    """As `match_points`, 0 to 1; 0 when no need has a sentence that can be quoted."""
    evidence = evidence_level(best)
    if evidence < ANSWERED_DEVIATIONS:
        return 0.0
    return _logistic(MATCH_SLOPE * evidence + MATCH_BREADTH * breadth + MATCH_INTERCEPT)


def evidence_level(best: Sequence[float]) -> float:
    """The best deviations over all needs, not less than 0: no sentence that is added lowers it."""
    return max((0.0, *best))


def breadth(deviations: Sequence[float]) -> float:
    """How much the sentences of a document, from their deviations against the whole, have to do with it.

    The root of the sum of the squares of those above 0: one sentence that says it all counts as much as many that touch
    on it. The mean of the best three to fifteen, sums and norms of other powers told matches from others no better, or
    called more strong where nobody fits, or left one-sentence profiles without a chance.
    """
    return math.hypot(*(value for value in deviations if value > 0))


def in_words(points: int) -> Strength:
    """The word for a number of points."""
    steps = ((STRONG_POINTS, Strength.STRONG), (GOOD_POINTS, Strength.GOOD), (POSSIBLE_POINTS, Strength.POSSIBLE))
    return next((word for least, word in steps if points >= least), Strength.NONE)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(min(value, 50.0), -50.0)))
