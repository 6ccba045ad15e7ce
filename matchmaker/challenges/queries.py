"""Reads of challenges, each with the permission of the account that asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, Need, Status
from matchmaker.errors import NotFoundError
from matchmaker.profiles.models import Profile, Representation, Visibility


@dataclass(frozen=True)
class FullChallenge:
    """A challenge with its needs in order."""

    challenge: Challenge
    needs: tuple[Need, ...]


def may_see(acting: Acting) -> ColumnElement[bool]:
    """Open challenges of visible owners for everyone; one's own in any state; all for the secretariat."""
    if acting.is_secretariat:
        return col(Challenge.id).is_not(None)
    visible = select(Profile.id).where(Profile.visibility == Visibility.VISIBLE)
    owner_shown = or_(col(Challenge.owner_id).is_(None), col(Challenge.owner_id).in_(visible))
    shown = and_(col(Challenge.status) == Status.OPEN, owner_shown)
    if acting.account_id is None:
        return shown
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    return or_(shown, col(Challenge.owner_id).in_(own))


def get_challenge(session: Session, *, acting: Acting, challenge_id: int) -> FullChallenge:
    """One challenge. Raises `challenge_unknown`, also for one that the account may not see."""
    row = session.exec(select(Challenge).where(Challenge.id == challenge_id, may_see(acting))).first()
    if row is None:
        raise NotFoundError("challenge_unknown", challenge_id=challenge_id)
    return load_full(session, [row])[0]


def list_challenges(
    session: Session, *, acting: Acting, countries: Collection[str] = (), after: int = 0, limit: int
) -> Sequence[Challenge]:
    """Challenges by number, from the one after `after`, at most `limit`."""
    statement = select(Challenge).where(may_see(acting), col(Challenge.id) > after)
    if countries:
        statement = statement.where(col(Challenge.country).in_(list(countries)))
    return session.exec(statement.order_by(col(Challenge.id)).limit(limit)).all()


def count_challenges(session: Session, *, acting: Acting) -> int:
    """How many challenges the account may see."""
    return session.exec(select(func.count()).select_from(Challenge).where(may_see(acting))).one()


def full_challenges(session: Session, *, acting: Acting, challenge_ids: Collection[int]) -> dict[int, FullChallenge]:
    """Those of `challenge_ids` that the account may see, by number; in two statements however many they are."""
    rows = session.exec(select(Challenge).where(col(Challenge.id).in_(list(challenge_ids)), may_see(acting))).all()
    return {full.challenge.id or 0: full for full in load_full(session, rows)}


def challenge_by_external_id(session: Session, *, source: str, external_id: str) -> Challenge | None:
    """The challenge that an import brought under this number."""
    statement = select(Challenge).where(Challenge.source == source, Challenge.external_id == external_id)
    return session.exec(statement).first()


def load_full(session: Session, rows: Sequence[Challenge]) -> list[FullChallenge]:
    """Rows with their needs, in the order of `rows`."""
    ids = [row.id for row in rows]
    needs = session.exec(select(Need).where(col(Need.challenge_id).in_(ids)).order_by(col(Need.position))).all()
    return [FullChallenge(row, tuple(need for need in needs if need.challenge_id == row.id)) for row in rows]
