"""What is decided on applications: by one secretary, or by the votes of the committee."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.rest.admission_inputs import VerdictBody
from api.rest.answers import saved_answer
from api.rest.application_shapes import ApplicationShape, DecisionShape, loaded_shape
from api.rest.dependencies import CallerLanguage, Number, Transaction, only_json
from api.rest.documents import SAVED
from api.security import CurrentService, SignedIn
from matchmaker.membership.deciding import close_vote, decide, vote
from matchmaker.membership.models import Application

router = APIRouter(tags=["membership"])


@router.post(
    "/applications/{application_id}/decision",
    response_model=DecisionShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_decision(
    session: Transaction, service: CurrentService, caller: SignedIn, application_id: Number, body: VerdictBody
) -> Response:
    """Decide as one secretary, where no committee does."""
    made = decide(
        session,
        office=service.admission_office(),
        acting=caller,
        application_id=application_id,
        outcome=body.outcome,
        reason=body.reason,
    )
    return saved_answer(DecisionShape.model_validate(made, from_attributes=True))


@router.post(
    "/applications/{application_id}/votes",
    response_model=ApplicationShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_vote(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    application_id: Number,
    body: VerdictBody,
) -> Response:
    """Vote as a member of the committee; the answer says whether that decided it."""
    office = service.admission_office()
    vote(
        session,
        office=office,
        acting=caller,
        application_id=application_id,
        outcome=body.outcome,
        reason=body.reason,
    )
    row = session.get_one(Application, application_id)
    return saved_answer(loaded_shape(session, office, row, language))


@router.post("/applications/{application_id}/count", response_model=DecisionShape, responses=SAVED)
def post_count(session: Transaction, service: CurrentService, caller: SignedIn, application_id: Number) -> Response:
    """Close the vote of the committee, once there is a quorum."""
    made = close_vote(session, office=service.admission_office(), acting=caller, application_id=application_id)
    return saved_answer(DecisionShape.model_validate(made, from_attributes=True))
