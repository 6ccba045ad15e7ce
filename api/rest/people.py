"""Who acts for a member."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.rest.account_inputs import NewPerson, NewSuccessor, PersonBody, SuccessorBody
from api.rest.account_shapes import (
    OwnInvitationShape,
    OwnInvitationsShape,
    PeopleShape,
    PersonInvitationShape,
    PersonInvitationsShape,
    person_invitation_shape,
    person_shape,
)
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import CallerLanguage, Number, Reading, Transaction, only_json
from api.rest.documents import READ, SAVED
from api.rest.sign_in import GONE
from api.security import CurrentService, SignedIn
from matchmaker.languages import WorkingLanguage
from matchmaker.people.inviting import add_person, list_invitations, name_successor, withdraw_invitation
from matchmaker.people.joining import answer_own, own_invitations
from matchmaker.people.models import InvitationState
from matchmaker.people.representing import Invited, list_people, remove_person

router = APIRouter(tags=["people"])
ADDRESS = "/profiles/{profile_id}/people"
ASKED = f"{ADDRESS}/invitations"
OWN = "/me/invitations"
NOTHING = HTTPStatus.NO_CONTENT


@router.get(ADDRESS, response_model=PeopleShape, responses=READ)
def read_people(request: Request, session: Reading, caller: SignedIn, profile_id: Number) -> Response:
    """Who acts for a member, told to those who do and to the secretariat."""
    found = list_people(session, acting=caller, profile_id=profile_id)
    return read_answer(request, PeopleShape(people=[person_shape(person) for person in found]))


@router.post(ADDRESS, response_model=PersonInvitationShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_person(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    profile_id: Number,
    body: PersonBody,
) -> Response:
    """Ask someone to act for a member, as editor or representative. Nothing counts before they accept."""
    made = add_person(
        session, acting=caller, profile_id=profile_id, invited=_invited(body, language), part=body.part,
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(person_invitation_shape(made, now=service.clock()))


@router.delete(f"{ADDRESS}/{{account_id}}", status_code=NOTHING, responses=GONE)
def delete_person(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, account_id: Number
) -> Response:
    """Let someone no longer act for a member, or take leave oneself; the last representative names a successor."""
    remove_person(session, acting=caller, profile_id=profile_id, account_id=account_id, now=service.clock())
    return Response(status_code=NOTHING)


@router.post(
    f"{ADDRESS}/{{account_id}}/successor",
    response_model=PersonInvitationShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def post_successor(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    profile_id: Number,
    account_id: Number,
    body: SuccessorBody,
) -> Response:
    """Ask someone to speak for a member in another's place, who hands over when they accept."""
    made = name_successor(
        session, acting=caller, profile_id=profile_id, account_id=account_id, invited=_invited(body, language),
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(person_invitation_shape(made, now=service.clock()))


@router.get(ASKED, response_model=PersonInvitationsShape, responses=READ)
def read_invitations(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, profile_id: Number
) -> Response:
    """Who was asked to act for a member, and what became of it."""
    found = list_invitations(session, acting=caller, profile_id=profile_id)
    shapes = [person_invitation_shape(row, now=service.clock()) for row in found]
    return read_answer(request, PersonInvitationsShape(invitations=shapes))


@router.delete(f"{ASKED}/{{invitation_id}}", status_code=NOTHING, responses=GONE)
def delete_invitation(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, invitation_id: Number
) -> Response:
    """Take back an invitation that was not answered yet."""
    withdraw_invitation(session, acting=caller, profile_id=profile_id, invitation_id=invitation_id, now=service.clock())
    return Response(status_code=NOTHING)


@router.get(OWN, response_model=OwnInvitationsShape, responses=READ)
def read_own_invitations(request: Request, session: Reading, service: CurrentService, caller: SignedIn) -> Response:
    """The members that ask the caller to act for them."""
    found = own_invitations(session, acting=caller, now=service.clock())
    shapes = [
        OwnInvitationShape(
            id=row.id or 0, profile_id=row.profile_id, member=profile.name, part=row.part, expires_at=row.expires_at
        )
        for row, profile in found
    ]
    return read_answer(request, OwnInvitationsShape(invitations=shapes))


@router.post(f"{OWN}/{{invitation_id}}/acceptance", status_code=NOTHING, responses=GONE)
def post_acceptance(session: Transaction, service: CurrentService, caller: SignedIn, invitation_id: Number) -> Response:
    """Accept to act for a member, from this moment."""
    answer = InvitationState.ACCEPTED
    answer_own(session, acting=caller, invitation_id=invitation_id, answer=answer, now=service.clock())
    return Response(status_code=NOTHING)


@router.post(f"{OWN}/{{invitation_id}}/refusal", status_code=NOTHING, responses=GONE)
def post_refusal(session: Transaction, service: CurrentService, caller: SignedIn, invitation_id: Number) -> Response:
    """Decline to act for a member."""
    answer = InvitationState.DECLINED
    answer_own(session, acting=caller, invitation_id=invitation_id, answer=answer, now=service.clock())
    return Response(status_code=NOTHING)


def _invited(body: NewPerson | NewSuccessor, language: WorkingLanguage) -> Invited:
    return Invited(address=body.email, name=body.name, language=body.language or language)
