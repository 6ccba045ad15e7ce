"""Why: each need with the sentence that answers it, verbatim, in its own language; nothing is written anew. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matchmaker.matching.ports import Evidence, Hit
from matchmaker.matching.strength import ANSWERED_DEVIATIONS, answer_points
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
    quotes = [quotation(evidence, sentences, hit.likeness) for evidence in hit.evidence]
    return Reasons(answers=tuple(quotes[:needs]), principles=tuple(zip(principles, quotes[needs:], strict=True)))


def quotation(evidence: Sequence[Evidence], sentences: Mapping[str, Passage], likeness: float) -> Quotation | None:
    """The best sentence that is still in the text, if it stands out far enough; nothing else in the text matters."""
    for found in evidence:
        passage = sentences.get(found.digest)
        if passage is not None and found.deviations >= ANSWERED_DEVIATIONS:
            points = answer_points(found.deviations, likeness)
            return Quotation(passage.text, passage.language, passage.field, points, found.deviations)
    return None
