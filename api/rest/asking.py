"""Who may propose themselves for the challenges of a profile."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import check_fresh, read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, hold_row, only_json
from api.rest.documents import READ, SAVED
from api.rest.inputs import PolicyBody
from api.security import Caller, CurrentService, SignedIn
from matchmaker.introductions.models import AskingPolicy
from matchmaker.introductions.quotas import asking_policy, set_asking_policy
from matchmaker.profiles.models import Profile

router = APIRouter(tags=["introductions"])
POLICY = "/profiles/{profile_id}/asking-policy"


class PolicyShape(BaseModel):
    """Kinds that may ask, and how many in seven days. `takes_none` is shown to the profile's own people only."""

    profile_id: int
    kinds: list[str]
    per_week: int
    takes_none: bool


@router.get(POLICY, response_model=PolicyShape, responses=READ)
def read_policy(request: Request, session: Reading, caller: Caller, profile_id: Number) -> Response:
    """Who may propose themselves for the challenges of a profile."""
    return read_answer(request, _shape(asking_policy(session, acting=caller, profile_id=profile_id)))


@router.put(POLICY, response_model=PolicyShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_policy(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    profile_id: Number,
    body: PolicyBody,
) -> Response:
    """Say who may propose themselves, and how many in any seven days."""
    hold_row(session, Profile, profile_id)
    check_fresh(request, [_shape(asking_policy(session, acting=caller, profile_id=profile_id))])
    saved = set_asking_policy(session, taxonomy=service.taxonomy, acting=caller, profile_id=profile_id, draft=body)
    return saved_answer(_shape(saved))


def _shape(row: AskingPolicy) -> PolicyShape:
    return PolicyShape(profile_id=row.profile_id, kinds=row.kinds, per_week=row.per_week, takes_none=row.takes_none)
