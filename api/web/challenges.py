"""Challenges: the list of open ones, and one with its needs and its matches."""

from collections.abc import Collection

from sqlmodel import col, select

from api.pages import link
from api.showing import keep_showing
from api.web.choices import country_choices, term_choices
from api.web.explained import term_names
from api.web.finding import answering, found_of
from api.web.forms import known
from api.web.frames import Asked
from api.web.lines import PAGE_LINES, challenge_line, one_page, owners_of
from api.web.profiles import next_query
from api.web.views import ChallengePage, Challenges
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import count_challenges, list_challenges, may_see
from matchmaker.matching.actions import RANKED_HITS, Wanted, matches_of_challenge, stored_ask
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern


def challenges_page(asked: Asked, *, country: str, after: int) -> Challenges:
    """One page of the list, narrowed by country."""
    session, acting = asked.session, asked.acting
    among = _countries(asked)
    countries = [country] if country in among else []
    rows, has_more = one_page(
        list_challenges(session, acting=acting, countries=countries, after=max(after, 0), limit=PAGE_LINES + 1)
    )
    owners = owners_of(session, rows, acting=acting)
    return Challenges(
        language=asked.language,
        frame=asked.frame("challenges"),
        lines=tuple(challenge_line(row, owners) for row in rows),
        total=count_challenges(session, acting=acting),
        countries=country_choices(asked.language, chosen="".join(countries), among=among),
        is_first=after <= 0,
        next_query=next_query(rows[-1].id, {"country": "".join(countries)}) if has_more else "",
    )


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


def _countries(asked: Asked) -> list[str]:
    column = col(Challenge.country)
    return sorted(asked.session.exec(select(column).where(may_see(asked.acting), column != "").distinct()).all())
