"""Blocking: a profile is kept and used for nothing; whatever admission decides meanwhile holds afterwards."""

from datetime import datetime

from sqlmodel import Session

from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility


def block_profile(session: Session, *, profile: Profile, now: datetime) -> bool:
    """Hide a profile until it is unblocked; say whether it was not blocked before."""
    if profile.visibility_unblocked:
        return False
    before = profile.visibility
    set_visibility(session, profile=profile, visibility=Visibility.HIDDEN, now=now)
    profile.visibility_unblocked = before
    session.add(profile)
    session.flush()
    return True


def unblock_profile(session: Session, *, profile: Profile, now: datetime) -> None:
    """Show a blocked profile as it would be seen by now."""
    if profile.visibility_unblocked:
        after, profile.visibility_unblocked = Visibility(profile.visibility_unblocked), ""
        set_visibility(session, profile=profile, visibility=after, now=now)
