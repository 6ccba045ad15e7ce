"""Who is kept out of a list before anything is scored: oneself, and those whom a conflict keeps apart from one.

What is left fills the list, so that neither a count nor a gap tells of a conflict.
"""

from collections.abc import Collection

from sqlmodel import Session, col, or_, select

from matchmaker.challenges.models import Challenge, CoOwner
from matchmaker.integrity.queries import apart_from


def askers(owner_id: int | None, asked_by: Collection[int]) -> frozenset[int]:
    """The members who ask: the owner of a stored challenge, and those who try one."""
    return frozenset(asked_by) | frozenset({owner_id} if owner_id else ())


def kept_out(session: Session, members: Collection[int]) -> frozenset[int]:
    """Members and everyone whom a confirmed conflict keeps apart from one of them."""
    return frozenset(members) | apart_from(session, members)


def challenges_of(session: Session, profile_ids: Collection[int]) -> frozenset[int]:
    """The numbers of the challenges that these profiles have, whatever their state."""
    if not profile_ids:
        return frozenset()
    together = select(CoOwner.challenge_id).where(
        col(CoOwner.profile_id).in_(sorted(profile_ids)), col(CoOwner.joined_at).is_not(None)
    )
    theirs = or_(col(Challenge.owner_id).in_(sorted(profile_ids)), col(Challenge.id).in_(together))
    statement = select(Challenge.id).where(theirs)
    return frozenset(number for number in session.exec(statement).all() if number is not None)
