"""Who acts for a member."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.rest.account_inputs import NewPerson, NewSuccessor, PersonBody, SuccessorBody
from api.rest.account_shapes import PeopleShape, PersonShape, person_shape
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import CallerLanguage, Number, Reading, Transaction, only_json
from api.rest.documents import READ, SAVED
from api.rest.sign_in import GONE
from api.security import CurrentService, SignedIn
from matchmaker.languages import WorkingLanguage
from matchmaker.people.representing import Invited, add_person, list_people, name_successor, remove_person

router = APIRouter(tags=["people"])
ADDRESS = "/profiles/{profile_id}/people"
NOTHING = HTTPStatus.NO_CONTENT


@router.get(ADDRESS, response_model=PeopleShape, responses=READ)
def read_people(request: Request, session: Reading, caller: SignedIn, profile_id: Number) -> Response:
    """Who acts for a member, told to those who do and to the secretariat."""
    found = list_people(session, acting=caller, profile_id=profile_id)
    return read_answer(request, PeopleShape(people=[person_shape(person) for person in found]))


@router.post(ADDRESS, response_model=PersonShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_person(
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    profile_id: Number,
    body: PersonBody,
) -> Response:
    """Let someone act for a member, as editor or representative; they are told by letter."""
    person = add_person(
        session, acting=caller, profile_id=profile_id, invited=_invited(body, language), part=body.part,
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(person_shape(person))


@router.delete(f"{ADDRESS}/{{account_id}}", status_code=NOTHING, responses=GONE)
def delete_person(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, account_id: Number
) -> Response:
    """Let someone no longer act for a member, or take leave oneself; the last representative names a successor."""
    remove_person(session, acting=caller, profile_id=profile_id, account_id=account_id, now=service.clock())
    return Response(status_code=NOTHING)


@router.post(
    f"{ADDRESS}/{{account_id}}/successor",
    response_model=PersonShape,
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
    """Let someone speak for a member in another's place; challenges and introductions stay with the member."""
    person = name_successor(
        session, acting=caller, profile_id=profile_id, account_id=account_id, invited=_invited(body, language),
        now=service.clock(),
    )  # fmt: skip
    return saved_answer(person_shape(person))


def _invited(body: NewPerson | NewSuccessor, language: WorkingLanguage) -> Invited:
    return Invited(address=body.email, name=body.name, language=body.language or language)
