"""Who must never meet whom. Asked by everything that brings two members together, whoever looks."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_
from sqlmodel import Session, col, select

from matchmaker.integrity.models import Conflict, ConflictState
from matchmaker.integrity.rules import pair_of

CONFIRMED = frozenset({ConflictState.CONFIRMED})
UNDISMISSED = frozenset({ConflictState.CONFIRMED, ConflictState.UNKNOWN})


def confirmed_with(session: Session, profile_id: int) -> frozenset[int]:
    """The profiles that a confirmed conflict keeps apart from this one."""
    return apart_from(session, [profile_id])


def apart_from(session: Session, profile_ids: Collection[int]) -> frozenset[int]:
    """The profiles that a confirmed conflict keeps apart from any of these."""
    return frozenset().union(*confirmed_of(session, profile_ids).values())


def confirmed_of(session: Session, profile_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of these profiles those in confirmed conflict with it; one statement however many they are."""
    return _others(session, profile_ids, CONFIRMED)


def undismissed_of(session: Session, profile_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each of these profiles those with which it has a conflict that nobody has dismissed; one statement."""
    return _others(session, profile_ids, UNDISMISSED)


def entangled_with(session: Session, profile_ids: Collection[int]) -> frozenset[int]:
    """The profiles that have with any of these a conflict which nobody has dismissed: judges keep away from them."""
    return frozenset().union(*_others(session, profile_ids, UNDISMISSED).values())


def is_held(session: Session, profile_id: int, other_id: int) -> bool:
    """Whether a conflict between two profiles is unknown and waits for a person."""
    conflict = conflict_of(session, profile_id, other_id)
    return conflict is not None and conflict.state == ConflictState.UNKNOWN


def conflict_of(session: Session, profile_id: int, other_id: int) -> Conflict | None:
    """The conflict of two profiles, in whichever order they are named; none of one with itself."""
    if profile_id == other_id:
        return None
    first, second = pair_of(profile_id, other_id)
    statement = select(Conflict).where(Conflict.first_id == first, Conflict.second_id == second)
    return session.exec(statement).first()


def _others(
    session: Session, profile_ids: Collection[int], states: Collection[ConflictState]
) -> dict[int, frozenset[int]]:
    asked = sorted(set(profile_ids))
    if not asked:
        return {}
    first, second = col(Conflict.first_id), col(Conflict.second_id)
    either = or_(first.in_(asked), second.in_(asked))
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in session.exec(select(first, second).where(col(Conflict.state).in_(list(states)), either)).all():
        found[one].add(other)
        found[other].add(one)
    return {number: frozenset(found[number]) for number in asked}
