"""The only door of introductions to integrity: whether two profiles may meet."""

from collections.abc import Collection, Mapping
from typing import Protocol

from sqlmodel import Session

from matchmaker.integrity.queries import confirmed_of, confirmed_with, is_held


class Conflicts(Protocol):
    """Knows who must not meet whom."""

    def are_apart(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two is confirmed."""
        ...

    def apart_of(self, session: Session, numbers: Collection[int]) -> Mapping[int, frozenset[int]]:
        """For each of these profiles those with which a conflict is confirmed, in one read."""
        ...

    def are_held(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two waits for a person's decision."""
        ...


class KnownConflicts:
    """What integrity keeps."""

    def are_apart(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two is confirmed."""
        return other in confirmed_with(session, one)

    def apart_of(self, session: Session, numbers: Collection[int]) -> Mapping[int, frozenset[int]]:
        """For each of these profiles those with which a conflict is confirmed, in one read."""
        return confirmed_of(session, numbers)

    def are_held(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two waits for a person's decision."""
        return is_held(session, one, other)
