"""Committees: seats by sector, the act of constitution, the first assembly."""

from datetime import date, datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import AssemblyBody, CommitteeBody, ConstitutionBody, SeatBody
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ, SAVED
from api.security import Caller, CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.membership.committee_queries import get_committee, list_committees, seats_of
from matchmaker.membership.committees import constitute, fill_seat, hold_first_assembly, open_committee, vacate_seat
from matchmaker.membership.models import Committee, Seat
from matchmaker.membership.office import Office
from matchmaker.membership.rules import is_in_force, is_overdue
from matchmaker.profiles.queries import full_profiles

router = APIRouter(tags=["membership"])


class SeatShape(BaseModel):
    """A filled seat; no agent where it may not be seen. The person in it is not named."""

    id: int
    sector: str
    profile_id: int | None
    name: str
    filled_at: datetime


class CommitteeShape(BaseModel):
    """A committee: forming, in force or ended. `seats_by_sector` counts those there are."""

    id: int
    kind: str
    state: str
    text_version: str
    constituted_on: date | None
    first_assembly_by: date | None
    is_overdue: bool
    ended_on: date | None
    seats_by_sector: dict[str, int]
    seats: list[SeatShape]


class CommitteesShape(BaseModel):
    """All committees, oldest first."""

    committees: list[CommitteeShape]


@router.get("/committees", response_model=CommitteesShape, responses=READ)
def read_committees(request: Request, session: Reading, service: CurrentService, caller: Caller) -> Response:
    """The committees, with the day by which the first assembly is due."""
    office = service.admission_office()
    shapes = [_shape(session, office, caller, row) for row in list_committees(session)]
    return read_answer(request, CommitteesShape(committees=shapes))


@router.post(
    "/committees",
    status_code=CREATED_STATUS,
    response_model=CommitteeShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_committee(session: Transaction, service: CurrentService, caller: SignedIn, body: CommitteeBody) -> Response:
    """Make a committee whose seats can be filled."""
    office = service.admission_office()
    row = open_committee(session, office=office, acting=caller, kind=body.kind)
    return saved_answer(_shape(session, office, caller, row), location=f"/v1/committees/{row.id}")


@router.get("/committees/{committee_id}", response_model=CommitteeShape, responses=READ)
def read_committee(
    request: Request, session: Reading, service: CurrentService, caller: Caller, committee_id: Number
) -> Response:
    """One committee."""
    row = get_committee(session, committee_id=committee_id)
    return read_answer(request, _shape(session, service.admission_office(), caller, row))


@router.post(
    "/committees/{committee_id}/seats",
    response_model=CommitteeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_seat(
    session: Transaction, service: CurrentService, caller: SignedIn, committee_id: Number, body: SeatBody
) -> Response:
    """Give an agent's person a seat of the agent's sector."""
    office = service.admission_office()
    fill_seat(session, office=office, acting=caller, committee_id=committee_id, **body.model_dump())
    row = get_committee(session, committee_id=committee_id)
    return saved_answer(_shape(session, office, caller, row))


@router.post("/seats/{seat_id}/vacancy", response_model=CommitteeShape, responses=SAVED)
def post_vacancy(session: Transaction, service: CurrentService, caller: SignedIn, seat_id: Number) -> Response:
    """Take someone out of a seat."""
    office = service.admission_office()
    seat = vacate_seat(session, office=office, acting=caller, seat_id=seat_id)
    row = get_committee(session, committee_id=seat.committee_id)
    return saved_answer(_shape(session, office, caller, row))


@router.post(
    "/committees/{committee_id}/constitution",
    response_model=CommitteeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_constitution(
    session: Transaction, service: CurrentService, caller: SignedIn, committee_id: Number, body: ConstitutionBody
) -> Response:
    """The act of constitution of the founding committee: its time to the first assembly runs from then."""
    office = service.admission_office()
    row = constitute(session, office=office, acting=caller, committee_id=committee_id, **body.model_dump())
    return saved_answer(_shape(session, office, caller, row))


@router.post(
    "/committees/{committee_id}/assembly",
    response_model=CommitteeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_assembly(
    session: Transaction, service: CurrentService, caller: SignedIn, committee_id: Number, body: AssemblyBody
) -> Response:
    """The first assembly: the founding committee ends, and the governance body in the answer has its rights."""
    office = service.admission_office()
    row = hold_first_assembly(session, office=office, acting=caller, committee_id=committee_id, **body.model_dump())
    return saved_answer(_shape(session, office, caller, row))


def _shape(session: Session, office: Office, caller: Acting, row: Committee) -> CommitteeShape:
    seats = seats_of(session, committee_id=row.id)
    seen = full_profiles(session, acting=caller, profile_ids=[seat.profile_id for seat in seats])
    names = {number: full.profile.name for number, full in seen.items()}
    return CommitteeShape(
        id=row.id or 0,
        kind=row.kind,
        state="in_force" if is_in_force(row) else "ended" if row.ended_on else "forming",
        text_version=row.text_version,
        constituted_on=row.constituted_on,
        first_assembly_by=row.first_assembly_by,
        is_overdue=is_overdue(row, office.now.date()),
        ended_on=row.ended_on,
        seats_by_sector={str(sector): number for sector, number in office.charter.policy.seats.items()},
        seats=[_seat(seat, names) for seat in seats],
    )


def _seat(seat: Seat, names: dict[int, str]) -> SeatShape:
    is_seen = seat.profile_id in names
    return SeatShape(
        id=seat.id or 0,
        sector=seat.sector,
        profile_id=seat.profile_id if is_seen else None,
        name=names.get(seat.profile_id, ""),
        filled_at=seat.filled_at,
    )
