"""The only door of introductions to integrity: whether two profiles may meet."""

from typing import Protocol

from sqlmodel import Session

from matchmaker.integrity.queries import confirmed_with, is_held


class Conflicts(Protocol):
    """Knows who must not meet whom."""

    def are_apart(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two is confirmed."""
        ...

    def are_held(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two waits for a person's decision."""
        ...


class KnownConflicts:
    """What integrity keeps."""

    def are_apart(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two is confirmed."""
        return other in confirmed_with(session, one)

    def are_held(self, session: Session, one: int, other: int) -> bool:
        """Whether a conflict between the two waits for a person's decision."""
        return is_held(session, one, other)
