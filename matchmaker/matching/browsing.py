"""Lists searched by meaning: the same index as matching, and under each hit the sentence that answers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.challenges import browsing as challenge_lists
from matchmaker.challenges.browsing import ChallengesWanted
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.passages import passages_of as passages_of_challenge
from matchmaker.matching.actions import visible_challenges
from matchmaker.matching.ports import Hit, Query, SearchIndex, SearchRequest, Subject
from matchmaker.matching.reasons import Quotation, reasons_of
from matchmaker.profiles import browsing as profile_lists
from matchmaker.profiles.browsing import ProfilesWanted
from matchmaker.profiles.models import Profile
from matchmaker.profiles.passages import passages_of as passages_of_profile
from matchmaker.profiles.queries import full_profiles
from matchmaker.sentences import Passage

SEARCHED = 200  # documents examined; further down nothing answers any more
NAMED = 25  # members that a text names


@dataclass(frozen=True)
class FoundProfile:
    """A profile with the sentence that answers; without one when only its name was sought."""

    profile: Profile
    quotation: Quotation | None


@dataclass(frozen=True)
class FoundChallenge:
    """An open challenge with its sentence that speaks of the text."""

    challenge: Challenge
    quotation: Quotation


def search_profiles(
    session: Session, *, index: SearchIndex, acting: Acting, query: Query, wanted: ProfilesWanted
) -> list[FoundProfile]:
    """Profiles that the text names, then those of which a sentence answers it, nearest first."""
    among = profile_lists.numbers_browsed(session, acting=acting, wanted=wanted)
    hits = _hits(index, query, Subject.PROFILE, among)
    loaded = full_profiles(session, acting=acting, profile_ids=[hit.id for hit in hits])
    answering = {
        hit.id: _quoted(hit, passages_of_profile(full.profile, full.offers, full.experience))
        for hit in hits for full in [loaded.get(hit.id)] if full is not None
    }  # fmt: skip
    named = profile_lists.profiles_named(session, acting=acting, wanted=wanted, words=query.text, limit=NAMED)
    first = [FoundProfile(profile, answering.get(profile.id or 0)) for profile in named]
    known = {profile.id for profile in named}
    rest = [(key, quotation) for key, quotation in answering.items() if quotation is not None and key not in known]
    return first + [FoundProfile(loaded[key].profile, quotation) for key, quotation in rest]


def search_challenges(
    session: Session, *, index: SearchIndex, acting: Acting, query: Query, wanted: ChallengesWanted
) -> list[FoundChallenge]:
    """Open challenges of which a sentence speaks of the text, nearest first."""
    among = challenge_lists.numbers_browsed(session, acting=acting, wanted=wanted)
    found = visible_challenges(session, acting=acting, hits=_hits(index, query, Subject.CHALLENGE, among))
    quoted = [(full, _quoted(hit, passages_of_challenge(full.challenge, full.needs))) for hit, full in found]
    return [FoundChallenge(full.challenge, quotation) for full, quotation in quoted if quotation is not None]


def _hits(index: SearchIndex, query: Query, subject: Subject, among: frozenset[int]) -> tuple[Hit, ...]:
    return index.search(SearchRequest(needs=(query,), subject=subject, only=among, limit=SEARCHED)).hits


def _quoted(hit: Hit, passages: Collection[Passage]) -> Quotation | None:
    return reasons_of(hit, list(passages), needs=1, principles=()).answers[0]
