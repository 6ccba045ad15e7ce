"""The part that a tried and a posted challenge share: who answers, peer cities, near-duplicates."""

from collections.abc import Collection, Sequence

from api.web.explained import answers_of, explain, term_name
from api.web.frames import Asked
from api.web.lines import challenge_line, named, owners_of
from api.web.pieces import Candidate, Found, PeerCity
from matchmaker.challenges.models import Challenge
from matchmaker.matching.actions import Match, MatchList
from matchmaker.matching.apart import askers
from matchmaker.matching.asks import Ask
from matchmaker.matching.peers import DUPLICATE_LIKENESS, PEERS_EXAMINED, Peer, find_peers
from matchmaker.matching.ranking import Ranked
from matchmaker.matching.strength import Strength
from matchmaker.taxonomy.models import Concern

NEAREST_NAMED = 3  # when nobody fits: whom one may ask all the same
PEERS_SHOWN = 3
SHOWN_STEPS = (10, 25, 50)  # candidates on a page: a first look, a second, and all that are ranked but a few


def shown_of(asked_for: str) -> int:
    """How many candidates a page shows; what is not one of its own steps is the first."""
    return int(asked_for) if asked_for in {str(step) for step in SHOWN_STEPS} else SHOWN_STEPS[0]


def is_answer(ranked: Ranked) -> bool:
    """Whether a match is shown: it reaches the word possible, and a sentence of it can be quoted."""
    return ranked.strength is not Strength.NONE and ranked.candidate.reasons.answered > 0


def answering(matches: MatchList) -> list[Match]:
    """The matches that a page may show, in their order."""
    return [match for match in matches.matches if is_answer(match.ranked)]


def found_of(
    asked: Asked, ask: Ask, matches: MatchList, *, shown: int, challenge: Challenge, asked_by: Collection[int] = ()
) -> Found:
    """Matches with their reasons, and the similar challenges of others. One search finds peers and near-duplicates."""
    alike, similar = similar_to(asked, ask, challenge, asked_by, limit=PEERS_SHOWN)
    owners = owners_of(asked.session, (peer.full.challenge for peer in (*alike, *similar)), acting=asked.acting)
    fitting = answering(matches)
    return Found(
        needs=matches.needs,
        language=matches.language,
        candidates=tuple(candidate_shown(asked, match, matches) for match in fitting[:shown]),
        nearest=() if fitting else tuple(named(match.full.profile) for match in matches.matches[:NEAREST_NAMED]),
        peers=tuple(peer_shown(peer, matches.needs, matches.language, owners) for peer in similar),
        duplicates=tuple(challenge_line(peer.full.challenge, owners) for peer in alike),
        more=next((step for step in SHOWN_STEPS if step > shown), 0) if len(fitting) > shown else 0,
    )


def similar_to(
    asked: Asked, ask: Ask, challenge: Challenge, asked_by: Collection[int], *, limit: int
) -> tuple[list[Peer], list[Peer]]:
    """Challenges that may be the same one, most alike first; others like it, of others, that can be quoted."""
    peers = find_peers(
        asked.session, index=asked.service.index, acting=asked.acting, ask=ask,
        owner_id=challenge.owner_id, asked_by=asked_by, challenge_id=challenge.id, with_own=True,
        limit=PEERS_EXAMINED,
    )  # fmt: skip
    alike = sorted((peer for peer in peers if peer.likeness >= DUPLICATE_LIKENESS), key=lambda peer: -peer.likeness)
    own = askers(challenge.owner_id, asked_by)
    others = [peer for peer in peers if peer.full.challenge.owner_id not in own]
    similar = [peer for peer in others if peer not in alike and peer.reasons.answered]
    return alike[:limit], similar[:limit]


def candidate_shown(asked: Asked, match: Match, matches: MatchList) -> Candidate:
    """A match as a card has it."""
    profile, taxonomy = match.full.profile, asked.service.taxonomy
    return Candidate(
        agent=named(profile),
        kind=term_name(taxonomy, Concern.KINDS, profile.kind, asked.language),
        language=profile.language,
        is_demo=profile.is_demo,
        match=explain(match.ranked, matches.needs, spoken=matches.language, taxonomy=taxonomy, language=asked.language),
    )


def peer_shown(peer: Peer, needs: Sequence[str], spoken: str, owners: dict[int, str]) -> PeerCity:
    """A similar challenge with the sentences in which it is."""
    answers = answers_of(peer.reasons, needs, spoken=spoken)
    quotes = tuple(answer for answer in answers if answer.quote is not None)
    return PeerCity(challenge_line(peer.full.challenge, owners), quotes, peer.circumstances)
