"""Reads of challenges, each with the permission of the account that asks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, not_, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge, CoOwner, Need, Status
from matchmaker.challenges.sight import is_own, may_see
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.profiles.models import Representation


@dataclass(frozen=True)
class FullChallenge:
    """A challenge with its needs in order."""

    challenge: Challenge
    needs: tuple[Need, ...]
    co_owners: tuple[int, ...] = ()  # members that have it together with its owner

    @property
    def owners(self) -> frozenset[int]:
        """All members that have it."""
        return frozenset(self.co_owners) | frozenset({self.challenge.owner_id} if self.challenge.owner_id else ())


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
    """Those of `challenge_ids` that the account may see, by number; in three statements however many they are."""
    rows = session.exec(select(Challenge).where(col(Challenge.id).in_(list(challenge_ids)), may_see(acting))).all()
    return {full.challenge.id or 0: full for full in load_full(session, rows)}


def challenge_by_external_id(session: Session, *, source: str, external_id: str) -> Challenge | None:
    """The challenge that an import brought under this number."""
    statement = select(Challenge).where(Challenge.source == source, Challenge.external_id == external_id)
    return session.exec(statement).first()


def own_challenge(session: Session, *, acting: Acting, challenge_id: int) -> FullChallenge:
    """A challenge that the account has, alone or with others. Raises `challenge_unknown`, `not_your_challenge`."""
    full = get_challenge(session, acting=acting, challenge_id=challenge_id)
    if not owns(session, acting=acting, challenge_id=challenge_id):
        raise NotAllowedError("not_your_challenge", challenge_id=challenge_id)
    return full


def owns(session: Session, *, acting: Acting, challenge_id: int) -> bool:
    """Whether the account acts for a member that has the challenge."""
    if acting.account_id is None:
        return False
    return session.exec(select(Challenge.id).where(Challenge.id == challenge_id, is_own(acting))).first() is not None


def own_challenges(session: Session, *, acting: Acting, limit: int) -> Sequence[Challenge]:
    """Challenges that the account has, in any state, those changed last first; never a reference."""
    if acting.account_id is None:
        return []
    statement = select(Challenge).where(is_own(acting), col(Challenge.is_reference).is_(False))
    newest = statement.order_by(col(Challenge.updated_at).desc(), col(Challenge.id).desc())
    return session.exec(newest.limit(limit)).all()


def asked_to_own(session: Session, *, acting: Acting) -> list[tuple[Challenge, int]]:
    """Challenges that members for which the account acts are asked to have too, each with the member."""
    if acting.account_id is None:
        return []
    mine = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    statement = (
        select(Challenge, CoOwner.profile_id)
        .join(CoOwner, col(CoOwner.challenge_id) == col(Challenge.id))
        .where(col(CoOwner.profile_id).in_(mine), col(CoOwner.joined_at).is_(None))
    )
    return list(session.exec(statement.order_by(col(CoOwner.asked_at), col(Challenge.id))).all())


def unseen_challenges(session: Session, *, acting: Acting) -> frozenset[int]:
    """Open challenges that the account may not see: a search leaves them out, so that no list has a gap."""
    statement = select(Challenge.id).where(Challenge.status == Status.OPEN, not_(may_see(acting)))
    return frozenset(number for number in session.exec(statement).all() if number is not None)


def load_full(session: Session, rows: Sequence[Challenge]) -> list[FullChallenge]:
    """Rows with their needs and those who have them together, in the order of `rows`."""
    ids = [row.id for row in rows]
    needs = session.exec(select(Need).where(col(Need.challenge_id).in_(ids)).order_by(col(Need.position))).all()
    joined = select(CoOwner).where(col(CoOwner.challenge_id).in_(ids), col(CoOwner.joined_at).is_not(None))
    together = session.exec(joined.order_by(col(CoOwner.joined_at), col(CoOwner.profile_id))).all()
    return [
        FullChallenge(
            row,
            tuple(need for need in needs if need.challenge_id == row.id),
            tuple(each.profile_id for each in together if each.challenge_id == row.id),
        )
        for row in rows
    ]
