"""Reads of integrity: who must never meet whom."""

from sqlmodel import Session


def confirmed_with(_session: Session, profile_id: int) -> frozenset[int]:  # noqa: ARG001
    """The profiles in a confirmed conflict with this one; none while no conflicts are kept."""
    return frozenset()


def is_held(_session: Session, one: int, other: int) -> bool:  # noqa: ARG001
    """Whether a conflict between the two waits for a person's decision; never while no conflicts are kept."""
    return False
