"""Areas of a text, suggested by meaning against the descriptions of the taxonomy; the author confirms."""

from dataclasses import dataclass

from matchmaker.languages import WorkingLanguage, is_working_language
from matchmaker.matching.ports import Query, SearchIndex
from matchmaker.taxonomy.models import Taxonomy, Term

SUGGESTED_AT_MOST = 3
LEAD_DEVIATIONS = 0.8  # how far behind the nearest area another one may stand and still be suggested
LEAST_DEVIATIONS = 0.5  # below it no area is suggested: the text is about something else


@dataclass(frozen=True)
class AreaSuggestion:
    """An area with the sub-area that made it near, and how near in standard deviations."""

    area: str
    sub_area: str | None
    deviations: float


def suggest_areas(index: SearchIndex, *, taxonomy: Taxonomy, text: str, language: str) -> list[AreaSuggestion]:
    """The areas that a text is about, nearest first; an area is as near as its nearest description."""
    spoken = language if is_working_language(language) else WorkingLanguage.ES
    options = [(area, term) for area in taxonomy.areas for term in (area, *area.sub_terms)]
    queries = [Query(_words(term, spoken), spoken, is_stored=True) for _, term in options]
    scores = index.compare(Query(text, language), queries)
    best: dict[str, AreaSuggestion] = {}
    for (area, term), score in zip(options, scores, strict=True):
        if area.code not in best or score > best[area.code].deviations:
            best[area.code] = AreaSuggestion(area.code, None if term is area else term.code, score)
    ordered = sorted(best.values(), key=lambda found: (-found.deviations, found.area))
    least = max(LEAST_DEVIATIONS, ordered[0].deviations - LEAD_DEVIATIONS) if ordered else 0.0
    return [found for found in ordered if found.deviations >= least][:SUGGESTED_AT_MOST]


def _words(term: Term, language: str) -> str:
    return f"{term.name[language]}. {term.description[language]}"
