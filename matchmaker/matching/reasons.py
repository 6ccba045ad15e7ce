"""Why: each need with the sentence that answers it, verbatim, in its own language; nothing is written anew. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.matching.ports import Evidence, Hit
from matchmaker.matching.strength import ANSWERED_DEVIATIONS, ANSWERED_POINTS, PRINCIPLE_DEVIATIONS, answer_points
from matchmaker.sentences import Level, Passage


@dataclass(frozen=True)
class Quotation:
    """A sentence of a profile or a challenge. `points` is how well it answers, 0 to 100, in any pair of languages."""

    text: str
    language: str
    field: str
    points: int
    deviations: float


@dataclass(frozen=True)
class Reasons:
    """Per need the sentence that answers it, or nothing; the same per principle."""

    answers: tuple[Quotation | None, ...]
    principles: tuple[tuple[str, Quotation | None], ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the needs that nothing answers, from 0."""
        return tuple(number for number, answer in enumerate(self.answers) if answer is None)

    @property
    def answered(self) -> int:
        """How many needs are answered."""
        return len(self.answers) - len(self.missing)


NOT_YET_EXPLAINED = Reasons((), ())


def reasons_of(hit: Hit, passages: Sequence[Passage], *, needs: int, principles: Sequence[str]) -> Reasons:
    """Quote for each need, then for each principle, the best sentence that the text still holds."""
    sentences = {passage.digest: passage for passage in passages if passage.level is Level.SENTENCE}
    answers = [quotation(evidence, sentences, hit.likeness) for evidence in hit.evidence[:needs]]
    spoken = [_principle(evidence, sentences, hit.likeness) for evidence in hit.evidence[needs:]]
    return Reasons(answers=tuple(answers), principles=tuple(zip(principles, spoken, strict=True)))


def quotation(evidence: Sequence[Evidence], sentences: Mapping[str, Passage], likeness: float) -> Quotation | None:
    """The best sentence that probably answers and is still in the text."""
    found = _held(evidence, sentences, likeness)
    if found is None or found.deviations < ANSWERED_DEVIATIONS or found.points < ANSWERED_POINTS:
        return None
    return found


def _principle(evidence: Sequence[Evidence], sentences: Mapping[str, Passage], likeness: float) -> Quotation | None:
    found = _held(evidence, sentences, likeness)
    return found if found and found.deviations >= PRINCIPLE_DEVIATIONS else None


def _held(evidence: Sequence[Evidence], sentences: Mapping[str, Passage], likeness: float) -> Quotation | None:
    for found in evidence:
        passage = sentences.get(found.digest)
        if passage is not None:
            points = answer_points(found.deviations, likeness)
            return Quotation(passage.text, passage.language, passage.field, points, found.deviations)
    return None
