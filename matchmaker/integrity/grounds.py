"""Putting a reason for a conflict beside its pair. A pair has one row, whoever says what about it and how often."""

from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from matchmaker.integrity.models import Conflict, Evidence, Ground, Nature
from matchmaker.integrity.pairs import conflict_of
from matchmaker.integrity.rules import pair_of, state_with_new_ground


def add_ground(
    session: Session,
    *,
    profile_id: int,
    other_id: int,
    code: Nature | Evidence,
    declared_by_id: int | None,
    now: datetime,
    until: date | None = None,
) -> tuple[Ground, bool]:
    """Note why two profiles may be in conflict; the flag says whether it is new. The same again changes `until` alone.

    Something new makes a question again of what was dismissed; what is confirmed stays so.
    """
    conflict = _row(session, profile_id, other_id, now=now)
    known = session.exec(
        select(Ground).where(
            Ground.conflict_id == conflict.id, Ground.code == code, Ground.declared_by_id == declared_by_id
        )
    ).first()
    if known is not None:
        known.until = until
        session.add(known)
        return known, False
    conflict.state = state_with_new_ground(conflict.state)
    ground = Ground(conflict_id=conflict.id or 0, code=code, declared_by_id=declared_by_id, until=until, added_at=now)
    session.add_all([conflict, ground])
    session.flush()
    return ground, True


def _row(session: Session, profile_id: int, other_id: int, *, now: datetime) -> Conflict:
    """The row of a pair, made when there is none; of two that make it at once the second takes the first's."""
    known = conflict_of(session, profile_id, other_id)
    if known is not None:
        return known
    first_id, second_id = pair_of(profile_id, other_id)
    made = Conflict(first_id=first_id, second_id=second_id, created_at=now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        theirs = conflict_of(session, profile_id, other_id)
        if theirs is None:
            raise
        return theirs
    return made
