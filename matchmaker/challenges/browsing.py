"""The list of open challenges that an account may see, narrowed, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, true
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Status
from matchmaker.challenges.sight import may_see
from matchmaker.places.filters import holds_any, of_sizes, one_of
from matchmaker.places.sizes import SizeBand


@dataclass(frozen=True)
class ChallengesWanted:
    """Which open challenges are wanted: each set narrows, an empty one does not."""

    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    sizes: frozenset[SizeBand] = frozenset()
    principles: frozenset[str] = frozenset()
    procurements: frozenset[str] = frozenset()
    owners: frozenset[int] = frozenset()


def browse_challenges(
    session: Session, *, acting: Acting, wanted: ChallengesWanted, offset: int = 0, limit: int
) -> Sequence[Challenge]:
    """Open challenges, the newest first, from the one at `offset`, at most `limit`."""
    statement = select(Challenge).where(_narrowed(acting, wanted)).order_by(col(Challenge.id).desc())
    return session.exec(statement.offset(offset).limit(limit)).all()


def count_browsed(session: Session, *, acting: Acting, wanted: ChallengesWanted) -> int:
    """How many there are."""
    return session.exec(select(func.count()).select_from(Challenge).where(_narrowed(acting, wanted))).one()


def numbers_browsed(session: Session, *, acting: Acting, wanted: ChallengesWanted) -> frozenset[int]:
    """Their numbers, among which a search looks."""
    return frozenset(key or 0 for key in session.exec(select(Challenge.id).where(_narrowed(acting, wanted))).all())


def countries_asking(session: Session, *, acting: Acting) -> list[str]:
    """The countries from which something is asked, by code."""
    column = col(Challenge.country)
    open_here = (may_see(acting), col(Challenge.status) == Status.OPEN, column != "")
    return sorted(session.exec(select(column).where(*open_here).distinct()).all())


def _narrowed(acting: Acting, wanted: ChallengesWanted) -> ColumnElement[bool]:
    owned = col(Challenge.owner_id).in_(wanted.owners) if wanted.owners else true()
    return and_(
        may_see(acting),
        col(Challenge.status) == Status.OPEN,
        owned,
        one_of(col(Challenge.country), wanted.countries),
        one_of(col(Challenge.language), wanted.languages),
        one_of(col(Challenge.procurement), wanted.procurements),
        holds_any(col(Challenge.areas), wanted.areas),
        holds_any(col(Challenge.principles), wanted.principles),
        of_sizes(col(Challenge.population), wanted.sizes),
    )
