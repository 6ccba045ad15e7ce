"""What the secretariat proposes to participants: meetings of a draft that await their yes, and groups on a topic."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import InvalidInputError, NotFoundError
from matchmaker.events.actions import own_participant
from matchmaker.events.drafts import GroupDraft
from matchmaker.events.ground import Ground
from matchmaker.events.models import Degree, Group, GroupMember, Offer, Participant
from matchmaker.events.publishing import awaiting
from matchmaker.events.queries import event_for_desk
from matchmaker.events.runs import asked_of
from matchmaker.events.working import load_working
from matchmaker.introductions.terms import Lists
from matchmaker.letters.actions import write_letter
from matchmaker.profiles.speaking import speakers_of

OFFERED = "meetings_offered"


def offer_awaiting(session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime) -> int:
    """Ask those who have not said yes to meetings of the draft; how many were asked anew. They answer by wishes.

    Nobody is told what the other side said. Raises `only_secretariat`, `event_unknown`, `agenda_not_made`.
    """
    event = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    asked = asked_of(session, event=event, lists=lists, now=now)
    schedule = load_working(session, event_id=event_id).schedule
    wanted = _silent_sides(asked.ground, [one.members for one in awaiting(schedule, asked.candidates)])
    known = {(row.participant_id, row.about_id) for row in session.exec(_offers(event_id)).all()}
    new = sorted(wanted - known)
    session.add_all(Offer(participant_id=who, about_id=about, offered_at=now) for who, about in new)
    session.flush()
    _tell(session, asked.ground, {who for who, _ in new}, event_id=event_id, now=now)
    return len(new)


def offers_of(session: Session, *, participant_id: int) -> list[int]:
    """The profiles that the secretariat proposes to a participant who has not said anything of them."""
    statement = select(Offer.about_id).where(Offer.participant_id == participant_id)
    return sorted(session.exec(statement).all())


def bring_together(session: Session, *, acting: Acting, event_id: int, draft: GroupDraft, now: datetime) -> Group:
    """Propose a meeting of three to five. Raises `only_secretariat`, `event_unknown`, `participant_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    numbers = sorted(set(draft.participant_ids))
    if len(numbers) < len(draft.participant_ids):
        raise InvalidInputError("wish_twice", field="participant_ids")
    known = session.exec(
        select(Participant.id).where(Participant.event_id == event_id, col(Participant.id).in_(numbers))
    ).all()
    missing = next((number for number in numbers if number not in known), None)
    if missing is not None:
        raise InvalidInputError("participant_unknown", field="participant_ids", participant_id=missing)
    group = Group(event_id=event_id, topic=draft.topic, fit=draft.fit, created_at=now)
    session.add(group)
    session.flush()
    session.add_all(GroupMember(group_id=group.id or 0, participant_id=number) for number in numbers)
    session.flush()
    return group


def answer_group(
    session: Session, *, acting: Acting, event_id: int, participant_id: int, group_id: int, is_coming: bool,
    now: datetime,
) -> GroupMember:  # fmt: skip
    """Say whether one comes to a group. Raises `participant_unknown`, `group_unknown`, `event_not_open`."""
    own_participant(session, acting=acting, event_id=event_id, participant_id=participant_id, now=now)
    row = session.get(GroupMember, (group_id, participant_id))
    if row is None:
        raise NotFoundError("group_unknown", group_id=group_id)
    row.is_coming = is_coming
    session.add(row)
    session.flush()
    return row


def list_groups(session: Session, *, acting: Acting, event_id: int) -> list[tuple[Group, list[GroupMember]]]:
    """All groups with who is in them, for the secretariat. Raises `only_secretariat`, `event_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    groups = session.exec(select(Group).where(Group.event_id == event_id).order_by(col(Group.id))).all()
    rows = session.exec(select(GroupMember).where(col(GroupMember.group_id).in_([group.id for group in groups]))).all()
    members: dict[int, list[GroupMember]] = defaultdict(list)
    for row in rows:
        members[row.group_id].append(row)
    return [(group, sorted(members[group.id or 0], key=lambda row: row.participant_id)) for group in groups]


def groups_of(session: Session, *, participant_id: int) -> list[tuple[Group, GroupMember]]:
    """The groups to which a participant is asked, with its own answer."""
    statement = (
        select(Group, GroupMember)
        .join(GroupMember, col(GroupMember.group_id) == col(Group.id))
        .where(GroupMember.participant_id == participant_id)
        .order_by(col(Group.id))
    )
    return [(group, row) for group, row in session.exec(statement).all()]


def dissolve(session: Session, *, acting: Acting, event_id: int, group_id: int) -> None:
    """Take a group back. Raises `only_secretariat`, `event_unknown`, `group_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    group = session.get(Group, group_id)
    if group is None or group.event_id != event_id:
        raise NotFoundError("group_unknown", group_id=group_id)
    session.delete(group)
    session.flush()


def _offers(event_id: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's own type has no name
    return (
        select(Offer)
        .join(Participant, col(Participant.id) == col(Offer.participant_id))
        .where(Participant.event_id == event_id)
    )


def _silent_sides(ground: Ground, meetings: list[tuple[int, ...]]) -> set[tuple[int, int]]:
    """Participants with the profile that is proposed to them: those who have said nothing yet."""
    seats = ground.by_id()
    pairs = [pair for pair in meetings if len(pair) == 2]  # noqa: PLR2004 - groups are asked as groups
    sides = [side for pair in pairs for side in (pair, pair[::-1])]
    yes = {sides_said for sides_said, degree in ground.wishes.items() if degree is not Degree.NO}
    return {(who, seats[about].who.profile_id) for who, about in sides if (who, about) not in yes}


def _tell(session: Session, ground: Ground, numbers: set[int], *, event_id: int, now: datetime) -> None:
    seats = ground.by_id()
    for number in sorted(numbers):
        who = seats[number].who
        accounts = [who.account_id] if who.account_id else [
            account.id for account in speakers_of(session, profile_id=who.profile_id)
        ]  # fmt: skip
        for account_id in accounts:
            write_letter(
                session, kind=OFFERED, account_id=account_id, subject_id=event_id, now=now,
                codes={"participant": number}, key=f"offered:{event_id}:{number}:{account_id}:{now.date()}",
            )  # fmt: skip
