"""What admission asks of integrity, and the one place where it asks."""

from collections.abc import Collection
from typing import Protocol

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.profiles.queries import represented_by


class Conflicts(Protocol):
    """Who must not judge whom. `matchmaker.integrity.pairs` answers it."""

    def confirmed_with(self, session: Session, profile_id: int, /) -> frozenset[int]:
        """The profiles that have a confirmed conflict with this one."""
        ...

    def is_held(self, session: Session, profile_id: int, other_id: int, /) -> bool:
        """Whether a conflict between two profiles is still unknown and waits for a person."""
        ...


def may_judge(session: Session, conflicts: Conflicts, *, account_id: int | None, profile_id: int) -> bool:
    """Whether an account may have a say on an applicant: it acts neither for it nor for anyone in conflict with it."""
    own = represented_by(session, acting=Acting(account_id=account_id)) if account_id is not None else []
    return profile_id not in own and not _are_apart(session, conflicts, own=own, profile_id=profile_id)


def _are_apart(session: Session, conflicts: Conflicts, *, own: Collection[int], profile_id: int) -> bool:
    if not own:
        return False
    confirmed = conflicts.confirmed_with(session, profile_id)
    return any(number in confirmed or conflicts.is_held(session, number, profile_id) for number in own)
