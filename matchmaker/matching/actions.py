"""Finding who answers a challenge; the open challenges that fit a profile; peers with a similar challenge."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import FullChallenge, full_challenges, get_challenge
from matchmaker.matching.apart import askers, kept_out
from matchmaker.matching.asks import Ask, ask_of
from matchmaker.matching.circumstances import circumstances_of
from matchmaker.matching.documents import delivers_to
from matchmaker.matching.exposure import times_shown
from matchmaker.matching.ports import Hit, SearchIndex, SearchRequest, SearchResult, Subject
from matchmaker.matching.ranking import Candidate, Ranked, rank
from matchmaker.matching.reasons import reasons_of
from matchmaker.matching.strength import Strength
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.passages import passages_of
from matchmaker.profiles.queries import FullProfile, full_profiles
from matchmaker.taxonomy.models import Taxonomy

RANKED_HITS = 40  # hits reloaded and ranked; circumstances move nobody further


@dataclass(frozen=True)
class Wanted:
    """Which matches are wanted: kinds, countries of origin, areas; only those who deliver at the challenge's place."""

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    delivering_only: bool = False
    limit: int = 20


@dataclass(frozen=True)
class Match:
    """A profile in its place, with everything that explains it."""

    full: FullProfile
    ranked: Ranked


@dataclass(frozen=True)
class MatchList:
    """Matches of a challenge in order, with the needs they were sought for and by what they were found."""

    needs: tuple[str, ...]
    language: str
    matches: tuple[Match, ...]
    result: SearchResult = field(repr=False)

    @property
    def nobody_fits(self) -> bool:
        """Whether no match reaches the word possible."""
        return all(match.ranked.strength is Strength.NONE for match in self.matches)


def find_matches(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    ask: Ask,
    wanted: Wanted,
    owner_id: int | None = None,
    asked_by: Collection[int] = (),
    only: frozenset[int] | None = None,
) -> MatchList:
    """Who answers `ask`, among profiles that the account may see, or those `only`. Nothing is written.

    Neither the challenge's owner and the members who try it, nor those in confirmed conflict with them, take part.

    A hit is never shown before it is reloaded through a query that takes the account.
    """
    excluded = kept_out(session, askers(owner_id, asked_by))
    result = index.search(replace(request_for(acting, ask, wanted, excluded=excluded), only=only))
    loaded = _shown(full_profiles(session, acting=acting, profile_ids=[hit.id for hit in result.hits]), acting)
    candidates = [candidate_of(ask, hit, loaded[hit.id]) for hit in result.hits if hit.id in loaded]
    ranked = rank(candidates, shown=times_shown(session, profile_ids=loaded))[: wanted.limit]
    return MatchList(
        needs=tuple(need.text for need in ask.needs),
        language=ask.language,
        matches=tuple(explained(ask, place, loaded[place.candidate.hit.id]) for place in ranked),
        result=result,
    )


def request_for(acting: Acting, ask: Ask, wanted: Wanted, *, excluded: frozenset[int] = frozenset()) -> SearchRequest:
    """What the index is asked on behalf of an account."""
    return SearchRequest(
        needs=ask.needs,
        whole=ask.whole,
        also=tuple(query for _, query in ask.principles),
        subject=Subject.PROFILE,
        filters=_filters(acting, ask, wanted),
        excluded=excluded,
        limit=max(RANKED_HITS, wanted.limit),
    )


def matches_of_challenge(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    taxonomy: Taxonomy,
    challenge_id: int,
    wanted: Wanted,
    only: frozenset[int] | None = None,
) -> tuple[FullChallenge, MatchList]:
    """The matches of a stored challenge, or those of `only` some profiles. Raises `challenge_unknown`."""
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    found = find_matches(
        session,
        index=index,
        acting=acting,
        ask=stored_ask(full, taxonomy=taxonomy),
        wanted=wanted,
        owner_id=full.challenge.owner_id,
        asked_by=full.co_owners,
        only=only,
    )
    return full, found


def stored_ask(full: FullChallenge, *, taxonomy: Taxonomy) -> Ask:
    """The question of a stored challenge."""
    return ask_of(full.challenge, [need.text for need in full.needs], taxonomy=taxonomy, is_stored=True)


def candidate_of(ask: Ask, hit: Hit, full: FullProfile) -> Candidate:
    """A hit with what ranking needs to know of it."""
    best = tuple(found[0].deviations if found else 0.0 for found in hit.evidence[: len(ask.needs)])
    return Candidate(hit, circumstances_of(ask, full.profile, full.experience), best)


def explained(ask: Ask, ranked: Ranked, full: FullProfile) -> Match:
    """A match with its reasons, quoted from the profile as it is now."""
    passages = passages_of(full.profile, full.offers, full.experience)
    principles = [code for code, _ in ask.principles]
    reasons = reasons_of(ranked.candidate.hit, passages, needs=len(ask.needs), principles=principles)
    return Match(full, replace(ranked, candidate=replace(ranked.candidate, reasons=reasons)))


def _shown(loaded: dict[int, FullProfile], acting: Acting) -> dict[int, FullProfile]:
    """Those that belong in a list as they are now: the index may not have heard yet that one was hidden."""
    shown = shown_to(acting)
    return {key: full for key, full in loaded.items() if full.profile.visibility in shown}


def shown_to(acting: Acting) -> set[str]:
    """The visibilities of profiles that belong in a list which this account asks for."""
    return {Visibility.VISIBLE, Visibility.UNCLAIMED} if acting.is_secretariat else {Visibility.VISIBLE}


def _filters(acting: Acting, ask: Ask, wanted: Wanted) -> tuple[frozenset[str], ...]:
    filters = [frozenset(f"visibility:{shown}" for shown in shown_to(acting))]
    for name, values in (
        ("kind", wanted.kinds), ("country", wanted.countries), ("area", wanted.areas), ("language", wanted.languages)
    ):  # fmt: skip
        if values:
            filters.append(frozenset(f"{name}:{value}" for value in values))
    if wanted.delivering_only and ask.where.country:
        filters.append(delivers_to(ask.where.country))
    return tuple(filters)


def visible_challenges(session: Session, *, acting: Acting, hits: Sequence[Hit]) -> list[tuple[Hit, FullChallenge]]:
    """Hits with the open challenges that the account may see, in the order of the hits."""
    loaded = full_challenges(session, acting=acting, challenge_ids=[hit.id for hit in hits])
    opened = {key: full for key, full in loaded.items() if full.challenge.status == Status.OPEN}
    return [(hit, opened[hit.id]) for hit in hits if hit.id in opened]
