"""Owners answer an invitation with the secret of its letter; no account is needed. A secret is never in an address."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.admission_inputs import ClaimBody, NewClaim, SecretBody
from api.rest.answers import saved_answer, tried_answer
from api.rest.dependencies import CallerLanguage, Reading, Transaction, only_json
from api.rest.documents import SAVED, TRIED
from api.rest.shapes import ProfileShape, profile_shape
from api.security import CurrentService, Searcher
from api.wiring import Service
from matchmaker.errors import InvalidInputError
from matchmaker.membership.claiming import claim_profile, open_claim, refuse_profile
from matchmaker.membership.states import Answer

router = APIRouter(tags=["membership"])


class OpenedShape(BaseModel):
    """What was imported, as its owner reads it before answering."""

    language: str
    profile: ProfileShape


class ClaimedShape(BaseModel):
    """What became of the profile; an application is to be handed in where admission is reviewed."""

    answer: str
    profile_id: int | None
    visibility: str
    application_id: int | None


@router.post("/claims/preview", response_model=OpenedShape, responses=TRIED, dependencies=[Depends(only_json)])
def open_secret(
    session: Reading, service: CurrentService, _caller: Searcher, language: CallerLanguage, body: SecretBody
) -> Response:
    """What a letter is about; opening it changes nothing."""
    invitation, full = open_claim(session, office=service.admission_office(), secret=body.secret)
    return tried_answer(OpenedShape(language=invitation.language, profile=profile_shape(full, language)))


@router.post("/claims", response_model=ClaimedShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_claim(session: Transaction, service: CurrentService, _caller: Searcher, body: ClaimBody) -> Response:
    """Claim the profile, claim it with corrections, or have it erased for good. A secret is used once."""
    if (body.answer == Answer.CORRECTED) != (body.profile is not None):
        raise InvalidInputError("claim_profile_mismatch", field="profile")
    if body.answer == Answer.REFUSED:
        refuse_profile(session, office=service.admission_office(), secret=body.secret)
        return saved_answer(ClaimedShape(answer=body.answer, profile_id=None, visibility="hidden", application_id=None))
    return saved_answer(_claimed(session, service, body))


def _claimed(session: Session, service: Service, body: NewClaim) -> ClaimedShape:
    made = claim_profile(
        session,
        office=service.admission_office(),
        desk=service.desk(),
        secret=body.secret,
        name=body.name,
        draft=body.profile,
    )
    return ClaimedShape(
        answer=body.answer,
        profile_id=made.profile.id,
        visibility=made.profile.visibility,
        application_id=made.application.id if made.application else None,
    )
