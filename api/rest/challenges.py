"""What cities need."""

from dataclasses import dataclass
from typing import Annotated

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


@dataclass(frozen=True)
class Change:
    """Someone's change of a challenge, under the conditions of the request."""

    request: Request
    session: Transaction
    service: CurrentService
    caller: SignedIn
    language: CallerLanguage

    def check_fresh(self, challenge_id: int) -> None:
        """Raise `stale` when the challenge is no longer what the caller has read; hold it until the commit."""
        hold_row(self.session, Challenge, challenge_id)
        full = get_challenge(self.session, acting=self.caller, challenge_id=challenge_id)
        check_fresh(self.request, (challenge_shape(full, spoken) for spoken in WorkingLanguage))

    def saved(self, row: Challenge) -> Response:
        """The challenge as it is now."""
        return saved_answer(_shape(self.session, row, self.language))


Changing = Annotated[Change, Depends()]


@router.put(
    "/challenges/{challenge_id}", response_model=ChallengeShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def put_challenge(change: Changing, challenge_id: Number, body: ChallengeDraftBody) -> Response:
    """Replace a challenge's words."""
    change.check_fresh(challenge_id)
    desk = change.service.desk()
    return change.saved(
        edit_challenge(change.session, desk=desk, acting=change.caller, challenge_id=challenge_id, draft=body)
    )


@router.put(
    "/challenges/{challenge_id}/needs",
    response_model=ChallengeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_needs(change: Changing, challenge_id: Number, body: NeedsBody) -> Response:
    """Replace the needs by the author's own list, which from now on counts as confirmed."""
    change.check_fresh(challenge_id)
    desk = change.service.desk()
    return change.saved(
        edit_needs(change.session, desk=desk, acting=change.caller, challenge_id=challenge_id, draft=body)
    )


@router.put(
    "/challenges/{challenge_id}/status",
    response_model=ChallengeShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_status(change: Changing, challenge_id: Number, body: StatusBody) -> Response:
    """Open, close or withdraw a challenge."""
    change.check_fresh(challenge_id)
    desk = change.service.desk()
    return change.saved(
        set_status(change.session, desk=desk, acting=change.caller, challenge_id=challenge_id, status=body.status)
    )


def _shape(session: Session, row: Challenge, language: WorkingLanguage) -> ChallengeShape:
    return challenge_shape(load_full(session, [row])[0], language)
