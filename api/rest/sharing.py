"""Who reads a challenge, and who has it together."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import NO_CONTENT, gone_answer, read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import GONE, READ, SAVED
from api.rest.explained import agent_shape
from api.rest.inputs import AgreesBody, NamedBody
from api.rest.reasons import AgentShape
from api.security import CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.challenges.owning import answer_as_owner, ask_owner, leave_challenge, owners_of
from matchmaker.challenges.readers import guests_of, name_guest, unname_guest

router = APIRouter(tags=["challenges"])


class ReadersShape(BaseModel):
    """Members that may read a challenge, whoever else may."""

    readers: list[AgentShape]


class OwnerShape(BaseModel):
    """A member that has a challenge, or is asked to; the first answers for it."""

    profile: AgentShape
    has_joined: bool
    is_first: bool


class OwnersShape(BaseModel):
    """Those who have a challenge together, then those who are asked."""

    owners: list[OwnerShape]


@router.get("/challenges/{challenge_id}/readers", response_model=ReadersShape, responses=READ)
def read_readers(request: Request, session: Reading, caller: SignedIn, challenge_id: Number) -> Response:
    """The members that are named."""
    return read_answer(request, _readers(session, caller, challenge_id))


@router.post(
    "/challenges/{challenge_id}/readers", response_model=ReadersShape, responses=SAVED,
    dependencies=[Depends(only_json)],
)  # fmt: skip
def add_reader(session: Transaction, caller: SignedIn, challenge_id: Number, body: NamedBody) -> Response:
    """Let a member read a challenge; twice is as once."""
    name_guest(session, acting=caller, challenge_id=challenge_id, profile_id=body.profile_id)
    return saved_answer(_readers(session, caller, challenge_id))


@router.delete(
    "/challenges/{challenge_id}/readers/{profile_id}", status_code=NO_CONTENT, response_model=None, responses=GONE
)
def remove_reader(session: Transaction, caller: SignedIn, challenge_id: Number, profile_id: Number) -> Response:
    """Take a member from those who are named."""
    unname_guest(session, acting=caller, challenge_id=challenge_id, profile_id=profile_id)
    return gone_answer()


@router.get("/challenges/{challenge_id}/owners", response_model=OwnersShape, responses=READ)
def read_owners(request: Request, session: Reading, caller: SignedIn, challenge_id: Number) -> Response:
    """Who has a challenge together, for those who have it and those who are asked."""
    return read_answer(request, _owners(session, caller, challenge_id))


@router.post(
    "/challenges/{challenge_id}/owners", response_model=OwnersShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def ask_for_owner(
    session: Transaction, service: CurrentService, caller: SignedIn, challenge_id: Number, body: NamedBody
) -> Response:
    """Ask a member to have a challenge together; it takes part once somebody who speaks for it says yes."""
    ask_owner(session, desk=service.desk(), acting=caller, challenge_id=challenge_id, profile_id=body.profile_id)
    return saved_answer(_owners(session, caller, challenge_id))


@router.put(
    "/challenges/{challenge_id}/owners/{profile_id}", status_code=NO_CONTENT, response_model=None, responses=GONE,
    dependencies=[Depends(only_json)],
)  # fmt: skip
def answer_for_owner(
    session: Transaction, service: CurrentService, caller: SignedIn, challenge_id: Number, profile_id: Number,
    body: AgreesBody,
) -> Response:  # fmt: skip
    """Say for a member whether it will have a challenge together."""
    answer_as_owner(
        session, desk=service.desk(), acting=caller, challenge_id=challenge_id, profile_id=profile_id,
        agrees=body.agrees,
    )  # fmt: skip
    return gone_answer()


@router.delete(
    "/challenges/{challenge_id}/owners/{profile_id}", status_code=NO_CONTENT, response_model=None, responses=GONE
)
def remove_owner(
    session: Transaction, service: CurrentService, caller: SignedIn, challenge_id: Number, profile_id: Number
) -> Response:
    """Let a member leave a challenge by its own word, or take back a question that it has not answered."""
    leave_challenge(session, desk=service.desk(), acting=caller, challenge_id=challenge_id, profile_id=profile_id)
    return gone_answer()


def _readers(session: Session, caller: Acting, challenge_id: int) -> ReadersShape:
    found = guests_of(session, acting=caller, challenge_id=challenge_id)
    return ReadersShape(readers=[agent_shape(row) for row in found])


def _owners(session: Session, caller: Acting, challenge_id: int) -> OwnersShape:
    found = owners_of(session, acting=caller, challenge_id=challenge_id)
    return OwnersShape(
        owners=[
            OwnerShape(profile=agent_shape(each.profile), has_joined=each.has_joined, is_first=each.is_first)
            for each in found
        ]
    )
