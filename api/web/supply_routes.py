"""What whoever offers answers does: finds challenges, proposes itself, looks at how it is seen."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.security import who_searches
from api.web.frames import AskedPage, page
from api.web.proposals import propose_page
from api.web.supply import opportunities_page, visibility_page
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.errors import ConflictError, InvalidInputError, NotAllowedError
from matchmaker.introductions.drafts import ProposalDraft
from matchmaker.introductions.matched import match_between
from matchmaker.introductions.proposing import propose
from matchmaker.texts import Words

CONFLICT = 409
LARGEST_NUMBER = 2**31 - 1
SEARCHES = [Depends(who_searches)]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Asker = Annotated[int, Query(ge=1, le=LARGEST_NUMBER, alias="challenge")]
Proposed = Annotated[int, Form(ge=1, le=LARGEST_NUMBER, alias="challenge")]
Typing = Annotated[str, Form()]
supply = APIRouter(prefix="/profiles/{profile_id}", default_response_class=HTMLResponse)


class Message(BaseModel):
    """What whoever proposes itself writes to the other side."""

    message: Words


@supply.get("/opportunities", dependencies=SEARCHES)
def read_opportunities(
    asked: AskedPage, profile_id: Number, country: str = "", area: str = "", language: str = ""
) -> Response:
    """The open challenges that fit a profile."""
    return page(opportunities_page(asked, profile_id, country=country, area=area, spoken=language))


@supply.get("/visibility", dependencies=SEARCHES)
def read_visibility(asked: AskedPage, profile_id: Number) -> Response:
    """How a profile is seen, for those who act for it."""
    return page(visibility_page(asked, profile_id))


@supply.get("/propose", dependencies=SEARCHES)
def read_propose(asked: AskedPage, profile_id: Number, challenge_id: Asker) -> Response:
    """Whether and how a member can propose itself."""
    return page(propose_page(asked, profile_id, challenge_id))


@supply.post("/propose", dependencies=SEARCHES)
def post_propose(asked: AskedPage, profile_id: Number, challenge_id: Proposed, message: Typing = "") -> Response:
    """Propose oneself; it leads to the conversation."""
    acting, service = asked.signed_in(), asked.service
    written, typed = understood(asked, Message, {"message": message})
    if written is None:
        return page(propose_page(asked, profile_id, challenge_id, typed=typed), status=UNPROCESSABLE)
    draft = ProposalDraft(challenge_id=challenge_id, profile_id=profile_id, message=written.message)
    matched = match_between(
        asked.session, index=service.index, taxonomy=service.taxonomy, acting=acting, challenge_id=challenge_id,
        profile_id=profile_id,
    )  # fmt: skip
    asked.session.close()
    try:
        with service.database.transaction() as session:
            kept = propose(session, office=service.introduction_office(), acting=acting, draft=draft, matched=matched)
            number = kept.id
    except (ConflictError, InvalidInputError, NotAllowedError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        typed = refused(typed.values, field="message", sentence=sentence)
        return page(propose_page(asked, profile_id, challenge_id, typed=typed), status=CONFLICT)
    return asked.here(f"/introductions/{number}")
