"""The directory: profiles that an account may see, narrowed, by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.places.filters import holds_any, of_sizes, one_of
from matchmaker.places.sizes import SizeBand
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import may_see


@dataclass(frozen=True)
class ProfilesWanted:
    """Which profiles are wanted: each set narrows, an empty one does not. Languages are those that they speak."""

    kinds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sizes: frozenset[SizeBand] = frozenset()


def browse_profiles(
    session: Session, *, acting: Acting, wanted: ProfilesWanted, offset: int = 0, limit: int
) -> Sequence[Profile]:
    """Profiles by name, from the one at `offset`, at most `limit`."""
    statement = select(Profile).where(_narrowed(acting, wanted)).order_by(col(Profile.name), col(Profile.id))
    return session.exec(statement.offset(offset).limit(limit)).all()


def count_browsed(session: Session, *, acting: Acting, wanted: ProfilesWanted) -> int:
    """How many there are."""
    return session.exec(select(func.count()).select_from(Profile).where(_narrowed(acting, wanted))).one()


def numbers_browsed(session: Session, *, acting: Acting, wanted: ProfilesWanted) -> frozenset[int]:
    """Their numbers, among which a search looks."""
    return frozenset(key or 0 for key in session.exec(select(Profile.id).where(_narrowed(acting, wanted))).all())


def profiles_named(
    session: Session, *, acting: Acting, wanted: ProfilesWanted, words: str, limit: int
) -> Sequence[Profile]:
    """Profiles in whose name these words stand."""
    named = col(Profile.name).icontains(words, autoescape=True)
    statement = select(Profile).where(_narrowed(acting, wanted), named)
    return session.exec(statement.order_by(col(Profile.name), col(Profile.id)).limit(limit)).all()


def _narrowed(acting: Acting, wanted: ProfilesWanted) -> ColumnElement[bool]:
    return and_(
        may_see(acting),
        one_of(col(Profile.kind), wanted.kinds),
        one_of(col(Profile.country), wanted.countries),
        holds_any(col(Profile.areas), wanted.areas),
        holds_any(col(Profile.languages), wanted.languages),
        of_sizes(col(Profile.population), wanted.sizes),
    )
