"""Challenges that are written step by step, and a reader beside their author."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NO_CONTENT, gone_answer, read_answer, saved_answer
from api.rest.challenges import Changing
from api.rest.dependencies import CallerLanguage, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, GONE, READ, SAVED
from api.rest.inputs import NewSketchBody, SketchBody
from api.rest.shapes import ChallengeShape, challenge_shape
from api.security import CurrentService, SignedIn
from matchmaker.challenges.coach import Hint, advise
from matchmaker.challenges.drafting import begin_challenge, discard_draft, sketch_challenge
from matchmaker.challenges.drafts import Sketch
from matchmaker.challenges.queries import load_full, own_challenge

router = APIRouter(tags=["challenges"])


class AdviceShape(BaseModel):
    """A hint, the field in which it is followed, and the author's words that gave it; none where they are missing."""

    hint: Hint
    field: str
    quote: str


class AdvisedShape(BaseModel):
    """What would help a challenge to be answered: suggestions, never walls."""

    advice: list[AdviceShape]


@router.post(
    "/challenge-drafts",
    status_code=CREATED_STATUS,
    response_model=ChallengeShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def create_draft(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: NewSketchBody
) -> Response:
    """Keep a draft that nobody but its owners sees; begun twice with the same words it is one.

    Posted by `PUT /challenges/{challenge_id}/status` with `open`.
    """
    sketch = Sketch.model_validate(body.model_dump(exclude_unset=True, exclude={"owner_id"}))
    row = begin_challenge(session, desk=service.desk(), acting=caller, owner_id=body.owner_id, sketch=sketch)
    return saved_answer(challenge_shape(load_full(session, [row])[0], language), location=f"/v1/challenges/{row.id}")


@router.patch(
    "/challenges/{challenge_id}", response_model=ChallengeShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def patch_challenge(change: Changing, challenge_id: Number, body: SketchBody) -> Response:
    """Write what the body says of a challenge and leave the rest as it is."""
    change.check_fresh(challenge_id)
    desk = change.service.desk()
    return change.saved(
        sketch_challenge(change.session, desk=desk, acting=change.caller, challenge_id=challenge_id, sketch=body)
    )


@router.delete("/challenges/{challenge_id}", status_code=NO_CONTENT, response_model=None, responses=GONE)
def remove_draft(session: Transaction, caller: SignedIn, challenge_id: Number) -> Response:
    """Forget a draft; what is posted is closed or withdrawn instead."""
    discard_draft(session, acting=caller, challenge_id=challenge_id)
    return gone_answer()


@router.get("/challenges/{challenge_id}/advice", response_model=AdvisedShape, responses=READ)
def read_advice(request: Request, session: Reading, caller: SignedIn, challenge_id: Number) -> Response:
    """What would help a challenge of one's own."""
    full = own_challenge(session, acting=caller, challenge_id=challenge_id)
    found = [AdviceShape(hint=each.hint, field=each.field, quote=each.quote) for each in advise(full.challenge)]
    return read_answer(request, AdvisedShape(advice=found))
