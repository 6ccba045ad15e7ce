"""Reads of profiles, each with the permission of the account that asks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotFoundError
from matchmaker.profiles.models import Experience, Offer, Profile, Representation, Visibility


@dataclass(frozen=True)
class FullProfile:
    """A profile with what it offers and what it has done, in their order."""

    profile: Profile
    offers: tuple[Offer, ...]
    experience: tuple[Experience, ...]


def may_see(acting: Acting) -> ColumnElement[bool]:
    """The filter that every read of profiles carries."""
    visible = col(Profile.visibility) == Visibility.VISIBLE
    if acting.is_secretariat:
        return col(Profile.name) != ""  # what was refused or erased is an empty row, and nobody's profile any more
    if acting.account_id is None:
        return visible
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return or_(visible, col(Profile.id).in_(own))


def get_profile(session: Session, *, acting: Acting, profile_id: int) -> FullProfile:
    """One profile. Raises `profile_unknown`, also for one that the account may not see."""
    row = session.exec(select(Profile).where(Profile.id == profile_id, may_see(acting))).first()
    if row is None:
        raise NotFoundError("profile_unknown", profile_id=profile_id)
    return load_full(session, [row])[0]


def list_profiles(
    session: Session,
    *,
    acting: Acting,
    kinds: Collection[str] = (),
    countries: Collection[str] = (),
    after: int = 0,
    limit: int,
) -> Sequence[Profile]:
    """Profiles by number, from the one after `after`, at most `limit`."""
    statement = select(Profile).where(may_see(acting), col(Profile.id) > after)
    if kinds:
        statement = statement.where(col(Profile.kind).in_(list(kinds)))
    if countries:
        statement = statement.where(col(Profile.country).in_(list(countries)))
    return session.exec(statement.order_by(col(Profile.id)).limit(limit)).all()


def count_profiles(session: Session, *, acting: Acting) -> int:
    """How many profiles the account may see."""
    return session.exec(select(func.count()).select_from(Profile).where(may_see(acting))).one()


def full_profiles(session: Session, *, acting: Acting, profile_ids: Collection[int]) -> dict[int, FullProfile]:
    """Those of `profile_ids` that the account may see, by number; in three statements however many they are."""
    rows = session.exec(select(Profile).where(col(Profile.id).in_(list(profile_ids)), may_see(acting))).all()
    return {full.profile.id or 0: full for full in load_full(session, rows)}


def profile_by_external_id(session: Session, *, source: str, external_id: str) -> Profile | None:
    """The profile that an import brought under this number."""
    statement = select(Profile).where(Profile.source == source, Profile.external_id == external_id)
    return session.exec(statement).first()


def represents(session: Session, *, acting: Acting, profile_id: int) -> bool:
    """Whether the account acts for this profile."""
    if acting.account_id is None:
        return False
    return session.get(Representation, (acting.account_id, profile_id)) is not None


def represented_by(session: Session, *, acting: Acting) -> list[int]:
    """The profiles for which the account acts."""
    statement = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return sorted(session.exec(statement).all())


def represented_with_parts(session: Session, *, acting: Acting) -> list[tuple[int, str]]:
    """The profiles for which the account acts, by number, each with its part."""
    statement = select(Representation.profile_id, Representation.part)
    mine = statement.where(Representation.account_id == acting.account_id)
    return list(session.exec(mine.order_by(col(Representation.profile_id))).all())


def load_full(session: Session, rows: Sequence[Profile]) -> list[FullProfile]:
    """Rows with their offers and experience, in the order of `rows`."""
    ids = [row.id for row in rows]
    offers = session.exec(select(Offer).where(col(Offer.profile_id).in_(ids)).order_by(col(Offer.position))).all()
    done = session.exec(
        select(Experience).where(col(Experience.profile_id).in_(ids)).order_by(col(Experience.position))
    ).all()
    offered, experienced = defaultdict(list), defaultdict(list)
    for offer in offers:
        offered[offer.profile_id].append(offer)
    for item in done:
        experienced[item.profile_id].append(item)
    return [FullProfile(row, tuple(offered[row.id or 0]), tuple(experienced[row.id or 0])) for row in rows]
