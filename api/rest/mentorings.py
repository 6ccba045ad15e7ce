"""Requests between a mentor and a member that asks, by consent of both."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NO_CONTENT, gone_answer, page_of, read_answer, saved_answer
from api.rest.dependencies import (
    PAGE_ITEMS,
    After,
    Limit,
    Number,
    Reading,
    Transaction,
    only_json,
)
from api.rest.documents import CREATED, GONE, LISTED, READ, SAVED
from api.rest.mentoring_shapes import (
    ContactShape,
    ContactsShape,
    MentoringShape,
    MentoringsShape,
    mentoring_shapes,
)
from api.security import CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.mentoring.actions import answer_mentoring, propose_mentoring, tell_result, withdraw_mentoring
from matchmaker.mentoring.contacts import receive_contacts
from matchmaker.mentoring.drafts import MentoringDraft
from matchmaker.mentoring.models import Answer, Mentoring, Result
from matchmaker.mentoring.queries import get_mentoring, list_mentorings

router = APIRouter(tags=["mentoring"])
_ASKED = {"mentor_id": 1, "mentee_id": 2, "hours_a_month": 2, "message": "¿Nos ayudan a leer los sensores?"}


class NewAnswer(BaseModel):
    """What one's own side says."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer


class NewResult(BaseModel):
    """What came of it, as one's own side tells."""

    model_config = ConfigDict(extra="forbid")

    result: Result


MentoringBody = Annotated[
    MentoringDraft, Body(openapi_examples={"example": Example(summary="Two hours a month", value=_ASKED)})
]
MentoringAnswerBody = Annotated[
    NewAnswer, Body(openapi_examples={"example": Example(summary="Yes", value={"answer": "yes"})})
]
ResultBody = Annotated[
    NewResult, Body(openapi_examples={"example": Example(summary="It helped", value={"result": "helped"})})
]


@router.get("/mentorings", response_model=MentoringsShape, responses=LISTED)
def read_mentorings(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: SignedIn,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Requests of the profiles for which the account acts."""
    found = list_mentorings(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    shapes = mentoring_shapes(session, rows, caller=caller, now=service.clock())
    return read_answer(request, MentoringsShape(mentorings=shapes), headers=headers)


@router.post(
    "/mentorings",
    status_code=CREATED_STATUS,
    response_model=MentoringShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_mentoring(session: Transaction, service: CurrentService, caller: SignedIn, body: MentoringBody) -> Response:
    """Ask for hours of a mentor, or offer them; one's own side has thereby said yes."""
    row = propose_mentoring(session, acting=caller, draft=body, lists=service.lists, now=service.clock())
    return saved_answer(_shape(session, service, caller, row), location=f"/v1/mentorings/{row.id}")


@router.get("/mentorings/{mentoring_id}", response_model=MentoringShape, responses=READ)
def read_mentoring(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, mentoring_id: Number
) -> Response:
    """One request."""
    row = get_mentoring(session, acting=caller, mentoring_id=mentoring_id)
    return read_answer(request, _shape(session, service, caller, row))


@router.put(
    "/mentorings/{mentoring_id}/answer",
    response_model=MentoringShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_answer(
    session: Transaction, service: CurrentService, caller: SignedIn, mentoring_id: Number, body: MentoringAnswerBody
) -> Response:
    """Say yes, not now or no for one's own side. Contacts open on the second yes, and only then."""
    row = answer_mentoring(
        session, acting=caller, mentoring_id=mentoring_id, answer=body.answer, lists=service.lists, now=service.clock()
    )
    return saved_answer(_shape(session, service, caller, row))


@router.put(
    "/mentorings/{mentoring_id}/result",
    response_model=MentoringShape,
    responses=SAVED,
    dependencies=[Depends(only_json)],
)
def put_result(
    session: Transaction, service: CurrentService, caller: SignedIn, mentoring_id: Number, body: ResultBody
) -> Response:
    """Say what came of it; it counts when both sides say the same. The first to tell ends it."""
    row = tell_result(session, acting=caller, mentoring_id=mentoring_id, result=body.result, now=service.clock())
    return saved_answer(_shape(session, service, caller, row))


@router.delete("/mentorings/{mentoring_id}", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_mentoring(session: Transaction, service: CurrentService, caller: SignedIn, mentoring_id: Number) -> Response:
    """Take back what one has proposed."""
    withdraw_mentoring(session, acting=caller, mentoring_id=mentoring_id, now=service.clock())
    return gone_answer()


@router.get("/mentorings/{mentoring_id}/contacts", response_model=ContactsShape, responses=READ)
def read_contacts(
    request: Request, session: Transaction, service: CurrentService, caller: SignedIn, mentoring_id: Number
) -> Response:
    """How to reach the other side, once both have said yes; that it was told is noted."""
    found = receive_contacts(session, acting=caller, mentoring_id=mentoring_id, now=service.clock())
    return read_answer(request, ContactsShape(contacts=[ContactShape(name=one.name, email=one.email) for one in found]))


def _shape(session: Session, service: Service, caller: Acting, row: Mentoring) -> MentoringShape:
    return mentoring_shapes(session, [row], caller=caller, now=service.clock())[0]
