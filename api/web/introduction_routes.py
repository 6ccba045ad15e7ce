"""What the two sides do with an introduction; each form leads back to its page, or says beside it what is wrong."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypedDict

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.web.frames import Asked, AskedPage, page
from api.web.introduction_views import ContactsShown
from api.web.introductions import Filled, introduction_page, introductions_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.introductions import answering, meeting, proposing, telephone
from matchmaker.introductions.drafts import AnswerDraft, OutcomeDraft
from matchmaker.introductions.terms import Office
from matchmaker.texts import Words

CONFLICT = 409
LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"answer", "message", "question", "reply", "withdrawn", "undone", "met", "outcome", "recorded"})
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
introductions = APIRouter(prefix="/introductions", default_response_class=HTMLResponse)


class Message(BaseModel):
    """The message of who proposes."""

    message: Words


class Question(BaseModel):
    """A question back."""

    question: Words


class Who(TypedDict):
    """What every act takes beside its session."""

    office: Office
    acting: Acting
    introduction_id: int


@introductions.get("")
def read_introductions(asked: AskedPage, after: After = 0) -> Response:
    """The list."""
    return page(introductions_page(asked, after=after))


@introductions.get("/{introduction_id}")
def read_introduction(asked: AskedPage, introduction_id: Number, done: str = "") -> Response:
    """One introduction."""
    return page(introduction_page(asked, introduction_id, done=done if done in DONE else ""))


@introductions.post("/{introduction_id}/answer")
def post_answer(
    asked: AskedPage, introduction_id: Number, answer: Typing = "", reason: Typing = "", words: Typing = "",
    shares_words: Typing = "",
) -> Response:  # fmt: skip
    """Say yes, not now or no for one's side."""
    is_no = answer == "no"
    typed = {"answer": answer, "reason": reason, "words": words, "shares_words": shares_words}
    meant = {**typed, "reason": reason if is_no else "", "shares_words": bool(shares_words) and is_no}
    draft, wrong = understood(asked, AnswerDraft, meant)
    if draft is None:
        return _again(asked, introduction_id, "answer", Typed(typed, wrong.errors), status=UNPROCESSABLE)
    return _act(
        asked, introduction_id, "answer", typed, lambda session, who: answering.answer(session, **who, draft=draft)
    )


@introductions.post("/{introduction_id}/message")
def post_message(asked: AskedPage, introduction_id: Number, message: Typing = "") -> Response:
    """Write the message anew."""
    draft, typed = understood(asked, Message, {"message": message})
    if draft is None:
        return _again(asked, introduction_id, "message", typed, status=UNPROCESSABLE)
    return _act(
        asked, introduction_id, "message", typed.values,
        lambda session, who: proposing.edit_message(session, **who, message=draft.message),
    )  # fmt: skip


@introductions.post("/{introduction_id}/questions")
def post_question(asked: AskedPage, introduction_id: Number, question: Typing = "") -> Response:
    """Ask the other side something before answering."""
    draft, typed = understood(asked, Question, {"question": question})
    if draft is None:
        return _again(asked, introduction_id, "question", typed, status=UNPROCESSABLE)
    return _act(
        asked, introduction_id, "question", typed.values,
        lambda session, who: answering.ask(session, **who, text=draft.question),
    )  # fmt: skip


@introductions.post("/{introduction_id}/questions/{question_id}")
def post_reply(asked: AskedPage, introduction_id: Number, question_id: Number, reply: Typing = "") -> Response:
    """Answer a question of the other side."""
    name = f"reply-{question_id}"
    draft, wrong = understood(asked, Question, {"question": reply})
    if draft is None:
        typed = refused({name: reply}, field=name, sentence=wrong.errors[0].sentence)
        return _again(asked, introduction_id, name, typed, status=UNPROCESSABLE)
    return _act(
        asked, introduction_id, name, {name: reply},
        lambda session, who: answering.reply(session, **who, question_id=question_id, text=draft.question),
        done="reply",
    )  # fmt: skip


@introductions.post("/{introduction_id}/withdrawal")
def post_withdrawal(asked: AskedPage, introduction_id: Number) -> Response:
    """Take the proposal, or one's answer, back."""
    return _act(asked, introduction_id, "act", {}, lambda session, who: proposing.withdraw(session, **who),
                done="withdrawn")  # fmt: skip


@introductions.post("/{introduction_id}/undo")
def post_undo(asked: AskedPage, introduction_id: Number) -> Response:
    """Undo what the secretariat recorded from a telephone call."""
    return _act(asked, introduction_id, "act", {}, lambda session, who: telephone.undo_recorded(session, **who),
                done="undone")  # fmt: skip


@introductions.post("/{introduction_id}/met")
def post_met(asked: AskedPage, introduction_id: Number, has_met: Typing = "") -> Response:
    """Say whether the two have met."""
    return _act(
        asked, introduction_id, "act", {},
        lambda session, who: meeting.say_met(session, **who, has_met=has_met == "yes"), done="met",
    )  # fmt: skip


@introductions.post("/{introduction_id}/outcome")
def post_outcome(asked: AskedPage, introduction_id: Number, days: Typing = "", outcome: Typing = "") -> Response:
    """Say what came of it."""
    draft, wrong = understood(asked, OutcomeDraft, {"days": days, "outcome": outcome})
    if draft is None:
        return _again(asked, introduction_id, "act", wrong, status=UNPROCESSABLE)
    return _act(
        asked, introduction_id, "act", {}, lambda session, who: meeting.report_outcome(session, **who, draft=draft),
        done="outcome",
    )  # fmt: skip


@introductions.post("/{introduction_id}/contacts")
def post_contacts(asked: AskedPage, introduction_id: Number) -> Response:
    """Show the contacts of the other side; who received them, and when, is kept."""
    who: Who = {"office": asked.service.introduction_office(), "acting": asked.signed_in(),
                "introduction_id": introduction_id}  # fmt: skip
    with asked.service.database.transaction() as session:
        found = answering.read_contacts(session, **who)
    contacts = ContactsShown(found.name, found.email, found.people)
    return page(introduction_page(asked, introduction_id, contacts=contacts))


def _act(
    asked: Asked, introduction_id: int, form: str, typed: Mapping[str, Any], act: Callable[[Session, Who], object],
    *, done: str = "",
) -> Response:  # fmt: skip
    """Do an act and lead back to the page; what cannot be done now is said there, with all that was typed."""
    who: Who = {"office": asked.service.introduction_office(), "acting": asked.signed_in(),
                "introduction_id": introduction_id}  # fmt: skip
    try:
        with asked.service.database.transaction() as session:
            act(session, who)
    except (ConflictError, InvalidInputError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        return _again(asked, introduction_id, form, refused(typed, field=form, sentence=sentence), status=CONFLICT)
    return asked.here(f"/introductions/{introduction_id}?done={done or form}#done")


def _again(asked: Asked, introduction_id: int, form: str, typed: Typed, *, status: int) -> Response:
    return page(introduction_page(asked, introduction_id, filled=Filled({form: typed})), status=status)
