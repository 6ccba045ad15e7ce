"""A match as a reader sees it: from codes and rows to values ready for a page. Pure."""

from collections.abc import Sequence

from api.web.pieces import Answer, MatchExplained, PrincipleAnswer, Quote, Why
from matchmaker.matching.circumstances import Circumstance, Fitting, weight
from matchmaker.matching.ranking import Ranked
from matchmaker.matching.reasons import Quotation, Reasons
from matchmaker.matching.strength import GOOD_POINTS, POSSIBLE_POINTS, STRONG_POINTS, evidence_level
from matchmaker.taxonomy.models import Concern, Taxonomy

SAID_TWICE = {Circumstance.SAME_COUNTRY: Circumstance.DELIVERS_THERE}
"""A circumstance on the left makes the one on the right go without saying."""


def explain(ranked: Ranked, needs: Sequence[str], *, spoken: str, taxonomy: Taxonomy, language: str) -> MatchExplained:
    """Everything that a page in `language` says of a match, for the needs in `spoken` that it was ranked by."""
    candidate = ranked.candidate
    return MatchExplained(
        answers=answers_of(candidate.reasons, needs, spoken=spoken, best=candidate.best),
        facts=_facts(candidate.circumstances),
        principles=tuple(
            PrincipleAnswer(term_name(taxonomy, Concern.PRINCIPLES, code, language), quote_of(quotation))
            for code, quotation in candidate.reasons.principles
        ),
        strength=ranked.strength.value,
        why=Why(
            points=ranked.points,
            best=evidence_level(candidate.best) if candidate.best else 0.0,
            breadth=candidate.hit.breadth,
            strong=STRONG_POINTS,
            good=GOOD_POINTS,
            possible=POSSIBLE_POINTS,
            circumstances=weight(candidate.circumstances),
        ),
        is_tie=ranked.is_tie,
    )


def answers_of(
    reasons: Reasons, needs: Sequence[str], *, spoken: str, best: Sequence[float] = ()
) -> tuple[Answer, ...]:
    """Each need with its quotation, numbered from 1. `best` are the deviations of its best sentence, quoted or not."""
    nearest = list(best) or [0.0] * len(needs)
    return tuple(
        Answer(number, need, spoken, quote_of(quotation), max(deviations, 0.0))
        for number, (need, quotation, deviations) in enumerate(zip(needs, reasons.answers, nearest, strict=True), 1)
    )


def quote_of(quotation: Quotation | None) -> Quote | None:
    """A quotation as it is shown."""
    return None if quotation is None else Quote(quotation.text, quotation.language, quotation.field)


def term_name(taxonomy: Taxonomy, concern: Concern, code: str, language: str) -> str:
    """The name of an entry; empty for a code that this version no longer has, since codes are never shown."""
    term = taxonomy.term(concern, code)
    return term.name[language] if term else ""


def term_names(taxonomy: Taxonomy, concern: Concern, codes: Sequence[str], language: str) -> tuple[str, ...]:
    """The names of the entries that this version has."""
    return tuple(name for name in (term_name(taxonomy, concern, code, language) for code in codes) if name)


def _facts(circumstances: Sequence[Fitting]) -> tuple[Fitting, ...]:
    unsaid = {SAID_TWICE[fitting.code] for fitting in circumstances if fitting.code in SAID_TWICE}
    return tuple(fitting for fitting in circumstances if fitting.code not in unsaid)
