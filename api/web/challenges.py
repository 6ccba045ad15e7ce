"""Challenges: the list of open ones, and one with its needs and its matches."""

from collections.abc import Collection, Mapping, Sequence

from api.pages import link
from api.showing import keep_showing
from api.web.choices import term_choices
from api.web.explained import quote_of, term_names
from api.web.finding import answering, found_of
from api.web.forms import known
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
from api.web.views import ChallengePage, Challenges
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges, count_browsed, countries_asking
from matchmaker.challenges.models import Challenge
from matchmaker.matching.actions import RANKED_HITS, Wanted, matches_of_challenge, stored_ask
from matchmaker.matching.browsing import search_challenges
from matchmaker.matching.reasons import Quotation
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern


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


def challenge_page(
    asked: Asked, challenge_id: int, *, kinds: Collection[str], delivering: bool, shown: int
) -> ChallengePage:
    """One challenge with those who answer it, kept as a showing. Raises `challenge_unknown`."""
    service, session = asked.service, asked.session
    taxonomy, language = service.taxonomy, asked.language
    chosen = known(list(kinds), taxonomy, Concern.KINDS)
    full, matches = matches_of_challenge(
        session, index=service.index, acting=asked.acting, taxonomy=taxonomy, challenge_id=challenge_id,
        wanted=Wanted(kinds=frozenset(chosen), delivering_only=delivering, limit=RANKED_HITS),
    )  # fmt: skip
    challenge = full.challenge
    found = found_of(asked, stored_ask(full, taxonomy=taxonomy), matches, shown=shown, challenge=challenge)
    page = ChallengePage(
        language=language,
        frame=asked.frame("challenges"),
        line=challenge_line(challenge, owners_of(session, [challenge], acting=asked.acting)),
        owner_id=challenge.owner_id,
        paragraphs=tuple(paragraphs(challenge.description)),
        expected_benefit=challenge.expected_benefit,
        beneficiaries=challenge.beneficiaries,
        areas=term_names(taxonomy, Concern.AREAS, challenge.areas, language),
        principles=term_names(taxonomy, Concern.PRINCIPLES, challenge.principles, language),
        budget_band=challenge.budget_band,
        procurement=challenge.procurement,
        starts_on=challenge.starts_on,
        ends_on=challenge.ends_on,
        portal=link(challenge.url),
        kinds=term_choices(taxonomy.kinds, name=lambda term: term.plural[language], chosen=chosen),
        delivering=delivering,
        found=found,
    )
    session.close()  # a page holds no connection while it waits for its turn to write
    keep_showing(service, acting=asked.acting, challenge=challenge, found=matches, shown=answering(matches)[:shown])
    return page
