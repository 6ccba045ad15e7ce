"""What applicants and those who decide do with an application; each form leads back to its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from sqlmodel import Session

from api.web.applications import application_page
from api.web.doing import CONFLICT, Act, refusal_of
from api.web.frames import KEPT_FOR_THE_WAY_BACK, Asked, AskedPage, page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.models import Acting
from matchmaker.membership import actions, deciding
from matchmaker.membership.states import Outcome
from matchmaker.texts import Text, Words

DONE = frozenset({"words", "submitted", "withdrawn", "appeal", "decided", "voted", "counted", "replaced"})
SURE, CHANGE = "sure", "change"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
applications = APIRouter(prefix="/applications/{application_id}", default_response_class=HTMLResponse)


class OwnWords(BaseModel):
    """Why an agent wants to belong."""

    words: Text


class AppealWords(BaseModel):
    """Why a refusal should be looked at again."""

    appeal: Words


class Verdict(BaseModel):
    """A decision or a vote, with its reason."""

    verdict: Outcome
    reason: Words


@applications.get("")
def read_application(asked: AskedPage, application_id: Number, done: str = "") -> Response:
    """One application."""
    return page(application_page(asked, application_id, done=done if done in DONE else ""))


@applications.post("/words")
def post_words(asked: AskedPage, application_id: Number, words: Typing = "", then: Typing = "") -> Response:
    """Correct the words of a draft, and hand it in when that is asked for."""
    draft, typed = understood(asked, OwnWords, {"words": words})
    if draft is None:
        return _again(asked, application_id, typed, status=UNPROCESSABLE)
    office, number, is_ready = asked.service.admission_office(), application_id, then == "submit"

    def act(session: Session, acting: Acting) -> None:
        actions.edit_application(session, office=office, acting=acting, application_id=number, words=draft.words)
        if is_ready:
            actions.submit_application(session, office=office, acting=acting, application_id=number)

    return _act(asked, application_id, "words", typed, act, done="submitted" if is_ready else "words")


@applications.post("/withdrawal")
def post_withdrawal(asked: AskedPage, application_id: Number) -> Response:
    """Take an application back."""
    office, number = asked.service.admission_office(), application_id
    return _act(
        asked, number, "withdrawn", Typed(),
        lambda session, acting: actions.withdraw_application(
            session, office=office, acting=acting, application_id=number
        ),
    )  # fmt: skip


@applications.post("/appeal")
def post_appeal(asked: AskedPage, application_id: Number, appeal: Typing = "") -> Response:
    """Ask once for a refusal to be looked at by other people."""
    draft, typed = understood(asked, AppealWords, {"appeal": appeal})
    if draft is None:
        return _again(asked, application_id, typed, status=UNPROCESSABLE)
    office, number = asked.service.admission_office(), application_id
    return _act(
        asked, number, "appeal", typed,
        lambda session, acting: actions.appeal(
            session, office=office, acting=acting, application_id=number, words=draft.appeal
        ),
    )  # fmt: skip


@applications.post("/decision")
def post_decision(
    asked: AskedPage, application_id: Number, verdict: Typing = "", reason: Typing = "", then: Typing = ""
) -> Response:
    """Decide as one secretary, with a reason, once it was looked at as the applicant will read it."""
    draft, typed = understood(asked, Verdict, {"verdict": verdict, "reason": reason})
    if draft is None:
        return _again(asked, application_id, typed, status=UNPROCESSABLE)
    if then != SURE and (asks := _before(asked, application_id, typed, "decide", then)):
        return asks
    office, number = asked.service.admission_office(), application_id
    return _act(
        asked, number, "verdict", typed,
        lambda session, acting: deciding.decide(
            session, office=office, acting=acting, application_id=number, outcome=draft.verdict, reason=draft.reason
        ),
        done="decided",
    )  # fmt: skip


@applications.post("/vote")
def post_vote(
    asked: AskedPage, application_id: Number, verdict: Typing = "", reason: Typing = "", then: Typing = ""
) -> Response:
    """Vote as a member of the committee, with a reason, once it was looked at."""
    draft, typed = understood(asked, Verdict, {"verdict": verdict, "reason": reason})
    if draft is None:
        return _again(asked, application_id, typed, status=UNPROCESSABLE)
    if then != SURE and (asks := _before(asked, application_id, typed, "vote", then)):
        return asks
    office, number = asked.service.admission_office(), application_id
    return _act(
        asked, number, "verdict", typed,
        lambda session, acting: deciding.vote(
            session, office=office, acting=acting, application_id=number, outcome=draft.verdict, reason=draft.reason
        ),
        done="voted",
    )  # fmt: skip


@applications.post("/count")
def post_count(asked: AskedPage, application_id: Number) -> Response:
    """Close the vote of the committee, once there is a quorum."""
    office, number = asked.service.admission_office(), application_id
    return _act(
        asked, number, "counted", Typed(),
        lambda session, acting: deciding.close_vote(session, office=office, acting=acting, application_id=number),
    )  # fmt: skip


def _act(
    asked: Asked, application_id: int, form: str, typed: Typed, act: Act, *, done: str = ""
) -> Response:  # fmt: skip
    """Do an act and lead back to the page; what cannot be done now is said there."""
    refusal = refusal_of(asked, act)
    if refusal:
        return _again(asked, application_id, refused(typed.values, field=form, sentence=refusal), status=CONFLICT)
    return asked.here(f"/applications/{application_id}?done={done or form}#done")


def _again(asked: Asked, application_id: int, typed: Typed, *, status: int) -> Response:
    return page(application_page(asked, application_id, typed=typed), status=status)


def _before(asked: Asked, application_id: int, typed: Typed, act: str, then: str) -> Response | None:
    """What is about to be done, for a last look, or the form again; nothing for whom the act is to be refused."""
    asks_again = then == CHANGE
    view = application_page(
        asked, application_id, typed=typed, confirms="" if asks_again else str(typed.get("verdict"))
    )
    return page(view, keeping=KEPT_FOR_THE_WAY_BACK) if act in view.acts else None
