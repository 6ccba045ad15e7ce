"""Reads of conflicts between profiles."""

from sqlmodel import Session


def confirmed_with(_session: Session, _profile_id: int) -> frozenset[int]:
    """The profiles that have a confirmed conflict with this one."""
    return frozenset()


def is_held(_session: Session, _profile_id: int, _other_id: int) -> bool:
    """Whether a conflict between two profiles is unknown and waits for a person."""
    return False
