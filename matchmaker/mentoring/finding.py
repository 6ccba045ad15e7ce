"""Mentors for a challenge, or for a member that has none: found by the same engine as everyone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.matching.actions import Match, Wanted, find_matches
from matchmaker.matching.asks import Ask
from matchmaker.matching.opportunities import offered
from matchmaker.matching.ports import SearchIndex
from matchmaker.mentoring.models import MentorOffer
from matchmaker.mentoring.queries import available_mentors
from matchmaker.places.models import Located
from matchmaker.profiles.queries import FullProfile


@dataclass(frozen=True)
class MentorsWanted:
    """Which mentors are wanted: of one of these areas, in one of these languages; empty is any."""

    areas: Collection[str] = ()
    languages: Collection[str] = ()
    limit: int = 10


@dataclass(frozen=True)
class FoundMentor:
    """A mentor with hours left, and the sentences that say why."""

    match: Match
    offer: MentorOffer
    hours_left: int


def find_mentors(
    session: Session,
    *,
    index: SearchIndex,
    acting: Acting,
    ask: Ask,
    wanted: MentorsWanted,
    owner_id: int | None,
    now: datetime,
) -> list[FoundMentor]:
    """Mentors who answer `ask`, in the order and with the reasons that a list of matches has; none without hours."""
    free = available_mentors(session, areas=wanted.areas, languages=wanted.languages, now=now)
    found = find_matches(
        session, index=index, acting=acting, ask=ask, wanted=Wanted(limit=wanted.limit), owner_id=owner_id,
        only=frozenset(free),
    )  # fmt: skip
    return [FoundMentor(match, *free[match.full.profile.id or 0]) for match in found.matches]


def ask_of_profile(full: FullProfile) -> Ask:
    """What a member says of itself, as a question: for one that has posted no challenge and told no lesson."""
    profile = full.profile
    return Ask(
        needs=offered(full),
        whole=None,
        principles=(),
        language=profile.language,
        where=Located.model_validate(profile, from_attributes=True),
        areas=frozenset(profile.areas),
    )
