"""The alliance's model: its lists in the reader's language, and who founded and governs it."""

from collections.abc import Iterable

from api.web.frames import Asked
from api.web.lines import named
from api.web.shown import TermShown
from api.web.views import Alliance, CommitteeTold
from matchmaker.membership.committee_queries import agents_in_seats, list_committees
from matchmaker.membership.models import Committee
from matchmaker.membership.states import Sector
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
        committees=tuple(_committee(asked, row) for row in list_committees(asked.session) if row.constituted_on),
    )


def _committee(asked: Asked, row: Committee) -> CommitteeTold:
    """What everyone may know of it: its days, and which agents have its seats, by sector."""
    seats = agents_in_seats(asked.session, acting=asked.acting, committee_id=row.id)
    return CommitteeTold(
        kind=row.kind,
        constituted_on=row.constituted_on,
        assembly_by=None if row.ended_on else row.first_assembly_by,
        ended_on=row.ended_on,
        sectors=tuple(
            (sector, tuple(None if agent is None else named(agent) for seat, agent in seats if seat.sector == sector))
            for sector in Sector
        ),
    )


def _shown(terms: Iterable[Term], language: str) -> tuple[TermShown, ...]:
    return tuple(
        TermShown(term.name[language], term.description[language], _shown(term.sub_terms, language)) for term in terms
    )
