"""Answers by the links of letters, one's habits of reading, and addresses from which letters came back."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.letters.answering import perform_answer, tell_answer
from api.rest import examples
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer, tried_answer
from api.rest.dependencies import (
    LARGEST_NUMBER,
    PAGE_ITEMS,
    After,
    CallerLanguage,
    Limit,
    Reading,
    Transaction,
    only_json,
)
from api.rest.documents import LISTED, READ, SAVED, Responses
from api.security import Caller, CurrentService, SignedIn
from matchmaker.letters.addresses import list_bounces, note_bounce, renew_address
from matchmaker.letters.habits import Wish, habits_of, save_habits
from matchmaker.letters.kinds import OF_ACCOUNTS, Group
from matchmaker.letters.models import LetterHabits
from matchmaker.texts import Line

router = APIRouter(tags=["letters"])
LAST_HOUR = 23
TOKEN_CHARACTERS = 1_000
TOLD: Responses = {200: {"description": "What would be done; nothing was"}}
PERFORMED: Responses = {200: {"description": "Done; once more does no harm"}}
Token = Annotated[str, Path(max_length=TOKEN_CHARACTERS, description="of a link in a letter")]
Hour = Annotated[int, Field(ge=0, le=LAST_HOUR)]


class AnswerShape(BaseModel):
    """What an answer by link would do, or did."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    answer: str
    subject_id: int
    expires_at: datetime
    is_done: bool
    sentence: str


class Habits(BaseModel):
    """When and of what an account wants letters. Hours are local; the same hour twice: none is quiet."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)

    time_zone: Line = Field(default="", description="of the IANA database; empty for that of the country")
    quiet_from: Hour = 20
    quiet_until: Hour = 8
    unwanted: list[Group] = Field(default_factory=list, max_length=len(Group), description="voluntary groups only")


class HabitsShape(Habits):
    """An account's habits, with the groups it may switch off."""

    voluntary: list[Group]


class NotedBounce(BaseModel):
    """An account whose letters come back, or whose address works again."""

    model_config = ConfigDict(extra="forbid")

    account_id: int = Field(ge=1, le=LARGEST_NUMBER)


class BounceShape(BaseModel):
    """An account whose letters come back, since when, and how the mail server put it (RFC 3463)."""

    account_id: int
    name: str
    status: str
    noted_at: datetime


class BouncesShape(BaseModel):
    """A page of accounts whose letters come back."""

    bounces: list[BounceShape]


class RenewalShape(BaseModel):
    """Whether letters to an account had come back until now."""

    account_id: int
    had_bounced: bool


HabitsBody = Annotated[Habits, Body(openapi_examples=examples.HABITS)]
BounceBody = Annotated[NotedBounce, Body(openapi_examples=examples.BOUNCE)]


@router.get("/answers/{token}", response_model=AnswerShape, responses=TOLD)
def read_answer_by_link(
    session: Reading, service: CurrentService, _caller: Caller, language: CallerLanguage, token: Token
) -> Response:
    """What the answer of a link would do."""
    return tried_answer(AnswerShape.model_validate(tell_answer(session, service, token, language=language)))


@router.post("/answers/{token}", response_model=AnswerShape, responses=PERFORMED)
def post_answer_by_link(
    session: Transaction, service: CurrentService, _caller: Caller, language: CallerLanguage, token: Token
) -> Response:
    """Perform the answer of a link; also the one click of RFC 8058, whose body says nothing more."""
    return tried_answer(AnswerShape.model_validate(perform_answer(session, service, token, language=language)))


@router.get("/letters/habits", response_model=HabitsShape, responses=READ)
def read_habits(request: Request, session: Reading, caller: SignedIn) -> Response:
    """The caller's habits."""
    return read_answer(request, _habits(habits_of(session, acting=caller)))


@router.put("/letters/habits", response_model=HabitsShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_habits(request: Request, session: Transaction, caller: SignedIn, body: HabitsBody) -> Response:
    """Save the caller's habits."""
    check_fresh(request, [_habits(habits_of(session, acting=caller))])
    wish = Wish(body.time_zone, body.quiet_from, body.quiet_until, tuple(body.unwanted))
    return saved_answer(_habits(save_habits(session, acting=caller, wish=wish)))


@router.get("/letters/bounces", response_model=BouncesShape, responses=LISTED)
def read_bounces(
    request: Request, session: Reading, caller: SignedIn, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Accounts whose letters come back, for the secretariat."""
    found = list_bounces(session, acting=caller, after=after, limit=limit + 1)
    shapes = [
        BounceShape(account_id=account.id or 0, name=account.name, status=row.status, noted_at=row.noted_at)
        for account, row in found
    ]
    kept, headers = page_of(request, shapes, limit=limit, numbers=[shape.account_id for shape in shapes])
    return read_answer(request, BouncesShape(bounces=kept), headers=headers)


@router.post("/letters/bounces", response_model=NotedBounce, responses=SAVED, dependencies=[Depends(only_json)])
def post_bounce(session: Transaction, service: CurrentService, caller: SignedIn, body: BounceBody) -> Response:
    """Note that letters to an account come back, for the secretariat."""
    note_bounce(session, acting=caller, account_id=body.account_id, now=service.clock())
    return saved_answer(body)


@router.post("/letters/renewals", response_model=RenewalShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_renewal(session: Transaction, service: CurrentService, caller: SignedIn, body: BounceBody) -> Response:
    """Let letters go to an account's address again: for its owner and the secretariat."""
    had_bounced = renew_address(session, acting=caller, account_id=body.account_id, now=service.clock())
    return saved_answer(RenewalShape(account_id=body.account_id, had_bounced=had_bounced))


def _habits(row: LetterHabits) -> HabitsShape:
    return HabitsShape(
        time_zone=row.time_zone, quiet_from=row.quiet_from, quiet_until=row.quiet_until,
        unwanted=[Group(group) for group in row.unwanted], voluntary=list(OF_ACCOUNTS),
    )  # fmt: skip
