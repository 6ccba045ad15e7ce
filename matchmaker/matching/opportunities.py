"""The reverse: open challenges that fit a profile, with the same evidence that the city sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.passages import passages_of as challenge_passages
from matchmaker.challenges.queries import FullChallenge, unseen_challenges
from matchmaker.integrity.queries import confirmed_of
from matchmaker.matching.actions import (
    Wanted,
    candidate_of,
    explained,
    request_for,
    shown_to,
    stored_ask,
    visible_challenges,
)
from matchmaker.matching.apart import challenges_of, kept_out
from matchmaker.matching.asks import Ask
from matchmaker.matching.documents import profile_document
from matchmaker.matching.ports import Hit, Query, SearchIndex, SearchRequest, Subject
from matchmaker.matching.ranking import Ranked, rank
from matchmaker.matching.reasons import Quotation, reasons_of
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.passages import sections_of
from matchmaker.profiles.queries import FullProfile, get_profile
from matchmaker.taxonomy.models import Taxonomy

EXAMINED_CHALLENGES = 40  # nearest by meaning, then examined need by need as the city's own list is
SECTIONS_ASKED = 12  # of a profile; offers and experience come before what it says of itself
SECTION_CHARACTERS = 1_600


@dataclass(frozen=True)
class Opportunity:
    """A challenge that a profile could answer, with the match as its author would see it."""

    full: FullChallenge
    ranked: Ranked


@dataclass(frozen=True)
class Asked:
    """A challenge as its author asks it, and which profiles take no part."""

    full: FullChallenge
    ask: Ask
    excluded: frozenset[int]


@dataclass(frozen=True)
class Sought:
    """A challenge found for a text, with the sentence of the challenge that speaks of it."""

    full: FullChallenge
    quotation: Quotation


@dataclass(frozen=True)
class Among:
    """Which open challenges take part: facets as in `SearchRequest.filters`; `only` and `excluded` by number."""

    filters: tuple[frozenset[str], ...] = ()
    only: frozenset[int] | None = None
    excluded: frozenset[int] = frozenset()


EVERY_CHALLENGE = Among()


def find_opportunities(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    taxonomy: Taxonomy,
    profile_id: int,
    among: Among = EVERY_CHALLENGE,
    limit: int = 20,
) -> tuple[FullProfile, list[Opportunity]]:
    """Open challenges by falling strength for this profile, without those of members in confirmed conflict with it.

    Raises `profile_unknown`.
    """
    profile = get_profile(session, acting=acting, profile_id=profile_id)
    found = _nearest(session, index, acting, needs=offered(profile), among=among, profile_id=profile_id)
    owners = {owner for _, full in found for owner in full.owners}
    apart = {owner: frozenset({owner}) | others for owner, others in confirmed_of(session, owners).items()}
    asked = [
        Asked(full, stored_ask(full, taxonomy=taxonomy), frozenset().union(*(apart[each] for each in full.owners)))
        for _, full in found
    ]
    fitting = _ranked(index, acting, profile, asked)
    nearness = {full.challenge.id: hit.relevance for hit, full in found}
    fitting.sort(key=lambda pair: (-pair[1].points, -nearness[pair[0].full.challenge.id], pair[0].full.challenge.id))
    shown = [(asked, explained(asked.ask, ranked, profile).ranked) for asked, ranked in fitting[:limit]]
    return profile, [Opportunity(asked.full, ranked) for asked, ranked in shown]


def find_by_text(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    query: Query,
    profile_id: int,
    among: Among = EVERY_CHALLENGE,
    limit: int = 20,
) -> list[Sought]:
    """Open challenges of others than this profile that speak of a text, nearest first, each with the sentence."""
    found = _nearest(session, index, acting, needs=(query,), among=among, profile_id=profile_id)
    explained = [(full, _speaking(hit, full)) for hit, full in found]
    return [Sought(full, quotation) for full, quotation in explained if quotation is not None][:limit]


def offered(full: FullProfile) -> tuple[Query, ...]:
    """What a profile offers and has done, as questions to challenges."""
    sections = sections_of(full.profile, full.offers, full.experience)
    concrete = [section for section in sections if section.field in {"offer", "experience"}]
    chosen = [*concrete, *(section for section in sections if section not in concrete)][:SECTIONS_ASKED]
    texts = [f"{section.title}. {section.text}"[:SECTION_CHARACTERS] for section in chosen]
    return tuple(Query(text, full.profile.language, is_stored=True) for text in texts or [full.profile.name])


def _nearest(
    session: Session, index: SearchIndex, acting: Acting, *, needs: tuple[Query, ...], among: Among, profile_id: int
) -> list[tuple[Hit, FullChallenge]]:
    """The nearest challenges that may be seen, without the profile's own and those of members in conflict with it."""
    excluded = among.excluded | challenges_of(session, kept_out(session, [profile_id]))
    excluded |= unseen_challenges(session, acting=acting)
    request = SearchRequest(
        needs=needs, subject=Subject.CHALLENGE, filters=among.filters, only=among.only, excluded=excluded,
        limit=EXAMINED_CHALLENGES,
    )  # fmt: skip
    found = visible_challenges(session, acting=acting, hits=index.search(request).hits)
    return [(hit, full) for hit, full in found if profile_id not in full.owners]


def _speaking(hit: Hit, full: FullChallenge) -> Quotation | None:
    return reasons_of(hit, challenge_passages(full.challenge, full.needs), needs=1, principles=()).answers[0]


def _ranked(
    index: SearchIndex, acting: Acting, profile: FullProfile, challenges: Sequence[Asked]
) -> list[tuple[Asked, Ranked]]:
    """The match between each challenge and one profile, exactly as the challenge's own list has it."""
    requests = [request_for(acting, asked.ask, Wanted(), excluded=asked.excluded) for asked in challenges]
    return [
        (asked, rank([candidate_of(asked.ask, hit, profile)], shown={})[0])
        for asked, hit in zip(challenges, _examined(index, acting, profile, requests), strict=True)
        if hit is not None
    ]


def _examined(
    index: SearchIndex, acting: Acting, full: FullProfile, requests: Sequence[SearchRequest]
) -> list[Hit | None]:
    """How a profile answers; one that is not admitted yet is tried out as it would stand in lists.

    One whose use is suspended by a request about its data takes no part.
    """
    profile = full.profile
    if profile.visibility in shown_to(acting) or profile.visibility_unblocked:
        return index.examine(profile.id or 0, requests)
    document = profile_document(full)
    facets = {facet for facet in document.facets if not facet.startswith("visibility:")}
    return index.try_out(replace(document, facets=frozenset({*facets, f"visibility:{Visibility.VISIBLE}"})), requests)
