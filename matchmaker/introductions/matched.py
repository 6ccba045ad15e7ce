"""Why two should meet: the match as the challenge's own list has it, looked up for every proposal, whoever proposes."""

from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import Wanted, find_matches, stored_ask
from matchmaker.matching.exposure import digests_of
from matchmaker.matching.ports import SearchIndex
from matchmaker.taxonomy.models import Taxonomy


@dataclass(frozen=True)
class Matched:
    """What the match quotes: per need the digest of a sentence of this version of the profile, or nothing."""

    profile_version: int
    quoted: tuple[str | None, ...]


def match_between(
    session: Session, *, index: SearchIndex, taxonomy: Taxonomy, acting: Acting, challenge_id: int, profile_id: int
) -> Matched | None:
    """The match of a challenge and a profile; nothing where the index knows of none. Raises `challenge_unknown`."""
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    ask = stored_ask(full, taxonomy=taxonomy)
    owner_id, only = full.challenge.owner_id, frozenset({profile_id})
    found = find_matches(
        session,
        index=index,
        acting=acting,
        ask=ask,
        wanted=Wanted(limit=1),
        owner_id=owner_id,
        asked_by=full.co_owners,
        only=only,
    )
    if not found.matches:
        return None
    ranked = found.matches[0].ranked
    return Matched(profile_version=ranked.candidate.hit.version, quoted=tuple(digests_of(ranked)))
