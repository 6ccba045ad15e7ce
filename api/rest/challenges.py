"""What cities need."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.dependencies import (
    PAGE_ITEMS,
    After,
    CallerLanguage,
    Countries,
    Limit,
    Number,
    Reading,
    Transaction,
    hold_row,
    only_json,
)
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.rest.inputs import ChallengeBody, ChallengeDraftBody, NeedsBody, StatusBody
from api.rest.shapes import ChallengeLine, ChallengeShape, challenge_line, challenge_shape
from api.security import Caller, CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import edit_challenge, edit_needs, post_challenge, set_status
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import get_challenge, list_challenges, load_full
from matchmaker.languages import WorkingLanguage

router = APIRouter(tags=["challenges"])


class ChallengesShape(BaseModel):
    """A page of challenges, by number."""

    challenges: list[ChallengeLine]


@router.get("/challenges", response_model=ChallengesShape, responses=LISTED)
def read_challenges(
    request: Request,
    session: Reading,
    caller: Caller,
    country: Countries = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Open challenges, and those of one's own in any state."""
    found = list_challenges(session, acting=caller, countries=country or (), after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, ChallengesShape(challenges=[challenge_line(row) for row in rows]), headers=headers)


@router.post(
    "/challenges",
    status_code=CREATED_STATUS,
    response_model=ChallengeShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def create_challenge(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: ChallengeBody
) -> Response:
    """Post a challenge of a profile for which the account acts. Needs left out are split from the description."""
    row = post_challenge(session, desk=service.desk(), acting=caller, owner_id=body.owner_id, draft=body)
    return saved_answer(_shape(session, row, language), location=f"/v1/challenges/{row.id}")


@router.get("/challenges/{challenge_id}", response_model=ChallengeShape, responses=READ)
def read_challenge(
    request: Request, session: Reading, caller: Caller, language: CallerLanguage, challenge_id: Number
) -> Response:
    """One challenge."""
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    return read_answer(request, challenge_shape(full, language))


@router.put(
    "/challenges/{challenge_id}", response_model=ChallengeShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def put_challenge(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    challenge_id: Number,
    body: ChallengeDraftBody,
) -> Response:
    """Replace a challenge's words."""
    _check_fresh(request, session, caller, challenge_id)
    row = edit_challenge(session, desk=service.desk(), acting=caller, challenge_id=challenge_id, draft=body)
    return saved_answer(_shape(session, row, language))


@router.put(
    "/challenges/{challenge_id}/needs",
    response_model=ChallengeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_needs(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    challenge_id: Number,
    body: NeedsBody,
) -> Response:
    """Replace the needs by the author's own list, which from now on counts as confirmed."""
    _check_fresh(request, session, caller, challenge_id)
    row = edit_needs(session, desk=service.desk(), acting=caller, challenge_id=challenge_id, draft=body)
    return saved_answer(_shape(session, row, language))


@router.put(
    "/challenges/{challenge_id}/status",
    response_model=ChallengeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_status(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    challenge_id: Number,
    body: StatusBody,
) -> Response:
    """Open, close or withdraw a challenge."""
    _check_fresh(request, session, caller, challenge_id)
    row = set_status(session, desk=service.desk(), acting=caller, challenge_id=challenge_id, status=body.status)
    return saved_answer(_shape(session, row, language))


def _check_fresh(request: Request, session: Session, caller: Acting, challenge_id: int) -> None:
    hold_row(session, Challenge, challenge_id)
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    check_fresh(request, (challenge_shape(full, spoken) for spoken in WorkingLanguage))


def _shape(session: Session, row: Challenge, language: WorkingLanguage) -> ChallengeShape:
    return challenge_shape(load_full(session, [row])[0], language)
