"""Interests that representatives declare every year."""

from collections.abc import Sequence
from datetime import date, datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED
from api.rest.integrity_inputs import DeclaredBody
from api.security import CurrentService, SignedIn
from matchmaker.integrity.actions import declare_interests
from matchmaker.integrity.models import Declaration, Interest, Nature
from matchmaker.integrity.queries import declarations_of, duties_of, interests_of
from matchmaker.integrity.rules import DeclarationState, is_past

router = APIRouter(tags=["integrity"])


class InterestShape(BaseModel):
    """A tie to a profile or to somebody named freely. What is past is shown, and held against nobody."""

    nature: Nature
    with_profile_id: int | None
    with_name: str
    since: date | None
    until: date | None
    is_past: bool


class DeclarationShape(BaseModel):
    """What one representative declared."""

    id: int
    account_id: int
    declared_at: datetime
    interests: list[InterestShape]


class DutyShape(BaseModel):
    """Where a representative stands: declared until `ends_at`, due since then, or overdue."""

    account_id: int
    state: DeclarationState
    ends_at: datetime


class DeclarationsShape(BaseModel):
    """A page of declarations by number, and where those who have to declare stand."""

    duties: list[DutyShape]
    declarations: list[DeclarationShape]


@router.get("/profiles/{profile_id}/declarations", response_model=DeclarationsShape, responses=LISTED)
def read_declarations(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    profile_id: Number,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """One's own declarations for a member; all of them for the alliance's own people."""
    now = service.clock()
    duties = duties_of(session, acting=caller, profile_id=profile_id, rulebook=service.rulebook, now=now)
    found = declarations_of(session, acting=caller, profile_id=profile_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row, _ in found])
    shape = DeclarationsShape(
        duties=[DutyShape.model_validate(duty, from_attributes=True) for duty in duties],
        declarations=[_shape(row, interests, now) for row, interests in rows],
    )
    return read_answer(request, shape, headers=headers)


@router.post(
    "/profiles/{profile_id}/declarations",
    status_code=CREATED_STATUS,
    response_model=DeclarationShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_declaration(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: DeclaredBody
) -> Response:
    """Declare all interests of a representative, for a year. Those with a profile go to the secretariat."""
    now = service.clock()
    row = declare_interests(session, acting=caller, profile_id=profile_id, interests=body.interests, now=now)
    shape = _shape(row, interests_of(session, [row])[row.id or 0], now)
    return saved_answer(shape, location=f"/v1/profiles/{profile_id}/declarations")


def _shape(row: Declaration, interests: Sequence[Interest], now: datetime) -> DeclarationShape:
    return DeclarationShape(
        id=row.id or 0,
        account_id=row.account_id,
        declared_at=row.declared_at,
        interests=[
            InterestShape(**item.model_dump(exclude={"id", "declaration_id"}), is_past=is_past(item.until, now=now))
            for item in interests
        ],
    )
