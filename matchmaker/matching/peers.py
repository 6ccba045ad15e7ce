"""Peer cities: who has a similar challenge, and challenges so alike that they may be one."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.passages import passages_of
from matchmaker.challenges.queries import FullChallenge, unseen_challenges
from matchmaker.integrity.queries import apart_from
from matchmaker.matching.actions import visible_challenges
from matchmaker.matching.apart import askers, challenges_of
from matchmaker.matching.asks import Ask
from matchmaker.matching.circumstances import Fitting, size_circumstance, weight
from matchmaker.matching.ports import Hit, SearchIndex, SearchRequest, Subject
from matchmaker.matching.reasons import Reasons, reasons_of

DUPLICATE_LIKENESS = 6.0  # standard deviations; see data/evaluation/README.md
PEERS_EXAMINED = 60


@dataclass(frozen=True)
class Peer:
    """A similar challenge: the sentences in which it resembles each need, and the circumstances it shares."""

    full: FullChallenge
    likeness: float
    reasons: Reasons
    circumstances: tuple[Fitting, ...]


def find_peers(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    ask: Ask,
    owner_id: int | None = None,
    asked_by: Collection[int] = (),
    challenge_id: int | None = None,
    with_own: bool = False,
    limit: int = 10,
) -> list[Peer]:
    """Challenges of others like this one, and of one's own `with_own`, nearest first; like sizes count a little.

    Challenges of members in confirmed conflict with those who ask take no part.
    """
    members = askers(owner_id, asked_by)
    hidden = apart_from(session, members) | (frozenset() if with_own else members)
    hits = _similar(session, index, ask, acting=acting, challenge_id=challenge_id, hidden=hidden)
    peers = [(hit, _peer(ask, hit, full)) for hit, full in visible_challenges(session, acting=acting, hits=hits)]
    peers.sort(key=lambda pair: (-(pair[0].relevance + weight(pair[1].circumstances)), pair[0].id))
    return [peer for _, peer in peers[:limit]]


def find_near_duplicates(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    ask: Ask,
    owner_id: int | None = None,
    asked_by: Collection[int] = (),
    challenge_id: int | None = None,
) -> list[Peer]:
    """Challenges, also of one's own, so like this one that they may be the same; most alike first."""
    hidden = apart_from(session, askers(owner_id, asked_by))
    hits = _similar(session, index, ask, acting=acting, challenge_id=challenge_id, hidden=hidden)
    alike = sorted((hit for hit in hits if hit.likeness >= DUPLICATE_LIKENESS), key=lambda hit: (-hit.likeness, hit.id))
    return [_peer(ask, hit, full) for hit, full in visible_challenges(session, acting=acting, hits=alike)]


def _similar(
    session: Session,
    index: SearchIndex,
    ask: Ask,
    *,
    acting: Acting,
    challenge_id: int | None,
    hidden: Collection[int],
) -> tuple[Hit, ...]:
    """Challenges like the question that the account may see, but for one, and for those of `hidden` owners."""
    excluded = challenges_of(session, hidden) | frozenset({challenge_id} if challenge_id else ())
    excluded |= unseen_challenges(session, acting=acting)
    request = SearchRequest(
        needs=ask.needs, whole=ask.whole, subject=Subject.CHALLENGE, excluded=excluded,
        limit=PEERS_EXAMINED,
    )  # fmt: skip
    return index.search(request).hits


def _peer(ask: Ask, hit: Hit, full: FullChallenge) -> Peer:
    passages = passages_of(full.challenge, full.needs)
    reasons = reasons_of(hit, passages, needs=len(ask.needs), principles=())
    return Peer(full, hit.likeness, reasons, size_circumstance(ask.where, full.challenge))
