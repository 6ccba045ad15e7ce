"""The register of members, and how a member stands."""

from dataclasses import asdict
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import ReasonBody
from api.rest.answers import page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import LISTED, READ, SAVED
from api.security import Caller, CurrentService, SignedIn
from matchmaker.membership.models import Standing
from matchmaker.membership.office import check_power
from matchmaker.membership.queries import Member, list_register, standing_history
from matchmaker.membership.standing import leave, reinstate, suspend
from matchmaker.people.leaving import representatives_of, silent_members
from matchmaker.profiles.models import Profile
from matchmaker.rights.duties import duties_of_member

router = APIRouter(tags=["membership"])


class MemberLine(BaseModel):
    """An admitted agent; country by ISO 3166-1."""

    profile_id: int
    name: str
    kind: str
    country: str
    admitted_at: datetime
    status: str


class RegisterShape(BaseModel):
    """A page of the register, by number."""

    members: list[MemberLine]


class StandingShape(BaseModel):
    """How an agent stands from now on."""

    profile_id: int
    status: str
    admitted_at: datetime | None
    changed_at: datetime


class ChangeShape(BaseModel):
    """One change of a standing, and why."""

    act: str
    status: str
    reason: str
    changed_at: datetime


class HistoryShape(BaseModel):
    """The changes of a standing, oldest first."""

    changes: list[ChangeShape]


class SilentMember(BaseModel):
    """A member that needs a successor for its last representative, and how much of each kind is open."""

    profile_id: int
    name: str
    representatives: list[int]
    challenges: int
    introductions: int
    mentorings: int
    applications: int


class SilentMembersShape(BaseModel):
    """A page of members for which nobody speaks, by number. A successor follows one of `representatives`."""

    members: list[SilentMember]


@router.get("/register", response_model=RegisterShape, responses=LISTED)
def read_register(
    request: Request, session: Reading, caller: Caller, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """The public register: who belongs, since when; no contacts. Who is suspended or has left is not on it."""
    found = list_register(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[member.profile.id or 0 for member in found])
    return read_answer(request, RegisterShape(members=[_line(member) for member in rows]), headers=headers)


@router.get("/members/silent", response_model=SilentMembersShape, responses=LISTED)
def read_silent(
    request: Request, session: Reading, caller: SignedIn, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Members for which nobody speaks any more, with what waits for a successor; for the secretariat."""
    check_power(caller)
    found = silent_members(session, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, SilentMembersShape(members=[_silent(session, row) for row in rows]), headers=headers)


@router.get("/members/{profile_id}/history", response_model=HistoryShape, responses=READ)
def read_history(request: Request, session: Reading, caller: SignedIn, profile_id: Number) -> Response:
    """How a standing changed and why: for those who act for the agent, and for the secretariat."""
    rows = standing_history(session, acting=caller, profile_id=profile_id)
    changes = [ChangeShape.model_validate(row, from_attributes=True) for row in rows]
    return read_answer(request, HistoryShape(changes=changes))


@router.post(
    "/members/{profile_id}/suspension",
    response_model=StandingShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_suspension(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: ReasonBody
) -> Response:
    """Hide an agent everywhere until it is reinstated."""
    row = suspend(session, office=service.admission_office(), acting=caller, profile_id=profile_id, reason=body.reason)
    return saved_answer(_standing(row))


@router.post(
    "/members/{profile_id}/reinstatement",
    response_model=StandingShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_reinstatement(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: ReasonBody
) -> Response:
    """Show a suspended agent again."""
    row = reinstate(
        session, office=service.admission_office(), acting=caller, profile_id=profile_id, reason=body.reason
    )
    return saved_answer(_standing(row))


@router.post(
    "/members/{profile_id}/withdrawal",
    response_model=StandingShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_leave(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: ReasonBody
) -> Response:
    """Leave the alliance, or be let go by it."""
    row = leave(session, office=service.admission_office(), acting=caller, profile_id=profile_id, reason=body.reason)
    return saved_answer(_standing(row))


def _line(member: Member) -> MemberLine:
    row, standing = member.profile, member.standing
    return MemberLine(
        profile_id=standing.profile_id,
        name=row.name,
        kind=row.kind,
        country=row.country,
        admitted_at=standing.admitted_at or standing.changed_at,
        status=standing.status,
    )


def _standing(row: Standing) -> StandingShape:
    return StandingShape.model_validate(row, from_attributes=True)


def _silent(session: Session, row: Profile) -> SilentMember:
    number = row.id or 0
    duties = asdict(duties_of_member(session, profile_id=number))
    ended = list(representatives_of(session, profile_id=number))
    return SilentMember(profile_id=number, name=row.name, representatives=ended, **duties)
