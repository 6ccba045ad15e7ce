"""Choosing among those who answer: shortlist with notes, comparison, proposal, similar challenges."""

from collections.abc import Sequence

from sqlmodel import col, select

from api.web.explained import explain, term_name
from api.web.finding import answering, candidate_shown, peer_shown, similar_to
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.pieces import Candidate, MatchExplained
from api.web.proposals import barred_by_procurement, closed_of
from api.web.typed import Typed
from api.web.work_views import ComparePage, ConsideredShown, PeersPage, ProposePage, ShortlistPage
from matchmaker.accounts.models import Account, Acting
from matchmaker.challenges.queries import FullChallenge, get_challenge, own_challenge, owns
from matchmaker.errors import NotFoundError
from matchmaker.introductions.conversations import introductions_of
from matchmaker.matching.actions import RANKED_HITS, MatchList, Wanted, matches_of_challenge, stored_ask
from matchmaker.matching.shortlist import Considered, shortlist_of
from matchmaker.profiles.queries import full_profiles, get_profile
from matchmaker.profiles.speaking import profiles_spoken_for
from matchmaker.taxonomy.models import Concern

COMPARED_AT_MOST = 4  # columns that a wide screen holds
PEERS_LISTED = 20


def compare_page(asked: Asked, challenge_id: int, profile_ids: Sequence[int]) -> ComparePage:
    """Agents beside one another, as their cards have them, in the order in which they were chosen.

    Where nobody was chosen, those that answer best. Raises `challenge_unknown`.
    """
    chosen = list(dict.fromkeys(profile_ids))[:COMPARED_AT_MOST]
    full, matches = _matches(asked, challenge_id, chosen) if chosen else _all_matches(asked, challenge_id)
    found = {match.full.profile.id or 0: match for match in (matches.matches if chosen else answering(matches))}
    wanted = chosen or list(found)[:COMPARED_AT_MOST]
    candidates = tuple(candidate_shown(asked, found[number], matches) for number in wanted if number in found)
    if not chosen and len(candidates) == 1:
        candidates = ()  # nobody is compared with itself
    challenge = full.challenge
    return ComparePage(
        language=asked.language,
        frame=asked.frame("challenges"),
        line=challenge_line(challenge, owners_of(asked.session, [challenge], acting=asked.acting)),
        candidates=candidates,
        rows=tuple(zip(*(candidate.match.answers for candidate in candidates), strict=True)),
        is_own=owns(asked.session, acting=asked.acting, challenge_id=challenge_id),
        barred=barred_by_procurement(asked, full, [match.full.profile for match in matches.matches]),
        is_chosen=bool(chosen),
        absent=max(len(chosen) - len(candidates), 0),
    )


def shortlist_page(asked: Asked, challenge_id: int, *, done: str = "") -> ShortlistPage:
    """Whom the owners consider, each with the match as it is now.

    Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`.
    """
    acting, session = asked.signed_in(), asked.session
    kept = shortlist_of(session, acting=acting, challenge_id=challenge_id)
    full = own_challenge(session, acting=acting, challenge_id=challenge_id)
    challenge, barred = full.challenge, barred_by_procurement(asked, full, [each.full.profile for each in kept])
    explained = _explained(asked, challenge_id, [each.row.profile_id for each in kept])
    proposed = introductions_of(session, acting=acting, challenge_id=challenge_id)
    writers = _names(asked, kept)
    return ShortlistPage(
        language=asked.language,
        frame=asked.frame("work"),
        line=challenge_line(challenge, owners_of(session, [challenge], acting=acting)),
        considered=tuple(
            ConsideredShown(
                agent=named(each.full.profile),
                kind=term_name(asked.service.taxonomy, Concern.KINDS, each.full.profile.kind, asked.language),
                typed=Typed({f"note-{each.row.profile_id}": each.row.note}),
                noted_by=writers.get(each.row.noted_by_id or 0, ""),
                noted_at=each.row.noted_at,
                match=explained.get(each.row.profile_id),
                introduction_id=proposed.get(each.row.profile_id, 0),
                is_barred=each.row.profile_id in barred,
            )
            for each in kept
        ),
        done=done,
    )


def propose_page(asked: Asked, challenge_id: int, profile_id: int, *, typed: Typed | None = None) -> ProposePage:
    """What is needed to propose an introduction with an agent.

    Raises `sign_in_needed`, `challenge_unknown`, `not_your_challenge`, `profile_unknown`.
    """
    acting, session = asked.signed_in(), asked.session
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    if not acting.is_secretariat:
        own_challenge(session, acting=acting, challenge_id=challenge_id)
    challenge = full.challenge
    line = challenge_line(challenge, owners_of(session, [challenge], acting=acting))
    candidate = _candidate(asked, full, profile_id)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    return ProposePage(
        language=asked.language,
        frame=asked.frame("work", form="page-form" if typed else ""),
        line=line,
        candidate=candidate,
        asker=_asker(asked, acting, full) or line.asker,
        proposal=closed_of(asked, acting, full, profile),
        typed=typed or Typed(),
    )


def peers_page(asked: Asked, challenge_id: int) -> PeersPage:
    """Others with a similar challenge, and challenges that may be the same. Raises `challenge_unknown`."""
    full = get_challenge(asked.session, acting=asked.acting, challenge_id=challenge_id)
    challenge, needs = full.challenge, [need.text for need in full.needs]
    ask = stored_ask(full, taxonomy=asked.service.taxonomy)
    alike, similar = similar_to(asked, ask, challenge, full.co_owners, limit=PEERS_LISTED)
    asked_by = (challenge, *(peer.full.challenge for peer in (*alike, *similar)))
    owners = owners_of(asked.session, asked_by, acting=asked.acting)
    return PeersPage(
        language=asked.language,
        frame=asked.frame("challenges"),
        line=challenge_line(challenge, owners),
        peers=tuple(peer_shown(peer, needs, challenge.language, owners) for peer in similar),
        duplicates=tuple(challenge_line(peer.full.challenge, owners) for peer in alike),
        is_own=owns(asked.session, acting=asked.acting, challenge_id=challenge_id),
    )


def _matches(asked: Asked, challenge_id: int, profile_ids: Sequence[int]) -> tuple[FullChallenge, MatchList]:
    service = asked.service
    return matches_of_challenge(
        asked.session, index=service.index, acting=asked.acting, taxonomy=service.taxonomy, challenge_id=challenge_id,
        wanted=Wanted(limit=max(len(profile_ids), 1)), only=frozenset(profile_ids),
    )  # fmt: skip


def _all_matches(asked: Asked, challenge_id: int) -> tuple[FullChallenge, MatchList]:
    service = asked.service
    return matches_of_challenge(
        asked.session, index=service.index, acting=asked.acting, taxonomy=service.taxonomy, challenge_id=challenge_id,
        wanted=Wanted(limit=RANKED_HITS),
    )  # fmt: skip


def _explained(asked: Asked, challenge_id: int, profile_ids: Sequence[int]) -> dict[int, MatchExplained]:
    """The matches of some agents as they are now."""
    if not profile_ids:
        return {}
    _, matches = _matches(asked, challenge_id, profile_ids)
    return {
        match.full.profile.id or 0: explain(
            match.ranked, matches.needs, spoken=matches.language, taxonomy=asked.service.taxonomy,
            language=asked.language,
        )
        for match in matches.matches
    }  # fmt: skip


def _candidate(asked: Asked, full: FullChallenge, profile_id: int) -> Candidate:
    """The agent with its match. Raises `profile_unknown`, also for one that takes no part."""
    get_profile(asked.session, acting=asked.acting, profile_id=profile_id)
    _, matches = _matches(asked, full.challenge.id or 0, [profile_id])
    if not matches.matches:
        raise NotFoundError("profile_unknown", profile_id=profile_id)
    return candidate_shown(asked, matches.matches[0], matches)


def _asker(asked: Asked, acting: Acting, full: FullChallenge) -> str:
    """In whose name one proposes."""
    spoken_for = profiles_spoken_for(asked.session, acting=acting)
    mine = next((each for each in (full.challenge.owner_id, *full.co_owners) if each in spoken_for), None)
    found = full_profiles(asked.session, acting=acting, profile_ids=[mine] if mine else [])
    return found[mine].profile.name if mine in found else ""


def _names(asked: Asked, kept: Sequence[Considered]) -> dict[int, str]:
    """Who noted; colleagues who have the same challenge."""
    numbers = {each.row.noted_by_id for each in kept if each.row.noted_by_id is not None}
    statement = select(Account.id, Account.name).where(col(Account.id).in_(numbers))
    return {number or 0: name for number, name in asked.session.exec(statement).all()}
