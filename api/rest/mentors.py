"""Mentors: what they offer, and who is found for a challenge or a member."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi.openapi.models import Example
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import NO_CONTENT, check_fresh, gone_answer, read_answer, saved_answer
from api.rest.dependencies import (
    PAGE_ITEMS,
    Codes,
    Limit,
    Number,
    Reading,
    Transaction,
    only_json,
)
from api.rest.documents import GONE, READ, SAVED
from api.rest.mentoring_shapes import (
    MentorsShape,
    OfferShape,
    mentors_shape,
    offer_shape,
)
from api.security import Caller, CurrentService, Searcher, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import stored_ask
from matchmaker.matching.asks import Ask
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.finding import MentorsWanted, ask_of_profile, find_mentors
from matchmaker.mentoring.models import MentorOffer
from matchmaker.mentoring.offers import end_offer, save_offer
from matchmaker.mentoring.queries import get_offer
from matchmaker.profiles.queries import get_profile

router = APIRouter(tags=["mentoring"])
_OFFER = {"areas": ["energy_environment"], "languages": ["es", "pt"], "hours_a_month": 6, "text": "Redes de agua."}
OfferBody = Annotated[
    MentorOfferDraft, Body(openapi_examples={"example": Example(summary="Six hours a month", value=_OFFER)})
]


@router.get("/profiles/{profile_id}/mentor-offer", response_model=OfferShape, responses=READ)
def read_offer(request: Request, session: Reading, caller: Caller, profile_id: Number) -> Response:
    """What a member helps others with."""
    return read_answer(request, offer_shape(get_offer(session, acting=caller, profile_id=profile_id)))


@router.put(
    "/profiles/{profile_id}/mentor-offer",
    response_model=OfferShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_offer(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    profile_id: Number,
    body: OfferBody,
) -> Response:
    """Say what a profile helps with, in which languages, how many hours a month."""
    get_profile(session, acting=caller, profile_id=profile_id)
    before = session.get(MentorOffer, profile_id, with_for_update=True)
    check_fresh(request, [offer_shape(before)] if before else [])
    return saved_answer(
        offer_shape(save_offer(session, desk=service.desk(), acting=caller, profile_id=profile_id, draft=body))
    )


@router.delete("/profiles/{profile_id}/mentor-offer", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_offer(session: Transaction, caller: SignedIn, profile_id: Number) -> Response:
    """Mentor no more; what is agreed goes on."""
    get_profile(session, acting=caller, profile_id=profile_id)
    end_offer(session, acting=caller, profile_id=profile_id)
    return gone_answer()


@router.get("/challenges/{challenge_id}/mentors", response_model=MentorsShape, responses=READ)
def read_mentors(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    challenge_id: Number,
    area: Codes = None,
    language: Codes = None,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Mentors with hours left who answer a challenge, with the evidence of a match."""
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    ask, wanted = stored_ask(full, taxonomy=service.taxonomy), MentorsWanted(area or (), language or (), limit)
    return read_answer(request, _mentors(session, service, caller, ask, wanted, full.challenge.owner_id))


@router.get("/profiles/{profile_id}/mentors", response_model=MentorsShape, responses=READ)
def read_mentors_of_profile(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    profile_id: Number,
    area: Codes = None,
    language: Codes = None,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Mentors for a member that has posted no challenge and told no lesson: found by what it says of itself."""
    full = get_profile(session, acting=caller, profile_id=profile_id)
    ask, wanted = ask_of_profile(full), MentorsWanted(area or (), language or (), limit)
    return read_answer(request, _mentors(session, service, caller, ask, wanted, profile_id))


def _mentors(
    session: Session, service: Service, caller: Acting, ask: Ask, wanted: MentorsWanted, owner_id: int | None
) -> MentorsShape:
    found = find_mentors(
        session, index=service.index, acting=caller, ask=ask, wanted=wanted, owner_id=owner_id, now=service.clock()
    )
    return mentors_shape(found, [need.text for need in ask.needs])
