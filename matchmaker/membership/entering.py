"""Profiles written by people: shown as admission says, and looked at for conflicts in the same transaction."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.integrity.detection import detect_conflicts
from matchmaker.integrity.rulebook import Rulebook
from matchmaker.membership.rules import Admission, first_visibility
from matchmaker.profiles.actions import Desk, create_profile, save_profile
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile


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
