"""What candidates rest on, read from the rows in the same number of statements however many there are."""

from collections import defaultdict

from sqlmodel import Session, col, select

from matchmaker.challenges.models import Challenge, Procurement, Status
from matchmaker.events.ground import Consented, Gathering, Ground, Pair, Seat
from matchmaker.events.models import Degree, Group, GroupMember, Participant, Presence, Ruling, Suggestion, Wish
from matchmaker.events.rules import HERE
from matchmaker.integrity.pairs import undismissed_of
from matchmaker.introductions.models import Introduction, Phase
from matchmaker.introductions.terms import Lists
from matchmaker.matching.models import ShownMatch
from matchmaker.profiles.models import Profile, Visibility


def ground_of(session: Session, *, event_id: int, lists: Lists) -> Ground:
    """Who takes part and is shown, and everything known between them."""
    seats = _seats(session, event_id, lists)
    number_of = {seat.who.profile_id: seat.id for seat in seats}
    return Ground(
        seats=seats,
        consented=_consented(session, number_of, lists),
        wishes=_wishes(session, event_id, number_of),
        suggested=_suggested(session, event_id, number_of),
        groups=_groups(session, event_id),
        apart=_apart(session, number_of),
        rulings=tuple(session.exec(select(Ruling).where(Ruling.event_id == event_id).order_by(col(Ruling.key))).all()),
    )


def _seats(session: Session, event_id: int, lists: Lists) -> tuple[Seat, ...]:
    statement = (
        select(Participant, Profile.kind, Profile.population)
        .join(Profile, col(Profile.id) == col(Participant.profile_id))
        .where(Participant.event_id == event_id, Profile.visibility == Visibility.VISIBLE)
        .where(col(Participant.presence).in_([Presence(each) for each in HERE]))
        .order_by(col(Participant.id))
    )
    buying = select(Challenge.owner_id).where(
        Challenge.procurement == Procurement.OPEN, Challenge.status == Status.OPEN, col(Challenge.owner_id).is_not(None)
    )
    procuring = set(session.exec(buying).all())
    return tuple(
        Seat(who, kind, kind in lists.supplying_kinds, population, who.profile_id in procuring)
        for who, kind, population in session.exec(statement).all()
    )


def _consented(session: Session, number_of: dict[int, int], lists: Lists) -> tuple[Consented, ...]:
    here = list(number_of)
    statement = (
        select(Introduction, Challenge.procurement, Profile.kind, ShownMatch.points)
        .join(Challenge, col(Challenge.id) == col(Introduction.challenge_id))
        .join(Profile, col(Profile.id) == col(Introduction.profile_id))
        .outerjoin(
            ShownMatch,
            (col(ShownMatch.showing_id) == col(Introduction.showing_id))
            & (col(ShownMatch.profile_id) == col(Introduction.profile_id)),
        )
        .where(Introduction.phase == Phase.OPEN)
        .where(col(Introduction.owner_id).in_(here), col(Introduction.profile_id).in_(here))
        .order_by(col(Introduction.id))
    )
    return tuple(
        Consented(
            row.id or 0, frozenset({number_of[row.owner_id], number_of[row.profile_id]}), points,
            is_procuring=row.paused_at is not None
            or (procurement == Procurement.OPEN and kind in lists.supplying_kinds),
        )
        for row, procurement, kind, points in session.exec(statement).all()
    )  # fmt: skip


def _wishes(session: Session, event_id: int, number_of: dict[int, int]) -> dict[tuple[int, int], Degree]:
    statement = (
        select(Wish)
        .join(Participant, col(Participant.id) == col(Wish.participant_id))
        .where(Participant.event_id == event_id)
    )
    return {
        (row.participant_id, number_of[row.about_id]): Degree(row.degree)
        for row in session.exec(statement).all()
        if row.about_id in number_of
    }


def _suggested(session: Session, event_id: int, number_of: dict[int, int]) -> dict[Pair, int]:
    statement = (
        select(Challenge.owner_id, Suggestion.profile_id, Suggestion.points)
        .join(Challenge, col(Challenge.id) == col(Suggestion.challenge_id))
        .where(Suggestion.event_id == event_id, Challenge.status == Status.OPEN)
    )
    best: dict[Pair, int] = defaultdict(int)
    for owner_id, profile_id, points in session.exec(statement).all():
        if owner_id in number_of and profile_id in number_of and owner_id != profile_id:
            pair = frozenset({number_of[owner_id], number_of[profile_id]})
            best[pair] = max(best[pair], points)
    return dict(best)


def _groups(session: Session, event_id: int) -> tuple[Gathering, ...]:
    groups = session.exec(select(Group).where(Group.event_id == event_id).order_by(col(Group.id))).all()
    members = session.exec(
        select(GroupMember).join(Group, col(Group.id) == col(GroupMember.group_id)).where(Group.event_id == event_id)
    ).all()
    answers: dict[int, dict[int, bool | None]] = defaultdict(dict)
    for row in members:
        answers[row.group_id][row.participant_id] = row.is_coming
    return tuple(Gathering(group, answers[group.id or 0]) for group in groups)


def _apart(session: Session, number_of: dict[int, int]) -> frozenset[Pair]:
    found = undismissed_of(session, list(number_of))
    return frozenset(
        frozenset({number_of[one], number_of[other]})
        for one, others in found.items()
        for other in others
        if other in number_of
    )
