"""How applications are decided: the process in force, the criteria, the numbers, the sectors."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import ProcessBody
from api.rest.answers import check_fresh, read_answer, saved_answer
from api.rest.dependencies import Reading, Transaction, only_json
from api.rest.documents import READ, SAVED
from api.security import Caller, CurrentService, SignedIn
from matchmaker.membership.actions import switch_process
from matchmaker.membership.office import Office
from matchmaker.membership.queries import process_in_force
from matchmaker.membership.rules import Admission

router = APIRouter(tags=["membership"])
CriteriaVersion = Annotated[str | None, Query(max_length=20, description="the newest when left out")]


class _FromRows(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PolicyShape(_FromRows):
    """The numbers of admission."""

    version: str
    provisional: bool
    source: dict[str, str]
    assessors_per_application: int
    quorum_percent: int
    majority_percent: int
    appeal_days: int
    first_assembly_months: int
    seats: dict[str, int]
    invitations_per_hour: int
    invitations_at_once: int
    invitation_days: int


class SectorsShape(_FromRows):
    """The sector of each kind of agent."""

    version: str
    provisional: bool
    source: dict[str, str]
    of_kind: dict[str, str]


class ProcessShape(_FromRows):
    """Who decides on what is handed in now; without any of the three, one secretary does."""

    criteria_version: str = ""
    has_assessors: bool = False
    has_committee: bool = False
    reason: str = ""
    decided_at: datetime | None = None


class AdmissionShape(BaseModel):
    """All that an applicant should know before applying."""

    admission: Admission
    process: ProcessShape
    policy: PolicyShape
    sectors: SectorsShape


class CriterionShape(_FromRows):
    """One thing by which an applicant is judged."""

    code: str
    weight: int
    name: dict[str, str]
    description: dict[str, str]


class CriteriaShape(_FromRows):
    """One version of the criteria, with the points that can be given."""

    version: str
    provisional: bool
    source: dict[str, str]
    lowest: int
    highest: int
    criteria: list[CriterionShape]


@router.get("/admission", response_model=AdmissionShape, responses=READ)
def read_admission(request: Request, session: Reading, service: CurrentService, _caller: Caller) -> Response:
    """How applications handed in now are decided."""
    return read_answer(request, _shape(session, service.admission_office()))


@router.put("/admission", response_model=AdmissionShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_admission(
    request: Request, session: Transaction, service: CurrentService, caller: SignedIn, body: ProcessBody
) -> Response:
    """Switch criteria, assessors and committee on or off, for what is handed in from now on."""
    office = service.admission_office()
    check_fresh(request, [_shape(session, office)])
    switch_process(session, office=office, acting=caller, **body.model_dump())
    return saved_answer(_shape(session, office))


@router.get("/criteria", response_model=CriteriaShape, responses=READ)
def read_criteria(
    request: Request, service: CurrentService, _caller: Caller, version: CriteriaVersion = None
) -> Response:
    """The criteria, in Spanish, Portuguese and English."""
    found = service.charter.criteria_of(version or list(service.charter.criteria)[-1])
    return read_answer(request, CriteriaShape.model_validate(found))


def _shape(session: Session, office: Office) -> AdmissionShape:
    process = process_in_force(session)
    return AdmissionShape(
        admission=office.admission,
        process=ProcessShape.model_validate(process) if process else ProcessShape(),
        policy=PolicyShape.model_validate(office.charter.policy),
        sectors=SectorsShape.model_validate(office.charter.sectors),
    )
