"""Admitting, suspending, reinstating and letting go: the one place where admission shows or hides a profile."""

from sqlmodel import Session

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.errors import NotAllowedError
from matchmaker.membership.models import Standing, StandingChange
from matchmaker.membership.office import Office, check_power
from matchmaker.membership.rules import StandingAct, next_status, visibility_of
from matchmaker.membership.states import Status
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.speaking import speaks_for


def suspend(session: Session, *, office: Office, acting: Acting, profile_id: int, reason: str) -> Standing:
    """Hide an agent until it is reinstated. Raises `secretariat_only`, `profile_unknown`, `standing_state`."""
    return _by_power(
        session, office=office, acting=acting, profile_id=profile_id, act=StandingAct.SUSPEND, words=reason
    )


def reinstate(session: Session, *, office: Office, acting: Acting, profile_id: int, reason: str) -> Standing:
    """Show a suspended agent again. Raises `secretariat_only`, `profile_unknown`, `standing_state`."""
    act = StandingAct.REINSTATE
    return _by_power(session, office=office, acting=acting, profile_id=profile_id, act=act, words=reason)


def leave(session: Session, *, office: Office, acting: Acting, profile_id: int, reason: str) -> Standing:
    """Let an agent go: by whoever speaks for it, or by the alliance.

    Raises `profile_unknown`, `not_your_profile`, `standing_state`.
    """
    if acting.is_secretariat or acting.is_administrator:
        act = StandingAct.LEAVE
        return _by_power(session, office=office, acting=acting, profile_id=profile_id, act=act, words=reason)
    profile = get_profile(session, acting=acting, profile_id=profile_id).profile
    check_speaks_for(session, acting=acting, profile_id=profile_id)
    return change_standing(session, office=office, acting=acting, profile=profile, act=StandingAct.LEAVE, reason=reason)


def change_standing(
    session: Session, *, office: Office, acting: Acting, profile: Profile, act: StandingAct, reason: str
) -> Standing:
    """Write a standing, its history, its trace in the audit log, and what everyone sees from this moment."""
    profile_id = profile.id or 0
    row = session.get(Standing, profile_id, with_for_update=True)
    status = next_status(Status(row.status) if row else None, act, profile_id=profile_id)
    row = row or Standing(profile_id=profile_id, status=status, changed_at=office.now)
    row.status, row.changed_at = status, office.now
    if act is StandingAct.ADMIT:
        row.admitted_at = office.now
    session.add(row)
    session.add(
        StandingChange(
            profile_id=profile_id,
            act=act,
            status=status,
            reason=reason,
            account_id=acting.account_id,
            changed_at=office.now,
        )
    )
    set_visibility(session, profile=profile, visibility=visibility_of(status), now=office.now)
    office.note(session, acting=acting, act=f"standing.{act}", subject="profile", subject_id=profile_id, status=status)
    return row


def check_speaks_for(session: Session, *, acting: Acting, profile_id: int) -> None:
    """Raise `not_your_profile` unless the account is a representative: an editor only writes words."""
    if not speaks_for(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)


def _by_power(
    session: Session, *, office: Office, acting: Acting, profile_id: int, act: StandingAct, words: str
) -> Standing:
    check_power(acting)
    profile = get_profile(session, acting=OPERATOR, profile_id=profile_id).profile
    return change_standing(session, office=office, acting=acting, profile=profile, act=act, reason=words)
