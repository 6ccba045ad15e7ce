"""Who may see which challenge, as conditions that every read carries."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Audience, Challenge, CoOwner, Guest, Status
from matchmaker.profiles.models import Profile, Representation, Visibility


def may_see(acting: Acting) -> ColumnElement[bool]:
    """Open challenges of visible owners for those whom their authors chose; one's own in any state.

    The secretariat sees all but drafts: what is not posted yet is its author's alone.
    """
    shown = col(Challenge.status) != Status.DRAFT if acting.is_secretariat else _is_shown(acting)
    return shown if acting.account_id is None else or_(shown, is_own(acting), _is_asked(acting))


def is_own(acting: Acting) -> ColumnElement[bool]:
    """Challenges of members for which the account acts, alone or together with others."""
    return or_(col(Challenge.owner_id).in_(_mine(acting)), _together(acting, col(CoOwner.joined_at).is_not(None)))


def _is_asked(acting: Acting) -> ColumnElement[bool]:
    """Whether a member is asked to have the challenge too: it reads what it would answer for."""
    return _together(acting, col(CoOwner.joined_at).is_(None))


def _together(acting: Acting, has_joined: ColumnElement[bool]) -> ColumnElement[bool]:
    found = select(CoOwner.challenge_id).where(col(CoOwner.profile_id).in_(_mine(acting)), has_joined)
    return col(Challenge.id).in_(found)


def _mine(acting: Acting) -> SelectOfScalar[int]:
    return select(Representation.profile_id).where(Representation.account_id == acting.account_id)


def _is_shown(acting: Acting) -> ColumnElement[bool]:
    visible = select(Profile.id).where(Profile.visibility == Visibility.VISIBLE)
    owner_shown = or_(col(Challenge.owner_id).is_(None), col(Challenge.owner_id).in_(visible))
    return and_(col(Challenge.status) == Status.OPEN, owner_shown, _is_for(acting))


def _is_for(acting: Acting) -> ColumnElement[bool]:
    """Whether the author lets the account read: as anyone, as a member, as one that is named."""
    for_all = col(Challenge.audience) == Audience.PUBLIC
    if acting.account_id is None:
        return for_all
    members = _mine(acting).join(Profile, col(Profile.id) == col(Representation.profile_id)).where(
        Profile.visibility == Visibility.VISIBLE
    )  # fmt: skip
    for_members = and_(col(Challenge.audience) == Audience.MEMBERS, members.exists())
    guests = select(Guest.challenge_id).where(col(Guest.profile_id).in_(members))
    return or_(for_all, for_members, col(Challenge.id).in_(guests))
