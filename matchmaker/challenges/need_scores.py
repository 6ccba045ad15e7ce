"""How well suggested needs agree with needs that people marked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

SAME_NEED_OVERLAP = 0.5
"""Intersection over union of two spans of characters from which on they mark the same need, as in object detection
(Everingham et al. 2010, "The Pascal Visual Object Classes Challenge")."""

Span = tuple[int, int]
"""First character and the one after the last, counted from 0 in the description."""


@dataclass(frozen=True)
class Agreement:
    """How many needs were suggested, how many were marked, and how many pairs of them are the same need."""

    matched: int = 0
    suggested: int = 0
    marked: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        """The counts of both: summed over texts and then divided, the figures are micro averages."""
        return Agreement(self.matched + other.matched, self.suggested + other.suggested, self.marked + other.marked)

    @property
    def precision(self) -> float:
        """The share of the suggested needs that were marked, 0 to 1; 0 when none was suggested."""
        return self.matched / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """The share of the marked needs that were suggested, 0 to 1; 0 when none was marked."""
        return self.matched / self.marked if self.marked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.suggested + self.marked
        return 2 * self.matched / total if total else 0.0


def agreement(description: str, *, suggested: Sequence[str], marked: Sequence[str]) -> Agreement:
    """Compare verbatim pieces of a description, one to one, the pairs with most overlap first."""
    ours, theirs = spans_of(description, suggested), spans_of(description, marked)
    pairs = sorted(product(ours, theirs), key=lambda pair: (-overlap(*pair), pair))
    matched = 0
    for our, their in pairs:
        if our in ours and their in theirs and overlap(our, their) >= SAME_NEED_OVERLAP:
            ours.remove(our)
            theirs.remove(their)
            matched += 1
    return Agreement(matched, len(suggested), len(marked))


def spans_of(description: str, pieces: Sequence[str]) -> list[Span]:
    """Where pieces stand, each sought after the one before. Raises `ValueError` for one that is not verbatim."""
    spans: list[Span] = []
    for piece in pieces:
        after = description.find(piece, spans[-1][1] if spans else 0)
        start = after if after >= 0 else description.index(piece)
        spans.append((start, start + len(piece)))
    return spans


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of two spans, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    union = max(one[1], other[1]) - min(one[0], other[0])
    return shared / union if shared > 0 else 0.0
