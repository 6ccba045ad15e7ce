"""Who may read a challenge besides its owners: members that are named one by one."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import own_row
from matchmaker.challenges.models import Guest
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile, may_see


def name_guest(session: Session, *, acting: Acting, challenge_id: int, profile_id: int) -> None:
    """Let a member read a challenge; twice is as once.

    Raises `challenge_unknown`, `not_your_challenge`, `profile_unknown`.
    """
    own_row(session, acting=acting, challenge_id=challenge_id)
    get_profile(session, acting=acting, profile_id=profile_id)
    admit_guest(session, challenge_id=challenge_id, profile_id=profile_id)


def admit_guest(session: Session, *, challenge_id: int, profile_id: int) -> None:
    """Let a member read a challenge about which it is asked."""
    if session.get(Guest, (challenge_id, profile_id)) is None:
        session.add(Guest(challenge_id=challenge_id, profile_id=profile_id))
        session.flush()


def unname_guest(session: Session, *, acting: Acting, challenge_id: int, profile_id: int) -> None:
    """Take a member from those who are named. Raises `challenge_unknown`, `not_your_challenge`."""
    own_row(session, acting=acting, challenge_id=challenge_id)
    found = session.get(Guest, (challenge_id, profile_id))
    if found is not None:
        session.delete(found)
        session.flush()


def guests_of(session: Session, *, acting: Acting, challenge_id: int) -> Sequence[Profile]:
    """Who is named and is there, by name; for the owners. Raises `challenge_unknown`, `not_your_challenge`."""
    own_row(session, acting=acting, challenge_id=challenge_id)
    named = select(Guest.profile_id).where(Guest.challenge_id == challenge_id)
    statement = select(Profile).where(col(Profile.id).in_(named), may_see(acting))
    return session.exec(statement.order_by(Profile.name, col(Profile.id))).all()
