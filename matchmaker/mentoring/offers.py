"""Offering to mentor."""

from sqlmodel import Session

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.models import MentorOffer
from matchmaker.profiles.actions import Desk
from matchmaker.profiles.queries import get_profile, represents
from matchmaker.taxonomy.models import Concern
from matchmaker.taxonomy.rules import check_code


def save_offer(
    session: Session, *, desk: Desk, acting: Acting, profile_id: int, draft: MentorOfferDraft
) -> MentorOffer:
    """Say what a profile helps with, or change it. Raises `profile_unknown`, `not_your_profile`, `unknown_code`."""
    get_profile(session, acting=acting, profile_id=profile_id)
    if not represents(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    for area in draft.areas:
        check_code(desk.taxonomy, Concern.AREAS, area, field="areas")
    offer = session.get(MentorOffer, profile_id) or MentorOffer(
        profile_id=profile_id, hours_a_month=0, version=0, updated_at=desk.now
    )
    offer.areas, offer.languages = list(dict.fromkeys(draft.areas)), list(dict.fromkeys(draft.languages))
    offer.hours_a_month, offer.text, offer.is_paused = draft.hours_a_month, draft.text, draft.is_paused
    offer.version, offer.updated_at = offer.version + 1, desk.now
    session.add(offer)
    session.flush()
    return offer


def end_offer(session: Session, *, acting: Acting, profile_id: int) -> None:
    """Mentor no more; what is agreed goes on. Raises `mentor_unknown`, `not_your_profile`."""
    if not represents(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    offer = session.get(MentorOffer, profile_id)
    if offer is None:
        raise NotFoundError("mentor_unknown", profile_id=profile_id)
    session.delete(offer)
    session.flush()
