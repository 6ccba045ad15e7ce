"""What whoever offers answers looks at: opportunities, whether it can propose itself, how it is seen."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from babel import Locale

from api.web.choices import country_choices, term_choices
from api.web.explained import explain
from api.web.finding import is_answer
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.pieces import Choice, ProposalShown
from api.web.proposals import OF_THE_MEMBER, proposals_of
from api.web.supply_views import (
    NeedShown,
    Opportunities,
    OpportunityShown,
    ShownLine,
    Tally,
    VisibilityPage,
)
from matchmaker.accounts.models import Acting
from matchmaker.errors import NotReadyError
from matchmaker.introductions.quotas import asks_left
from matchmaker.languages import WorkingLanguage
from matchmaker.matching.opportunities import EXAMINED_CHALLENGES, Among, Opportunity, find_opportunities
from matchmaker.matching.visibility import OwnVisibility, ShownFor, own_visibility
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.queries import represents
from matchmaker.profiles.writing import unpublished_of
from matchmaker.taxonomy.models import Concern

OPPORTUNITIES_SHOWN = 10
TALLIES_SHOWN = 6


def opportunities_page(asked: Asked, profile_id: int, *, country: str, area: str, spoken: str) -> Opportunities:
    """The open challenges that fit a profile. Raises `profile_unknown`."""
    service, session, taxonomy = asked.service, asked.session, asked.service.taxonomy
    countries = country_choices(asked.language, chosen=country)
    picked = {
        "country": country if country in {each.value for each in countries} else "",
        "area": area if area in taxonomy.codes(Concern.AREAS) else "",
        "language": spoken if spoken in set(WorkingLanguage) else "",
    }
    filters = tuple(frozenset({f"{name}:{code}"}) for name, code in picked.items() if code)
    full, found = find_opportunities(
        session, index=service.index, acting=asked.acting, taxonomy=taxonomy, profile_id=profile_id,
        among=Among(filters=filters), limit=OPPORTUNITIES_SHOWN,
    )  # fmt: skip
    fitting = [opportunity for opportunity in found if is_answer(opportunity.ranked)]
    owners = owners_of(session, (opportunity.full.challenge for opportunity in fitting), acting=asked.acting)
    proposals = proposals_of(asked, full.profile, [opportunity.full for opportunity in fitting])
    everywhere = next((each for each in proposals.values() if each.code in OF_THE_MEMBER), None)
    kept = {"profile": profile_id, **{name: code for name, code in picked.items() if code}}
    return Opportunities(
        language=asked.language,
        frame=asked.frame("profiles"),
        agent=named(full.profile),
        lines=tuple(_opportunity(asked, opportunity, owners, proposals) for opportunity in fitting),
        narrowing={
            "country": countries,
            "area": term_choices(taxonomy.areas, name=lambda term: term.name[asked.language], chosen=[area]),
            "language": _tongues(asked.language, chosen=[spoken]),
        },
        is_narrowed=bool(filters),
        is_own=represents(session, acting=asked.acting, profile_id=profile_id),
        is_unpublished=profile_id in unpublished_of(session, acting=asked.acting),
        obstacle=everywhere.why if everywhere else "",
        next_at=_next_ask(asked, profile_id) if everywhere else None,
        search=urlencode(kept),
    )


def _next_ask(asked: Asked, profile_id: int) -> datetime | None:
    """From when a member can propose itself again, once it has used up what it may in a week."""
    office = asked.service.introduction_office()
    left = asks_left(asked.session, acting=asked.acting, profile_id=profile_id, office=office)
    return None if left.left else left.next_at


def _opportunity(
    asked: Asked, found: Opportunity, owners: dict[int, str], proposals: Mapping[int, ProposalShown]
) -> OpportunityShown:
    challenge = found.full.challenge
    match = explain(
        found.ranked, [need.text for need in found.full.needs], spoken=challenge.language,
        taxonomy=asked.service.taxonomy, language=asked.language,
    )  # fmt: skip
    return OpportunityShown(
        challenge_line(challenge, owners), match, proposals.get(challenge.id or 0), challenge.procurement,
        challenge.budget_band, challenge.starts_on, challenge.ends_on,
    )  # fmt: skip


def visibility_page(asked: Asked, profile_id: int) -> VisibilityPage:
    """How a profile is seen. Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`."""
    acting, session = asked.signed_in(), asked.session
    found = own_visibility(session, acting=acting, profile_id=profile_id)
    owners = owners_of(session, (each.full.challenge for each in found.shown_for), acting=acting)
    examined, unanswered = _unanswered(asked, profile_id) if found.is_shown else (0, 0)
    return VisibilityPage(
        language=asked.language,
        frame=asked.frame("profiles"),
        agent=named(found.profile),
        hidden=_hidden(asked, found, acting),
        times=found.times,
        challenges=found.challenges,
        askers=found.askers,
        lines=tuple(_shown(each, owners) for each in found.shown_for),
        unnamed=found.unnamed,
        open_challenges=found.unmet.open_challenges,
        countries=_tallies(found.unmet.countries),
        languages=_tallies(found.unmet.languages),
        examined=examined,
        unanswered=unanswered,
    )


def _hidden(asked: Asked, found: OwnVisibility, acting: Acting) -> str:
    """Why nobody sees a profile; nothing while all do."""
    if found.is_shown:
        return ""
    if found.profile.id in unpublished_of(asked.session, acting=acting):
        return "unpublished"
    if found.profile.visibility == Visibility.UNCLAIMED:
        return "unclaimed"
    return "blocked" if found.profile.visibility_unblocked else "not_admitted"


def _shown(found: ShownFor, owners: dict[int, str]) -> ShownLine:
    needs = tuple(NeedShown(number + 1, found.full.needs[number].text) for number in found.needs)
    return ShownLine(challenge_line(found.full.challenge, owners), found.times, found.best_place, needs, found.shown_at)


def _unanswered(asked: Asked, profile_id: int) -> tuple[int, int]:
    """Of the open challenges nearest to a profile: how many there are, and how many no sentence of it answers."""
    service = asked.service
    try:
        _, found = find_opportunities(
            asked.session, index=service.index, acting=asked.acting, taxonomy=service.taxonomy, profile_id=profile_id,
            limit=EXAMINED_CHALLENGES,
        )  # fmt: skip
    except NotReadyError:
        return 0, 0
    return len(found), sum(not is_answer(opportunity.ranked) for opportunity in found)


def _tallies(counted: Mapping[str, int]) -> tuple[Tally, ...]:
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Tally(code, count) for code, count in ordered[:TALLIES_SHOWN])


def _tongues(language: str, *, chosen: list[str]) -> tuple[Choice, ...]:
    names = Locale.parse(language).languages
    return tuple(Choice(code, str(names.get(code, code)), code in chosen) for code in WorkingLanguage)
