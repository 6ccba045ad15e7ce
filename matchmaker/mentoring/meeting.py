"""Whether two may meet at this moment. What keeps them apart is told to nobody: it looks like silence."""

from sqlmodel import Session, col, select

from matchmaker.challenges.models import Challenge
from matchmaker.errors import ConflictError
from matchmaker.integrity.queries import confirmed_with, is_held
from matchmaker.introductions.keeping import is_blocked_by_procurement
from matchmaker.introductions.terms import Lists
from matchmaker.mentoring.models import Mentoring
from matchmaker.profiles.models import Profile, Visibility


def is_kept_apart(session: Session, request: Mentoring) -> bool:
    """Whether a conflict between the two is confirmed, or waits for a person's decision."""
    mentor_id, mentee_id = request.mentor_id, request.mentee_id
    return mentor_id in confirmed_with(session, mentee_id) or is_held(session, mentor_id, mentee_id)


def hidden_of(session: Session, request: Mentoring) -> int | None:
    """The side that is not shown at present, if one is."""
    numbers = [request.mentor_id, request.mentee_id]
    hidden = col(Profile.visibility) != Visibility.VISIBLE
    return session.exec(select(Profile.id).where(col(Profile.id).in_(numbers), hidden)).first()


def hold_sides(session: Session, request: Mentoring) -> None:
    """Let nobody hide or show a side until the commit."""
    numbers = [request.mentor_id, request.mentee_id]
    held = select(Profile.id).where(col(Profile.id).in_(numbers)).order_by(col(Profile.id))
    session.exec(held.with_for_update(read=True)).all()


def is_bidding(session: Session, request: Mentoring, *, lists: Lists) -> bool:
    """Whether the request is on a challenge with an open purchase, in which the mentor could bid."""
    challenge = None if request.challenge_id is None else session.get(Challenge, request.challenge_id)
    kind = session.get_one(Profile, request.mentor_id).kind
    return challenge is not None and is_blocked_by_procurement(challenge=challenge, kind=kind, lists=lists)


def check_may_meet(session: Session, request: Mentoring, *, lists: Lists) -> None:
    """Raise `profile_not_shown`, `procurement_open`: what anyone can know. Conflicts are never a reason to say no."""
    hold_sides(session, request)
    hidden = hidden_of(session, request)
    if hidden is not None:
        raise ConflictError("profile_not_shown", profile_id=hidden)
    if is_bidding(session, request, lists=lists):
        raise ConflictError("procurement_open")


def may_meet(session: Session, request: Mentoring, *, lists: Lists) -> bool:
    """Whether nothing at all keeps the two apart."""
    hold_sides(session, request)
    return not (
        hidden_of(session, request) is not None
        or is_bidding(session, request, lists=lists)
        or is_kept_apart(session, request)
    )
