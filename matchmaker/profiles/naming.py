"""Members found by a part of their name, to be chosen from."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from matchmaker.accounts.models import Acting
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import may_see

LETTERS_AT_LEAST = 2  # fewer name everybody


def profiles_called(session: Session, *, acting: Acting, words: str, limit: int) -> Sequence[Profile]:
    """Shown members whose name holds these letters, by name; none for fewer than `LETTERS_AT_LEAST`."""
    wanted = words.strip()
    if len(wanted) < LETTERS_AT_LEAST:
        return []
    is_called = func.lower(Profile.name).contains(wanted.lower(), autoescape=True)
    statement = select(Profile).where(may_see(acting), Profile.visibility == Visibility.VISIBLE, is_called)
    return session.exec(statement.order_by(Profile.name, col(Profile.id)).limit(limit)).all()
