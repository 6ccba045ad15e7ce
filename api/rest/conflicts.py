"""Conflicts of interest: declared by a side, found by the service, decided by the secretariat."""

from collections.abc import Sequence
from datetime import date, datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.rest.integrity_inputs import ConflictBody, DecisionBody
from api.security import CurrentService, SignedIn
from matchmaker.integrity.actions import decide_conflict, declare_conflict
from matchmaker.integrity.models import Conflict, ConflictState, Evidence, Ground, Nature
from matchmaker.integrity.queries import declared_conflicts, get_conflict, grounds_of, list_conflicts

router = APIRouter(tags=["integrity"])


class DeclaredConflictShape(BaseModel):
    """What a member declared, and what came of it; never what others said."""

    id: int
    with_profile_id: int
    nature: Nature
    until: date | None
    declared_at: datetime
    state: ConflictState


class DeclaredConflictsShape(BaseModel):
    """A page of what a member declared, by number."""

    conflicts: list[DeclaredConflictShape]


class GroundShape(BaseModel):
    """Why: a nature that one side declared, or evidence that the service found (then `declared_by_id` is empty)."""

    code: Nature | Evidence
    declared_by_id: int | None
    until: date | None
    added_at: datetime


class ConflictShape(BaseModel):
    """A conflict as the alliance's own people read it. `has_news`: something was added since it was decided."""

    id: int
    first_id: int
    second_id: int
    state: ConflictState
    reason: str
    decided_at: datetime | None
    created_at: datetime
    has_news: bool
    grounds: list[GroundShape]


class ConflictsShape(BaseModel):
    """A page of conflicts, by number."""

    conflicts: list[ConflictShape]


@router.get("/profiles/{profile_id}/conflicts", response_model=DeclaredConflictsShape, responses=LISTED)
def read_declared(
    request: Request,
    session: Reading,
    caller: SignedIn,
    profile_id: Number,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """What a member itself declared, for its representatives and the alliance's own people."""
    found = declared_conflicts(session, acting=caller, profile_id=profile_id, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[ground.id or 0 for ground, _, _ in found])
    shape = DeclaredConflictsShape(conflicts=[_declared_shape(*row) for row in rows])
    return read_answer(request, shape, headers=headers)


@router.post(
    "/profiles/{profile_id}/conflicts",
    status_code=CREATED_STATUS,
    response_model=DeclaredConflictShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_conflict(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: ConflictBody
) -> Response:
    """Declare a conflict with another profile; the secretariat looks at it, and introductions wait meanwhile."""
    ground = declare_conflict(session, acting=caller, profile_id=profile_id, draft=body, now=service.clock())
    [row] = declared_conflicts(session, acting=caller, profile_id=profile_id, after=(ground.id or 0) - 1, limit=1)
    return saved_answer(_declared_shape(*row), location=f"/v1/profiles/{profile_id}/conflicts")


@router.get("/conflicts", response_model=ConflictsShape, responses=LISTED)
def read_conflicts(
    request: Request,
    session: Reading,
    caller: SignedIn,
    state: ConflictState | None = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Conflicts for the alliance's own people; `unknown` are those that wait for the secretariat."""
    found = list_conflicts(session, acting=caller, state=state, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, ConflictsShape(conflicts=_shapes(session, rows)), headers=headers)


@router.get("/conflicts/{conflict_id}", response_model=ConflictShape, responses=READ)
def read_conflict(request: Request, session: Reading, caller: SignedIn, conflict_id: Number) -> Response:
    """One conflict."""
    row = get_conflict(session, acting=caller, conflict_id=conflict_id)
    return read_answer(request, _shapes(session, [row])[0])


@router.post(
    "/conflicts/{conflict_id}/decision",
    response_model=ConflictShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_decision(
    session: Transaction, service: CurrentService, caller: SignedIn, conflict_id: Number, body: DecisionBody
) -> Response:
    """Confirm or dismiss a conflict, as the secretariat. The two never meet from the moment it is confirmed."""
    row = decide_conflict(
        session, acting=caller, conflict_id=conflict_id, decision=body.decision, reason=body.reason,
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(_shapes(session, [row])[0])


def _declared_shape(ground: Ground, other_id: int, state: ConflictState) -> DeclaredConflictShape:
    return DeclaredConflictShape(
        id=ground.id or 0,
        with_profile_id=other_id,
        nature=Nature(ground.code),
        until=ground.until,
        declared_at=ground.added_at,
        state=state,
    )


def _shapes(session: Session, rows: Sequence[Conflict]) -> list[ConflictShape]:
    grounds = grounds_of(session, rows)
    return [_shape(row, grounds[row.id or 0]) for row in rows]


def _shape(row: Conflict, grounds: Sequence[Ground]) -> ConflictShape:
    decided_at = row.decided_at
    return ConflictShape(
        **row.model_dump(exclude={"decided_by_id"}),
        has_news=decided_at is not None and any(ground.added_at > decided_at for ground in grounds),
        grounds=[GroundShape.model_validate(ground, from_attributes=True) for ground in grounds],
    )
