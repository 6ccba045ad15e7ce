"""The reverse: open challenges that fit a profile, with the same evidence that the city sees."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import FullChallenge
from matchmaker.integrity.queries import confirmed_of
from matchmaker.matching.actions import (
    Wanted,
    candidate_of,
    explained,
    request_for,
    stored_ask,
    visible_challenges,
)
from matchmaker.matching.apart import challenges_of, kept_out
from matchmaker.matching.ports import Query, SearchIndex, SearchRequest, Subject
from matchmaker.matching.ranking import Ranked, rank
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


def find_opportunities(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    taxonomy: Taxonomy,
    profile_id: int,
    filters: tuple[frozenset[str], ...] = (),
    limit: int = 20,
) -> tuple[FullProfile, list[Opportunity]]:
    """Open challenges by falling strength for this profile, without those of members in confirmed conflict with it.

    Raises `profile_unknown`.
    """
    profile = get_profile(session, acting=acting, profile_id=profile_id)
    nearest = index.search(
        SearchRequest(
            needs=_offered(profile), subject=Subject.CHALLENGE, filters=filters,
            excluded=challenges_of(session, kept_out(session, [profile_id])), limit=EXAMINED_CHALLENGES,
        )
    )  # fmt: skip
    others = visible_challenges(session, acting=acting, hits=nearest.hits)
    owners = {full.challenge.owner_id for _, full in others if full.challenge.owner_id is not None}
    apart = {owner: frozenset({owner}) | others for owner, others in confirmed_of(session, owners).items()}
    examined = [
        _examined(index, acting, taxonomy, profile, full, excluded=apart.get(full.challenge.owner_id or 0, frozenset()))
        for _, full in others
    ]
    fitting = [opportunity for opportunity in examined if opportunity is not None]
    nearness = {full.challenge.id: hit.relevance for hit, full in others}
    fitting.sort(key=lambda found: (-found.ranked.points, -nearness[found.full.challenge.id], found.full.challenge.id))
    return profile, fitting[:limit]


def _offered(full: FullProfile) -> tuple[Query, ...]:
    """What a profile offers and has done, as questions to challenges."""
    sections = sections_of(full.profile, full.offers, full.experience)
    concrete = [section for section in sections if section.field in {"offer", "experience"}]
    chosen = [*concrete, *(section for section in sections if section not in concrete)][:SECTIONS_ASKED]
    texts = [f"{section.title}. {section.text}"[:SECTION_CHARACTERS] for section in chosen]
    return tuple(Query(text, full.profile.language, is_stored=True) for text in texts or [full.profile.name])


def _examined(
    index: SearchIndex,
    acting: Acting,
    taxonomy: Taxonomy,
    profile: FullProfile,
    full: FullChallenge,
    *,
    excluded: frozenset[int],
) -> Opportunity | None:
    """The match between one challenge and one profile, exactly as the challenge's own list has it."""
    ask = stored_ask(full, taxonomy=taxonomy)
    request = request_for(acting, ask, Wanted(), excluded=excluded)
    hits = index.search(replace(request, only=frozenset({profile.profile.id or 0}))).hits
    if not hits:
        return None
    ranked = rank([candidate_of(ask, hits[0], profile)], shown={})[0]
    return Opportunity(full, explained(ask, ranked, profile).ranked)
