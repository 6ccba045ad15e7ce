"""What a mentor has promised, what is asked of it, and how much is left: for those who act for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import NotAllowedError
from matchmaker.mentoring.models import Mentoring, MentorOffer
from matchmaker.mentoring.queries import seen_by
from matchmaker.mentoring.rules import State, hours_left, state_of
from matchmaker.profiles.queries import FullProfile, get_profile, represents

REQUESTS_AT_MOST = 200  # of one mentor, the newest; a page shows those that are not over


@dataclass(frozen=True)
class MentorLoad:
    """Hours a month. `offer`: nothing while it mentors nobody; `current`: what waits or is agreed, the newest first."""

    profile: FullProfile
    offer: MentorOffer | None
    promised: int
    asked: int
    left: int
    current: Sequence[Mentoring]


def load_of(session: Session, *, acting: Acting, profile_id: int, now: datetime) -> MentorLoad:
    """How much a member mentors. Raises `profile_unknown`, `not_your_profile`."""
    full = get_profile(session, acting=acting, profile_id=profile_id)
    if not represents(session, acting=acting, profile_id=profile_id):
        raise NotAllowedError("not_your_profile", profile_id=profile_id)
    statement = select(Mentoring).where(*seen_by(acting), Mentoring.mentor_id == profile_id)
    rows = session.exec(statement.order_by(col(Mentoring.id).desc()).limit(REQUESTS_AT_MOST)).all()
    offer = session.get(MentorOffer, profile_id)
    states = [(row, state_of(row, now=now)) for row in rows]
    return MentorLoad(
        profile=full,
        offer=offer,
        promised=sum(row.hours_a_month for row, state in states if state is State.AGREED),
        asked=sum(row.hours_a_month for row, state in states if state is State.OPEN),
        left=0 if offer is None else hours_left(offer, rows, now=now),
        current=[row for row, state in states if state in {State.OPEN, State.AGREED}],
    )
