"""Whom the owners of a challenge consider, for their own eyes."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import NO_CONTENT, gone_answer, read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import GONE, READ, SAVED
from api.rest.explained import agent_shape
from api.rest.inputs import NoteBody
from api.rest.reasons import AgentShape
from api.security import CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.matching.shortlist import consider, consider_no_longer, shortlist_of

router = APIRouter(tags=["matches"])


class ConsideredShape(BaseModel):
    """An agent with the owners' note."""

    profile: AgentShape
    note: str
    noted_at: datetime


class ShortlistShape(BaseModel):
    """A shortlist in the order in which it was noted."""

    considered: list[ConsideredShape]


@router.get("/challenges/{challenge_id}/shortlist", response_model=ShortlistShape, responses=READ)
def read_shortlist(request: Request, session: Reading, caller: SignedIn, challenge_id: Number) -> Response:
    """Whom the owners consider."""
    return read_answer(request, _shortlist(session, caller, challenge_id))


@router.put(
    "/challenges/{challenge_id}/shortlist/{profile_id}", response_model=ShortlistShape, responses=SAVED,
    dependencies=[Depends(only_json)],
)  # fmt: skip
def put_note(
    session: Transaction, service: CurrentService, caller: SignedIn, challenge_id: Number, profile_id: Number,
    body: NoteBody,
) -> Response:  # fmt: skip
    """Consider an agent, with a note."""
    consider(session, acting=caller, challenge_id=challenge_id, profile_id=profile_id, draft=body, now=service.clock())
    return saved_answer(_shortlist(session, caller, challenge_id))


@router.delete(
    "/challenges/{challenge_id}/shortlist/{profile_id}", status_code=NO_CONTENT, response_model=None, responses=GONE
)
def remove_note(session: Transaction, caller: SignedIn, challenge_id: Number, profile_id: Number) -> Response:
    """Consider an agent no longer."""
    consider_no_longer(session, acting=caller, challenge_id=challenge_id, profile_id=profile_id)
    return gone_answer()


def _shortlist(session: Session, caller: Acting, challenge_id: int) -> ShortlistShape:
    found = shortlist_of(session, acting=caller, challenge_id=challenge_id)
    return ShortlistShape(
        considered=[
            ConsideredShape(profile=agent_shape(each.full.profile), note=each.row.note, noted_at=each.row.noted_at)
            for each in found
        ]
    )
