"""Introductions by consent of both sides: proposing, reading, answering."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import page_of, read_answer, saved_answer, tried_answer
from api.rest.dependencies import PAGE_ITEMS, After, CallerLanguage, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, LISTED, READ, SAVED, Responses
from api.rest.inputs import AnswerBody, ProposalBody, WrittenBody
from api.rest.introduction_shapes import (
    ContactsShape,
    IntroductionShape,
    IntroductionsShape,
    contacts_shape,
    introduction_line,
)
from api.rest.introduction_visits import CurrentVisit, seen_by
from api.security import Caller, CurrentService, SignedIn
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.introductions import answering, proposing, telephone
from matchmaker.introductions.drafts import ProposalDraft
from matchmaker.introductions.figures import figures
from matchmaker.introductions.matched import Matched, match_between
from matchmaker.introductions.models import Side
from matchmaker.introductions.queries import list_introductions

router = APIRouter(tags=["introductions"])
ONE = "/introductions/{introduction_id}"
JSON = [Depends(only_json)]
OPENED: Responses = {200: {"description": "Open; nobody on the way may keep the answer"}}


class ReasonShape(BaseModel):
    """A reason for a no, with its words by language."""

    code: str
    name: dict[str, str]


class ReasonListShape(BaseModel):
    """One version of the short list of reasons."""

    version: str
    reasons: list[ReasonShape]


class FiguresShape(BaseModel):
    """How many were proposed and opened, met, and came to something that both sides confirmed."""

    proposed: int
    by_phase: dict[str, int]
    opened: int
    meetings: dict[str, int]
    outcomes: dict[int, dict[str, int]]
    succeeded: int


@router.get("/introductions", response_model=IntroductionsShape, responses=LISTED)
def read_introductions(
    request: Request, session: Reading, caller: SignedIn, after: After = 0, limit: Limit = PAGE_ITEMS
) -> Response:
    """Introductions of the profiles for which the account acts; all for the secretariat."""
    found = list_introductions(session, acting=caller, after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[each.kept.id for each in found])
    lines = [introduction_line(each) for each in rows]
    return read_answer(request, IntroductionsShape(introductions=lines), headers=headers)


@router.post(
    "/introductions",
    status_code=CREATED_STATUS,
    response_model=IntroductionShape,
    responses=CREATED,
    dependencies=JSON,
)
def propose_introduction(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: ProposalBody
) -> Response:
    """Propose that a challenge's owner and a profile meet; whoever proposes for a side says yes for it."""
    matched = _match(service, caller, body)
    office = service.introduction_office()
    kept = proposing.propose(session, office=office, acting=caller, draft=body, matched=matched)
    return saved_answer(seen_by(session, caller, language, kept.id), location=f"/v1/introductions/{kept.id}")


@router.get("/introductions/reasons", response_model=ReasonListShape, responses=READ)
def read_reasons(request: Request, service: CurrentService, _caller: Caller) -> Response:
    """The short list from which a no takes its reason."""
    lists = service.introduction_office().lists
    reasons = [ReasonShape(code=reason.code, name=reason.name) for reason in lists.reasons]
    return read_answer(request, ReasonListShape(version=lists.version, reasons=reasons))


@router.get("/introductions/figures", response_model=FiguresShape, responses=READ)
def read_figures(request: Request, session: Reading, caller: SignedIn) -> Response:
    """Figures for the secretariat. Introductions alone are no success: confirmed outcomes are."""
    return read_answer(request, FiguresShape.model_validate(vars(figures(session, acting=caller))))


@router.get(ONE, response_model=IntroductionShape, responses=READ)
def read_introduction(
    request: Request, session: Reading, caller: SignedIn, language: CallerLanguage, introduction_id: Number
) -> Response:
    """One introduction, as the caller's side may know it."""
    return read_answer(request, seen_by(session, caller, language, introduction_id))


@router.put(f"{ONE}/message", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_message(visit: CurrentVisit, body: WrittenBody) -> Response:
    """Write the message anew, while nothing is decided: for whoever proposed."""
    proposing.edit_message(visit.session, **visit.who, message=body.text)
    return visit.saved()


@router.put(f"{ONE}/answer", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_answer(visit: CurrentVisit, body: AnswerBody) -> Response:
    """Say yes, not now or no; with If-Match, only to what was read. The second yes opens the contacts."""
    answering.answer(visit.session, **visit.who, draft=body)
    return visit.saved()


@router.post(f"{ONE}/withdrawal", response_model=IntroductionShape, responses=SAVED)
def withdraw_introduction(visit: CurrentVisit) -> Response:
    """Take back: whoever proposed ends the introduction, a side that was asked takes its answer back."""
    proposing.withdraw(visit.session, **visit.who)
    return visit.saved()


@router.post(f"{ONE}/questions", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def ask_back(visit: CurrentVisit, body: WrittenBody) -> Response:
    """Ask the other side something before answering."""
    answering.ask(visit.session, **visit.who, text=body.text)
    return visit.saved()


@router.put(
    f"{ONE}/questions/{{question_id}}/reply", response_model=IntroductionShape, responses=SAVED, dependencies=JSON
)
def put_reply(visit: CurrentVisit, question_id: Number, body: WrittenBody) -> Response:
    """Answer a question of the other side."""
    answering.reply(visit.session, **visit.who, question_id=question_id, text=body.text)
    return visit.saved()


@router.put(f"{ONE}/recorded/{{side}}", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_recorded(visit: CurrentVisit, side: Side, body: AnswerBody) -> Response:
    """Record what a side said by telephone: for the secretariat. A recorded yes opens nothing."""
    telephone.record_by_phone(visit.session, **visit.who, side=side, draft=body)
    return visit.saved()


@router.post(f"{ONE}/undo", response_model=IntroductionShape, responses=SAVED)
def undo_recorded(visit: CurrentVisit) -> Response:
    """Undo what the secretariat recorded for one's side."""
    telephone.undo_recorded(visit.session, **visit.who)
    return visit.saved()


@router.get(f"{ONE}/contacts", response_model=ContactsShape, responses=OPENED)
def read_contacts(visit: CurrentVisit) -> Response:
    """The contacts of the other side, once both have said yes. Who receives them, and when, is kept."""
    return tried_answer(contacts_shape(answering.read_contacts(visit.session, **visit.who)))


def _match(service: Service, caller: Acting, body: ProposalDraft) -> Matched | None:
    """The reasons, sought before the transaction holds anything: a search takes its time."""
    with service.database.reading() as session:
        return match_between(
            session, index=service.index, taxonomy=service.taxonomy, acting=caller, challenge_id=body.challenge_id,
            profile_id=body.profile_id,
        )  # fmt: skip
