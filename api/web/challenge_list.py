"""The list of open challenges: narrowed, searched, the newest first."""

from collections.abc import Mapping, Sequence

from api.web.explained import quote_of
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, challenge_line, owners_of
from api.web.narrowing import (
    WORKING,
    Narrowing,
    by_country,
    by_language,
    by_procurement,
    by_size,
    by_terms,
    narrowing_of,
    question,
)
from api.web.shown import ChallengeFound
from api.web.views import Challenges
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges, count_browsed, countries_asking
from matchmaker.challenges.models import Challenge
from matchmaker.matching.browsing import search_challenges
from matchmaker.matching.reasons import Quotation


def challenges_page(asked: Asked, values: Mapping[str, str], *, after: int) -> Challenges:
    """One page of the open challenges, narrowed and searched by what is asked."""
    session, acting, taxonomy = asked.session, asked.acting, asked.service.taxonomy
    narrowing = narrowing_of(
        values,
        (
            by_country(asked, values, countries_asking(session, acting=acting)),
            by_terms(asked, "area", taxonomy.areas, values),
            by_terms(asked, "principle", taxonomy.principles, values),
            by_language(asked, values, WORKING),
            by_size(values),
            by_procurement(values),
        ),
        after=after,
    )
    found, total = _listed(asked, narrowing)
    owners = owners_of(session, (challenge for challenge, _ in found), acting=acting)
    return Challenges(
        language=asked.language,
        frame=asked.frame("challenges"),
        lines=tuple(ChallengeFound(challenge_line(row, owners), quote_of(quotation)) for row, quotation in found),
        total=total,
        narrowing=narrowing,
        is_first=after <= 0,
        next_query=narrowing.query(after=after + PAGE_LINES) if after + len(found) < total else "",
    )


def _listed(asked: Asked, narrowing: Narrowing) -> tuple[Sequence[tuple[Challenge, Quotation | None]], int]:
    """The rows of a page, and how many there are in all."""
    session, acting = asked.session, asked.acting
    wanted = ChallengesWanted(
        countries=narrowing.codes("country"),
        areas=narrowing.codes("area"),
        principles=narrowing.codes("principle"),
        languages=narrowing.codes("language"),
        sizes=narrowing.sizes,
        procurements=narrowing.codes("procurement"),
    )
    if narrowing.text:
        query = question(asked, narrowing.text)
        found = search_challenges(session, index=asked.service.index, acting=acting, query=query, wanted=wanted)
        rows = found[narrowing.after : narrowing.after + PAGE_LINES]
        return [(row.challenge, row.quotation) for row in rows], len(found)
    listed = browse_challenges(session, acting=acting, wanted=wanted, offset=narrowing.after, limit=PAGE_LINES)
    return [(row, None) for row in listed], count_browsed(session, acting=acting, wanted=wanted)
