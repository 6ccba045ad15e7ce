"""Participants and wishes as answers. Who comes for a member is told to its own people and the secretariat."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from api.rest.shapes import plain_fields
from matchmaker.events.models import Group, GroupMember, Participant, Wish
from matchmaker.events.queries import Attendee
from matchmaker.exchange.report import Problem
from matchmaker.exchange.tickets import TicketReport
from matchmaker.profiles.models import Profile


class MemberShape(BaseModel):
    """A member that takes part, as the others read it. `sponsor` is a label; no list is ordered by it."""

    participant_id: int
    profile_id: int
    name: str
    kind: str
    country: str
    place_name: str
    languages: list[str]
    is_remote: bool
    sponsor: str


class MembersShape(BaseModel):
    """A page of members that take part, by the numbers of their registrations."""

    members: list[MemberShape]


class ParticipantShape(BaseModel):
    """A registration, for its own people and the secretariat."""

    id: int
    event_id: int
    profile_id: int
    member: str
    name: str
    email: str
    companions: list[str]
    came_by: str
    ticket: str
    presence: str
    presence_at: datetime | None
    arrives_at: datetime | None
    leaves_at: datetime | None
    busy: list[dict[str, str]]
    most_meetings: int | None
    least_meetings: int | None
    most_in_row: int | None
    zone: str
    is_remote: bool
    remote_link: str
    time_zone: str
    sponsor: str
    version: int


class ParticipantsShape(BaseModel):
    """A page of registrations, by number."""

    participants: list[ParticipantShape]


class WishShape(BaseModel):
    """What a participant said of another; nobody else reads it."""

    profile_id: int
    degree: str


class OwnGroupShape(BaseModel):
    """A group to which a participant is asked, with its own answer."""

    id: int
    topic: str
    is_coming: bool | None


class WishesShape(BaseModel):
    """What a participant said, and what the secretariat proposes to it."""

    wishes: list[WishShape]
    offered: list[int]
    groups: list[OwnGroupShape]


class RowProblemShape(BaseModel):
    """What is wrong with a row of a list."""

    line: int
    column: str
    value: str
    code: str
    expected: str


class TicketsShape(BaseModel):
    """What became of the rows of a list, or would become of them."""

    dry_run: bool
    rows: int
    registered: int
    companions: int
    unchanged: int
    problems: list[RowProblemShape]
    notices: list[RowProblemShape]


def member_shape(attendee: Attendee) -> MemberShape:
    """A member that takes part."""
    who, profile = attendee.who, attendee.profile
    return MemberShape(
        participant_id=attendee.number, profile_id=who.profile_id, name=profile.name, kind=profile.kind,
        country=profile.country, place_name=profile.place_name, languages=profile.languages, is_remote=who.is_remote,
        sponsor=who.sponsor,
    )  # fmt: skip


def participant_shape(who: Participant, profile: Profile) -> ParticipantShape:
    """A registration."""
    return ParticipantShape.model_validate(plain_fields(who, ParticipantShape) | {"member": profile.name})


def wishes_shape(
    wishes: Sequence[Wish], offered: Sequence[int], groups: Sequence[tuple[Group, GroupMember]]
) -> WishesShape:
    """What a participant said, and what is proposed to it."""
    return WishesShape(
        wishes=[WishShape(profile_id=wish.about_id, degree=wish.degree) for wish in wishes],
        offered=list(offered),
        groups=[OwnGroupShape(id=group.id or 0, topic=group.topic, is_coming=row.is_coming) for group, row in groups],
    )


def tickets_shape(report: TicketReport, *, dry_run: bool) -> TicketsShape:
    """What became of the rows."""
    return TicketsShape(
        dry_run=dry_run, rows=report.rows, registered=report.registered, companions=report.companions,
        unchanged=report.unchanged, problems=_told(report.problems), notices=_told(report.notices),
    )  # fmt: skip


def _told(problems: Sequence[Problem]) -> list[RowProblemShape]:
    return [RowProblemShape(**vars(problem)) for problem in problems]
