"""How a list of matches came about: for the challenge's author and the secretariat."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import read_answer
from api.rest.dependencies import PAGE_ITEMS, Limit, Number, Reading
from api.rest.documents import READ
from api.rest.explained import agent_shape
from api.rest.reasons import AgentShape
from api.security import SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.integrity.queries import confirmed_with
from matchmaker.matching.exposure import matches_of, showings_of
from matchmaker.matching.models import Showing
from matchmaker.profiles.queries import full_profiles, represents

router = APIRouter(tags=["matches"])


class ShowingLine(BaseModel):
    """A list that was shown: of which version of the challenge, and by what it was made."""

    id: int
    challenge_id: int
    challenge_version: int
    model: str
    generation: int
    correction: str
    ranking: str
    shown_at: datetime


class ShowingsShape(BaseModel):
    """The lists shown for a challenge, newest first."""

    showings: list[ShowingLine]


class ShownShape(BaseModel):
    """A match as it was shown; no profile where it may no longer be seen. `quoted`: a digest for each sentence."""

    place: int
    points: int
    profile_version: int
    profile: AgentShape | None
    quoted: list[str | None]


class ShowingShape(ShowingLine):
    """A list with its matches in their places."""

    matches: list[ShownShape]


@router.get("/challenges/{challenge_id}/showings", response_model=ShowingsShape, responses=READ)
def read_showings(
    request: Request, session: Reading, caller: SignedIn, challenge_id: Number, limit: Limit = PAGE_ITEMS
) -> Response:
    """The lists shown for a challenge."""
    _check_author(session, caller, challenge_id)
    found = showings_of(session, challenge_id=challenge_id, limit=limit)
    return read_answer(request, ShowingsShape(showings=[_line(row) for row in found]))


@router.get("/showings/{showing_id}", response_model=ShowingShape, responses=READ)
def read_showing(request: Request, session: Reading, caller: SignedIn, showing_id: Number) -> Response:
    """One list as it was shown."""
    row = session.get(Showing, showing_id)
    if row is None:
        raise NotFoundError("showing_unknown", showing_id=showing_id)
    owner_id = _check_author(session, caller, row.challenge_id)
    shape = ShowingShape(**_line(row).model_dump(), matches=_shown(session, caller, showing_id, owner_id))
    return read_answer(request, shape)


def _check_author(session: Session, caller: Acting, challenge_id: int) -> int | None:
    """The owner of the challenge, when the caller may read how its lists came about."""
    owner_id = get_challenge(session, acting=caller, challenge_id=challenge_id).challenge.owner_id
    is_author = owner_id is not None and represents(session, acting=caller, profile_id=owner_id)
    if not (caller.is_secretariat or is_author):
        raise NotAllowedError("not_your_challenge", challenge_id=challenge_id)
    return owner_id


def _line(row: Showing) -> ShowingLine:
    return ShowingLine.model_validate(row, from_attributes=True)


def _shown(session: Session, caller: Acting, showing_id: int, owner_id: int | None) -> list[ShownShape]:
    rows = matches_of(session, showing_id=showing_id)
    apart = frozenset() if owner_id is None or caller.is_secretariat else confirmed_with(session, owner_id)
    named = [row.profile_id for row in rows if row.profile_id not in apart]
    seen = full_profiles(session, acting=caller, profile_ids=named)
    agents = {number: agent_shape(full.profile) for number, full in seen.items()}
    return [
        ShownShape(
            place=row.place,
            points=row.points,
            profile_version=row.profile_version,
            profile=agents.get(row.profile_id),
            quoted=row.quoted,
        )
        for row in rows
    ]
