"""The alliance's model: its lists in the reader's language."""

from collections.abc import Iterable

from api.web.frames import Asked
from api.web.shown import TermShown
from api.web.views import Alliance
from matchmaker.taxonomy.models import Term


def alliance_page(asked: Asked) -> Alliance:
    """The lists in force, with their version."""
    taxonomy, language = asked.service.taxonomy, asked.language
    return Alliance(
        language=language,
        frame=asked.frame("alliance"),
        version=taxonomy.version,
        is_provisional=taxonomy.provisional,
        source=taxonomy.source[language],
        areas=_shown(taxonomy.areas, language),
        principles=_shown(taxonomy.principles, language),
        kinds=_shown(taxonomy.kinds, language),
    )


def _shown(terms: Iterable[Term], language: str) -> tuple[TermShown, ...]:
    return tuple(
        TermShown(term.name[language], term.description[language], _shown(term.sub_terms, language)) for term in terms
    )
