"""What admission asks of integrity, and the one place where it asks."""

from collections.abc import Collection
from typing import Protocol

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.profiles.queries import represented_by


class Conflicts(Protocol):
    """Who must not judge whom. `matchmaker.integrity.pairs` answers it."""

    def entangled_with(self, session: Session, profile_ids: Collection[int], /) -> frozenset[int]:
        """The profiles that have with any of these a conflict which nobody has dismissed."""
        ...


def may_judge(session: Session, conflicts: Conflicts, *, account_id: int | None, profile_id: int) -> bool:
    """Whether an account may have a say on an applicant: it acts neither for it nor for anyone in conflict with it."""
    return profile_id in judged_by(session, conflicts, account_id=account_id, profile_ids=[profile_id])


def judged_by(
    session: Session, conflicts: Conflicts, *, account_id: int | None, profile_ids: Collection[int]
) -> frozenset[int]:
    """Those of these applicants on whom an account may have a say; two statements however many they are."""
    own = represented_by(session, acting=Acting(account_id=account_id)) if account_id is not None else []
    return frozenset(profile_ids).difference(own, conflicts.entangled_with(session, own) if own else ())
