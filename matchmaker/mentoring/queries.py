"""Reads of mentors and requests, each with the permission of the account that asks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.mentoring.meeting import hidden_of
from matchmaker.mentoring.models import Mentoring, MentorOffer, Side
from matchmaker.mentoring.rules import State, hours_left, other, profile_of, state_of
from matchmaker.profiles.models import Profile, Representation
from matchmaker.profiles.queries import full_profiles, get_profile, may_see
from matchmaker.profiles.speaking import profiles_spoken_for, speakers_of


@dataclass(frozen=True)
class Contact:
    """How to reach one who speaks for a profile."""

    name: str
    email: str


def get_offer(session: Session, *, acting: Acting, profile_id: int) -> MentorOffer:
    """What a profile helps with. Raises `profile_unknown`, `mentor_unknown`."""
    get_profile(session, acting=acting, profile_id=profile_id)
    offer = session.get(MentorOffer, profile_id)
    if offer is None:
        raise NotFoundError("mentor_unknown", profile_id=profile_id)
    return offer


def available_mentors(
    session: Session, *, areas: Collection[str] = (), languages: Collection[str] = (), now: datetime
) -> dict[int, tuple[MentorOffer, int]]:
    """Mentors with hours left, who help with one of `areas` in one of `languages`; by profile, with their hours."""
    offers = session.exec(select(MentorOffer).where(col(MentorOffer.is_paused).is_(False))).all()
    chosen = [offer for offer in offers if _meets(offer.areas, areas) and _meets(offer.languages, languages)]
    promised = _requests_by_mentor(session, [offer.profile_id for offer in chosen])
    left = {
        offer.profile_id: (offer, hours_left(offer, promised[offer.profile_id], now=now)) for offer in chosen
    }  # fmt: skip
    return {number: (offer, hours) for number, (offer, hours) in left.items() if hours > 0}


def requests_of_mentor(session: Session, *, mentor_id: int) -> Sequence[Mentoring]:
    """All requests to one mentor, by number."""
    return session.exec(select(Mentoring).where(Mentoring.mentor_id == mentor_id).order_by(col(Mentoring.id))).all()


def get_mentoring(session: Session, *, acting: Acting, mentoring_id: int) -> Mentoring:
    """One request, for those who act for a side of it and for the secretariat. Raises `mentoring_unknown`."""
    row = session.exec(select(Mentoring).where(Mentoring.id == mentoring_id, *seen_by(acting))).first()
    if row is None:
        raise NotFoundError("mentoring_unknown", mentoring_id=mentoring_id)
    return row


def list_mentorings(session: Session, *, acting: Acting, after: int = 0, limit: int) -> Sequence[Mentoring]:
    """Requests by number, from the one after `after`, at most `limit`."""
    statement = select(Mentoring).where(*seen_by(acting), col(Mentoring.id) > after)
    return session.exec(statement.order_by(col(Mentoring.id)).limit(limit)).all()


def latest_mentorings(session: Session, *, acting: Acting, limit: int) -> Sequence[Mentoring]:
    """Requests that the account may read, the newest first, at most `limit`."""
    return session.exec(select(Mentoring).where(*seen_by(acting)).order_by(col(Mentoring.id).desc()).limit(limit)).all()


def sides_of(session: Session, *, acting: Acting, request: Mentoring) -> tuple[Side, ...]:
    """The sides for which the account speaks, as their representative."""
    spoken_for = profiles_spoken_for(session, acting=acting)
    return tuple(side for side in Side if profile_of(request, side) in spoken_for)


def contacts_for(session: Session, *, acting: Acting, mentoring_id: int, now: datetime) -> list[Contact]:
    """How to reach the other side, once both have said yes.

    Raises `mentoring_unknown`, `mentoring_not_agreed`, `profile_not_shown` for a member that is itself hidden; nobody
    but the two sides is told.
    """
    request = get_mentoring(session, acting=acting, mentoring_id=mentoring_id)
    own = sides_of(session, acting=acting, request=request)
    if not own:
        raise NotFoundError("mentoring_unknown", mentoring_id=mentoring_id)
    if state_of(request, now=now) not in {State.AGREED, State.ENDED}:
        raise ConflictError("mentoring_not_agreed", mentoring_id=mentoring_id)
    hidden = hidden_of(session, request)
    if hidden is not None:
        raise ConflictError("profile_not_shown", profile_id=hidden)
    number = profile_of(request, other(own[0]))
    profile = full_profiles(session, acting=acting, profile_ids=[number])[number].profile
    people = [Contact(account.name, account.email or "") for account in speakers_of(session, profile_id=number)]
    return [*people, *([Contact(profile.name, profile.email)] if profile.email else [])]


def seen_by(acting: Acting) -> tuple[ColumnElement[bool], ...]:
    """Requests of one's own profiles, once they were told, as long as both may be seen: who is hidden is in no list."""
    if acting.is_secretariat:
        return ()
    own = select(Representation.profile_id).where(Representation.account_id == acting.account_id)
    seen = select(Profile.id).where(may_see(acting))
    is_told = col(Mentoring.told_at).is_not(None)
    mine = or_(
        *(
            and_(column.in_(own), or_(is_told, col(Mentoring.proposer) == side))
            for side, column in ((Side.MENTOR, col(Mentoring.mentor_id)), (Side.MENTEE, col(Mentoring.mentee_id)))
        )
    )
    return (mine, col(Mentoring.mentor_id).in_(seen), col(Mentoring.mentee_id).in_(seen))


def _requests_by_mentor(session: Session, mentor_ids: Collection[int]) -> defaultdict[int, list[Mentoring]]:
    agreed = col(Mentoring.agreed_at).is_not(None)
    statement = select(Mentoring).where(col(Mentoring.mentor_id).in_(mentor_ids), agreed)
    found: defaultdict[int, list[Mentoring]] = defaultdict(list)
    for row in session.exec(statement).all():
        found[row.mentor_id].append(row)
    return found


def _meets(stated: Collection[str], wanted: Collection[str]) -> bool:
    return not wanted or bool(set(stated) & set(wanted))
