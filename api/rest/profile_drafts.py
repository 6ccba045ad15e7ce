"""A profile from its first word to its readers: begun, tried against a challenge, published."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import saved_answer, tried_answer
from api.rest.dependencies import LARGEST_NUMBER, CallerLanguage, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, SAVED, TRIED
from api.rest.explained import fit_fields
from api.rest.inputs import ProfileBody
from api.rest.own_profiles import COPY, CopyShape, copy_shape
from api.rest.reasons import FitShape
from api.rest.shapes import ProfileShape, profile_shape
from api.rest.trying import understood
from api.security import CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.challenges.drafts import TriedChallenge
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.asks import Ask
from matchmaker.matching.preview import preview
from matchmaker.membership.entering import publish_profile
from matchmaker.profiles.queries import load_full
from matchmaker.profiles.writing import as_published, begin_profile, written

router = APIRouter(tags=["profiles"])
_POSED = {"problem": {"description": "Perdemos agua en la red y no sabemos dónde."}}


class PosedChallenge(BaseModel):
    """For what the copy is tried: an open challenge, else a problem that is not saved; with neither nothing is."""

    model_config = ConfigDict(extra="forbid")

    challenge_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    problem: TriedChallenge | None = None


class PreviewShape(BaseModel):
    """How a match would quote the copy once it is published; no `match` where nothing is asked."""

    profile_id: int
    needs: list[str]
    match: FitShape | None


class PublishedShape(BaseModel):
    """What everyone reads now, or once the application that it began is decided."""

    profile: ProfileShape
    application_id: int | None


PosedBody = Annotated[PosedChallenge, Body(openapi_examples={"example": Example(summary="A problem", value=_POSED)})]


@router.post(
    "/profile-drafts",
    status_code=CREATED_STATUS,
    response_model=CopyShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def create_draft(session: Transaction, service: CurrentService, caller: SignedIn, body: ProfileBody) -> Response:
    """Begin a profile that nobody else reads before it is published; begun twice under one name it is one."""
    begun = begin_profile(session, desk=service.desk(), acting=caller, draft=body)
    return saved_answer(copy_shape(begun), location=f"/v1/profiles/{begun.profile.id}/copy")


@router.post(f"{COPY}/preview", response_model=PreviewShape, responses=TRIED, dependencies=[Depends(only_json)])
def try_copy(
    session: Reading, service: CurrentService, caller: SignedIn, profile_id: Number, body: PosedBody
) -> Response:
    """How a match would quote what is being written, before anybody reads it."""
    found = written(session, acting=caller, profile_id=profile_id)
    ask = _ask(session, service, caller, body)
    ranked = None
    if ask is not None:
        full = as_published(session, desk=service.desk(), found=found)
        ranked = preview(index=service.index, acting=caller, ask=ask, full=full)
    needs = [need.text for need in ask.needs] if ask else []
    match = None if ranked is None else FitShape.model_validate(fit_fields(ranked, needs))
    return tried_answer(PreviewShape(profile_id=profile_id, needs=needs, match=match))


@router.post(f"{COPY}/publication", response_model=PublishedShape, responses=SAVED)
def publish_copy(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, profile_id: Number
) -> Response:
    """Let what was written be read; the first time admission says by whom, and when."""
    made = publish_profile(
        session, office=service.admission_office(), desk=service.desk(), acting=caller, profile_id=profile_id,
        rulebook=service.rulebook,
    )  # fmt: skip
    shape = profile_shape(load_full(session, [made.profile])[0], language)
    number = made.application.id if made.application else None
    return saved_answer(PublishedShape(profile=shape, application_id=number))


def _ask(session: Session, service: Service, caller: Acting, posed: PosedChallenge) -> Ask | None:
    """Raises `challenge_unknown`."""
    if posed.challenge_id is not None:
        full = get_challenge(session, acting=caller, challenge_id=posed.challenge_id)
        return stored_ask(full, taxonomy=service.taxonomy)
    return None if posed.problem is None else understood(session, service, posed.problem).ask
