"""One challenge with its needs and its matches."""

from collections.abc import Collection

from pydantic import BaseModel, Field

from api.pages import link
from api.showing import keep_showing
from api.web.choices import country_choices, language_choices, term_choices
from api.web.explained import term_names
from api.web.finding import answering, found_of, shown_of
from api.web.forms import known
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.linked_data import challenge_data
from api.web.numbers import countries_of
from api.web.pieces import Choosing, Named
from api.web.proposals import barred_by_procurement, own_proposals
from api.web.views import ChallengePage
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge, owns
from matchmaker.introductions.conversations import introductions_of
from matchmaker.languages import WorkingLanguage
from matchmaker.matching.actions import RANKED_HITS, Wanted, matches_of_challenge, stored_ask
from matchmaker.matching.shortlist import considered_of
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import full_profiles
from matchmaker.sentences import paragraphs
from matchmaker.taxonomy.models import Concern

POSTED = "posted"


class NarrowForm(BaseModel):
    """How a reader narrows those who answer; codes that nobody offers are left out."""

    kinds: list[str] = Field(default_factory=list)
    country: str = ""
    spoken: str = ""
    delivering: str = ""  # anything: only those who deliver at the place
    shown: str = ""
    view: str = ""  # "grid": needs by candidates
    done: str = ""


def asked_for(asked: Asked, challenge_id: int, narrowed: NarrowForm) -> ChallengePage:
    """The page as its address asks for it. Raises `challenge_unknown`."""
    done = narrowed.done if narrowed.done == POSTED else ""
    return challenge_page(asked, challenge_id, narrowed=narrowed, shown=shown_of(narrowed.shown), done=done)


def challenge_page(
    asked: Asked, challenge_id: int, *, narrowed: NarrowForm, shown: int, done: str = ""
) -> ChallengePage:
    """One challenge with those who answer it, kept as a showing. Raises `challenge_unknown`."""
    service, session = asked.service, asked.session
    taxonomy, language = service.taxonomy, asked.language
    chosen = known(list(narrowed.kinds), taxonomy, Concern.KINDS)
    among = countries_of(session, acting=asked.acting)
    full, matches = matches_of_challenge(
        session, index=service.index, acting=asked.acting, taxonomy=taxonomy, challenge_id=challenge_id,
        wanted=Wanted(
            kinds=frozenset(chosen), countries=frozenset({narrowed.country} & set(among)),
            languages=frozenset({narrowed.spoken} & set(WorkingLanguage)), delivering_only=bool(narrowed.delivering),
            limit=RANKED_HITS,
        ),
    )  # fmt: skip
    challenge = full.challenge
    found = found_of(
        asked, stored_ask(full, taxonomy=taxonomy), matches, shown=shown, challenge=challenge, asked_by=full.co_owners
    )
    line = challenge_line(challenge, owners_of(session, [challenge], acting=asked.acting))
    page = ChallengePage(
        language=language,
        frame=asked.frame("challenges"),
        line=line,
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
        countries=country_choices(language, chosen=narrowed.country, among=among),
        spoken=tuple(
            choice
            for choice in language_choices(language, chosen=narrowed.spoken)
            if choice.value in set(WorkingLanguage)
        ),
        delivering=bool(narrowed.delivering),
        found=found,
        linked=challenge_data(full, address=asked.address, asker=line.asker),
        own=choosing_of(asked, full, [match.full.profile for match in matches.matches], shown=shown),
        proposals=own_proposals(asked, full),
        status=challenge.status,
        together=_together(asked, full),
        done=done,
    )
    session.close()  # a page holds no connection while it waits for its turn to write
    keep_showing(service, acting=asked.acting, challenge=challenge, found=matches, shown=answering(matches)[:shown])
    return page


def choosing_of(asked: Asked, full: FullChallenge, profiles: Collection[Profile], *, shown: int) -> Choosing:
    """What the reader may do with candidates."""
    acting, session, number = asked.acting, asked.session, full.challenge.id or 0
    is_own = asked.person is not None and owns(session, acting=acting, challenge_id=number)
    return Choosing(
        challenge_id=number,
        is_own=is_own,
        is_open=full.challenge.status == Status.OPEN,
        considered=considered_of(session, acting=acting, challenge_id=number) if is_own else frozenset(),
        introduced=introductions_of(session, acting=acting, challenge_id=number) if is_own else {},
        barred=barred_by_procurement(asked, full, profiles) if is_own else frozenset(),
        shown=shown,
    )


def _together(asked: Asked, full: FullChallenge) -> tuple[Named, ...]:
    found = full_profiles(asked.session, acting=asked.acting, profile_ids=full.co_owners) if full.co_owners else {}
    return tuple(named(found[number].profile) for number in full.co_owners if number in found)
