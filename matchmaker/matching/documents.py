"""Profiles and challenges as an index sees them."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR
from matchmaker.challenges import passages as challenge_passages
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.queries import FullChallenge, full_challenges
from matchmaker.matching.ports import Document, Subject
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode
from matchmaker.profiles import passages as profile_passages
from matchmaker.profiles.drafts import ANYWHERE
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import FullProfile, full_profiles


def profile_document(full: FullProfile) -> Document:
    """A profile with the facets by which it can be filtered."""
    profile = full.profile
    facets = {
        f"visibility:{profile.visibility}",
        f"kind:{profile.kind}",
        f"country:{profile.country}",
        *(f"area:{area}" for area in profile.areas),
        *(f"language:{language}" for language in profile.languages),
        *(f"reach:{country}" for country in countries_reached(profile)),
    }
    passages = profile_passages.passages_of(profile, full.offers, full.experience)
    return Document(
        Subject.PROFILE, profile.id or 0, profile.version, profile.language, frozenset(facets), tuple(passages)
    )


def challenge_document(full: FullChallenge) -> Document:
    """A challenge with the facets by which it can be filtered."""
    challenge = full.challenge
    facets = {
        f"country:{challenge.country}",
        f"language:{challenge.language}",
        f"reference:{challenge.is_reference}",
        *(f"area:{area}" for area in challenge.areas),
    }
    if challenge.owner_id is not None:
        facets.add(f"owner:{challenge.owner_id}")
    passages = challenge_passages.passages_of(challenge, full.needs)
    return Document(
        Subject.CHALLENGE, challenge.id or 0, challenge.version, challenge.language, frozenset(facets), tuple(passages)
    )


def countries_reached(profile: Profile) -> set[str]:
    """Countries in which the agent delivers, macro-regions opened; its own when it names none."""
    reached: set[str] = set()
    for reach in profile.delivery_area or [profile.country]:
        is_region = reach in set(MacroRegionCode)
        reached |= MACRO_REGIONS[MacroRegionCode(reach)].countries if is_region else {reach}
    return reached


def delivers_to(country: str) -> frozenset[str]:
    """The filter that keeps agents who deliver in a country."""
    return frozenset({f"reach:{country}", f"reach:{ANYWHERE}"})


def load_documents(session: Session, *, subject: Subject, ids: Collection[int]) -> dict[int, Document]:
    """Those of `ids` that belong in the index, by number: shown or unclaimed profiles, open challenges."""
    if subject is Subject.PROFILE:
        found = full_profiles(session, acting=OPERATOR, profile_ids=ids)
        kept = {key: full for key, full in found.items() if full.profile.visibility != Visibility.HIDDEN}
        return {key: profile_document(full) for key, full in kept.items()}
    asked = full_challenges(session, acting=OPERATOR, challenge_ids=ids)
    opened = {key: full for key, full in asked.items() if full.challenge.status == Status.OPEN}
    return {key: challenge_document(full) for key, full in opened.items()}


def all_ids(session: Session, *, subject: Subject) -> Sequence[int]:
    """The numbers of all rows that belong in the index, ascending."""
    if subject is Subject.PROFILE:
        shown = select(Profile.id).where(Profile.visibility != Visibility.HIDDEN).order_by(col(Profile.id))
        return [key or 0 for key in session.exec(shown).all()]
    opened = select(Challenge.id).where(Challenge.status == Status.OPEN).order_by(col(Challenge.id))
    return [key or 0 for key in session.exec(opened).all()]
