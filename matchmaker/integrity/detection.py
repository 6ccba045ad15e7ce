"""Finding conflicts that nobody declared, when a profile is saved. What is found is a question for a person."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from matchmaker.accounts.models import Account
from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Evidence, Trait
from matchmaker.integrity.rulebook import Rulebook, load_rulebook
from matchmaker.integrity.traits import traits_of
from matchmaker.profiles.models import Profile, Representation


def detect_conflicts(
    session: Session, *, profile_id: int, now: datetime, rulebook: Rulebook | None = None
) -> dict[int, frozenset[Evidence]]:
    """Note every profile that shares something with this one; returns what is shared, by the other's number.

    Called beside every save of a profile, and when somebody begins to act for it. Safe to repeat. A profile that is
    gone, or that says nothing any more, leaves no trait behind.
    """
    rules = rulebook or load_rulebook()
    profile = session.get(Profile, profile_id)
    if profile is None:
        return {}
    session.flush()
    traits = frozenset(_traits(session, profile, rules))
    _keep(session, profile_id, traits)
    shared: dict[int, set[Evidence]] = defaultdict(set)
    for other_id, evidence in _holders(session, profile_id, traits, most=rules.most_holders):
        shared[other_id].add(evidence)
    for other_id in _same_hands(session, profile_id):
        shared[other_id].add(Evidence.SAME_ACCOUNT)
    for other_id, codes in sorted(shared.items()):
        for code in sorted(codes):
            add_ground(session, profile_id=profile_id, other_id=other_id, code=code, declared_by_id=None, now=now)
    return {other_id: frozenset(codes) for other_id, codes in shared.items()}


def detect_all(session: Session, *, now: datetime, rulebook: Rulebook | None = None) -> int:
    """Look at every profile anew: after an import by other means, or when two were saved at the same instant."""
    numbers = session.exec(select(Profile.id).order_by(col(Profile.id))).all()
    return sum(
        bool(detect_conflicts(session, profile_id=number or 0, now=now, rulebook=rulebook)) for number in numbers
    )


def _traits(session: Session, profile: Profile, rules: Rulebook) -> Collection[tuple[Evidence, str]]:
    acting = select(Account.email).join(Representation, col(Representation.account_id) == col(Account.id))
    own = session.exec(acting.where(Representation.profile_id == profile.id, col(Account.email).is_not(None))).all()
    place = profile.geonameid or profile.territory_id or profile.place_name.casefold()
    return list(
        traits_of(
            registration_number=profile.registration_number,
            country=profile.country,
            addresses=[profile.email, *(address for address in own if address)],
            street=profile.address,
            place=f"{profile.country} {place}" if place else "",
            public_hosts=rules.mail_hosts,
        )
    )


def _keep(session: Session, profile_id: int, traits: Collection[tuple[Evidence, str]]) -> None:
    known = set(session.exec(select(Trait.evidence, Trait.digest).where(Trait.profile_id == profile_id)).all())
    if known == set(traits):
        return
    session.exec(delete(Trait).where(col(Trait.profile_id) == profile_id))
    session.add_all(Trait(profile_id=profile_id, evidence=evidence, digest=digest) for evidence, digest in traits)
    session.flush()


def _holders(
    session: Session, profile_id: int, traits: Collection[tuple[Evidence, str]], *, most: int
) -> list[tuple[int, Evidence]]:
    """The others with one of these traits, but for houses and domains shared by more than `most` profiles."""
    digests = col(Trait.digest).in_([digest for _, digest in traits])
    if not traits:
        return []
    counted = dict(session.exec(select(Trait.digest, func.count()).where(digests).group_by(Trait.digest)).all())
    telling = [
        digest for evidence, digest in traits
        if evidence is Evidence.SAME_REGISTRATION_NUMBER or counted[digest] <= most
    ]  # fmt: skip
    statement = select(Trait.profile_id, Trait.evidence).where(
        col(Trait.digest).in_(telling), Trait.profile_id != profile_id
    )
    return [(number, Evidence(evidence)) for number, evidence in session.exec(statement).all()]


def _same_hands(session: Session, profile_id: int) -> list[int]:
    """The other profiles for which an account of this one acts."""
    accounts = select(Representation.account_id).where(Representation.profile_id == profile_id)
    statement = select(Representation.profile_id).where(
        col(Representation.account_id).in_(accounts), Representation.profile_id != profile_id
    )
    return sorted(set(session.exec(statement).all()))
