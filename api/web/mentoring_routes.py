"""What the two sides of a mentoring request do; each form leads back to its page, or says beside it what is wrong."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.doing import CONFLICT, Act, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.mentoring import mentoring_page
from api.web.mentors import mentors_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.mentoring.actions import answer_mentoring, tell_result, withdraw_mentoring
from matchmaker.mentoring.contacts import receive_contacts
from matchmaker.mentoring.models import Answer, Result

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"answer", "result", "withdrawn"})
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
mentoring = APIRouter(default_response_class=HTMLResponse)


class GivenAnswer(BaseModel):
    """What one's side says."""

    answer: Answer


class ToldResult(BaseModel):
    """What came of it."""

    result: Result


@mentoring.get("/mentors")
def read_mentors(asked: AskedPage, area: str = "", language: str = "", after: After = 0) -> Response:
    """Who mentors."""
    return page(mentors_page(asked, area=area, language=language, after=after))


@mentoring.get("/mentorings/{mentoring_id}")
def read_mentoring(asked: AskedPage, mentoring_id: Number, done: str = "") -> Response:
    """One request."""
    return page(mentoring_page(asked, mentoring_id, done=done if done in DONE else ""))


@mentoring.post("/mentorings/{mentoring_id}/answer")
def post_answer(asked: AskedPage, mentoring_id: Number, answer: Typing = "") -> Response:
    """Say yes, not now or no for one's side."""
    draft, typed = understood(asked, GivenAnswer, {"answer": answer})
    if draft is None:
        return _again(asked, mentoring_id, typed, status=UNPROCESSABLE)
    lists, now = asked.service.lists, asked.service.clock()
    return _act(
        asked, mentoring_id, "answer", typed,
        lambda session, acting: answer_mentoring(
            session, acting=acting, mentoring_id=mentoring_id, answer=draft.answer, lists=lists, now=now
        ),
    )  # fmt: skip


@mentoring.post("/mentorings/{mentoring_id}/result")
def post_result(asked: AskedPage, mentoring_id: Number, result: Typing = "") -> Response:
    """Say what came of it."""
    draft, typed = understood(asked, ToldResult, {"result": result})
    if draft is None:
        return _again(asked, mentoring_id, typed, status=UNPROCESSABLE)
    now = asked.service.clock()
    return _act(
        asked, mentoring_id, "result", typed,
        lambda session, acting: tell_result(
            session, acting=acting, mentoring_id=mentoring_id, result=draft.result, now=now
        ),
    )  # fmt: skip


@mentoring.post("/mentorings/{mentoring_id}/withdrawal")
def post_withdrawal(asked: AskedPage, mentoring_id: Number) -> Response:
    """Take back what one has proposed."""
    now = asked.service.clock()
    return _act(
        asked, mentoring_id, "withdrawn", Typed(),
        lambda session, acting: withdraw_mentoring(session, acting=acting, mentoring_id=mentoring_id, now=now),
    )  # fmt: skip


@mentoring.post("/mentorings/{mentoring_id}/contacts")
def post_contacts(asked: AskedPage, mentoring_id: Number) -> Response:
    """Show how to reach the other side; who received it, and when, is kept."""
    acting, now = asked.signed_in(), asked.service.clock()
    with asked.service.database.transaction() as session:
        found = receive_contacts(session, acting=acting, mentoring_id=mentoring_id, now=now)
    return page(mentoring_page(asked, mentoring_id, contacts=found))


def _act(asked: Asked, mentoring_id: int, form: str, typed: Typed, act: Act) -> Response:
    """Do an act and lead back to the page; what cannot be done now is said there."""
    refusal = refusal_of(asked, act)
    if refusal:
        return _again(asked, mentoring_id, refused(typed.values, field=form, sentence=refusal), status=CONFLICT)
    return asked.here(f"/mentorings/{mentoring_id}?done={form}#done")


def _again(asked: Asked, mentoring_id: int, typed: Typed, *, status: int) -> Response:
    return page(mentoring_page(asked, mentoring_id, typed=typed), status=status)
