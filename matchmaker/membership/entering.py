"""Profiles written by people: shown as admission says, and looked at for conflicts in the same transaction."""

from dataclasses import dataclass

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.integrity.detection import detect_conflicts
from matchmaker.integrity.rulebook import Rulebook
from matchmaker.membership.actions import begin_application
from matchmaker.membership.models import Application, Standing
from matchmaker.membership.office import Office
from matchmaker.membership.queries import open_application
from matchmaker.membership.rules import Admission, first_visibility
from matchmaker.profiles.actions import Desk, create_profile, save_profile, set_visibility
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.writing import take_copy


def enter_profile(
    session: Session, *, desk: Desk, acting: Acting, draft: ProfileDraft, admission: Admission, rulebook: Rulebook
) -> Profile:
    """Save a new profile, with a page or the API. Raises what `create_profile` does."""
    shown = first_visibility(admission, is_secretariat=acting.is_secretariat)
    row = create_profile(session, desk=desk, acting=acting, draft=draft, visibility=shown)
    detect_conflicts(session, profile_id=row.id or 0, now=desk.now, rulebook=rulebook)
    return row


def rewrite_profile(
    session: Session, *, desk: Desk, acting: Acting, profile_id: int, draft: ProfileDraft, rulebook: Rulebook
) -> Profile:
    """Replace a profile's words, with a page or the API. Raises what `save_profile` does."""
    row = save_profile(session, desk=desk, acting=acting, profile_id=profile_id, draft=draft)
    detect_conflicts(session, profile_id=profile_id, now=desk.now, rulebook=rulebook)
    return row


@dataclass(frozen=True)
class Published:
    """A profile whose working copy was published; with the application to hand in, where admission is reviewed."""

    profile: Profile
    application: Application | None


def publish_profile(
    session: Session, *, office: Office, desk: Desk, acting: Acting, profile_id: int, rulebook: Rulebook
) -> Published:
    """Let a working copy be what everyone reads; the first time as admission says.

    Raises `profile_unknown`, `not_your_profile`, `nothing_to_publish`, and what `save_profile` raises.
    """
    draft, is_first = take_copy(session, acting=acting, profile_id=profile_id)
    profile = rewrite_profile(session, desk=desk, acting=acting, profile_id=profile_id, draft=draft, rulebook=rulebook)
    if not is_first or session.get(Standing, profile_id) is not None:
        return Published(profile, None)
    shown = first_visibility(office.admission, is_secretariat=acting.is_secretariat)
    set_visibility(session, profile=profile, visibility=shown, now=desk.now)
    if shown is Visibility.VISIBLE or open_application(session, profile_id=profile_id) is not None:
        return Published(profile, None)
    return Published(profile, begin_application(session, office=office, acting=acting, profile_id=profile_id, words=""))
