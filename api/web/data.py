"""One's own data on a page: the copy to take along, a right used, how far it has come."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ValidationError
from sqlmodel import Session

from api.web.data_views import DataPage, RequestShown, SubjectShown
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.accounts.models import Acting
from matchmaker.profiles.queries import full_profiles
from matchmaker.profiles.speaking import profiles_spoken_for
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Channel, Request, Right, State, Subject
from matchmaker.rights.queries import own_requests
from matchmaker.rights.requests import file_request, withdraw_request
from matchmaker.rights.rules import OPEN, is_overdue, may_follow
from matchmaker.texts import Text

ASKED_FOR = (Right.CORRECT, Right.BLOCK, Right.OBJECT, Right.REVIEW, Right.ERASE)
"""What is asked by the form; the copy is a link."""
DONE = frozenset({"asked", "withdrawn"})
NOTHING = Typed()
Typing = Annotated[str, Form()]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
data = APIRouter(prefix="/account/data", default_response_class=HTMLResponse)


class Asking(BaseModel):
    """A right that is used, as the form sends it."""

    right: Right
    words: Text = ""


@dataclass(frozen=True)
class _Filed:
    """An act that files a request, once: the same one that still waits is left as it is."""

    asked: Asked
    draft: RequestDraft

    def __call__(self, session: Session, acting: Acting) -> None:
        draft = self.draft
        wanted = (draft.right, draft.subject, draft.subject_id, draft.words)
        waiting = [row for row in own_requests(session, acting=acting) if row.state in OPEN]
        if wanted not in [(row.kind, row.subject, row.subject_id, row.words) for row in waiting]:
            office = self.asked.service.rights_office()
            file_request(session, office=office, acting=acting, draft=draft, channel=Channel.PAGE)


@data.get("")
def read_data(asked: AskedPage, done: str = "") -> Response:
    """One's own data."""
    return page(_data_page(asked, done=done if done in DONE else ""))


@data.post("")
def post_data(
    asked: AskedPage, right: Typing = "", about: Typing = "", words: Typing = "", confirmed: Typing = ""
) -> Response:
    """Use a right; an erasure is confirmed first, by the name of what it erases."""
    asked.signed_in()
    typed = Typed({"right": right, "about": about, "words": words})
    subject = next((each for each in _subjects(asked) if _key(each) == about), None)
    if subject is None:
        return _again(asked, typed, "about", asked.say("form.about"))
    try:
        read = Asking.model_validate({"right": right, "words": words})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        return _again(asked, typed, name, asked.say(f"form.{name}") or asked.say("form.invalid"))
    if read.right is Right.ERASE and not confirmed:
        return page(_data_page(asked, typed=typed, confirming=subject.name))
    draft = RequestDraft(right=read.right, subject=Subject(subject.subject), subject_id=subject.id, words=read.words)
    sentence = refusal_of(asked, _Filed(asked, draft))
    return _again(asked, typed, "words", sentence) if sentence else asked.here("/account/data?done=asked#done")


@data.post("/{request_id}/withdrawal")
def post_withdrawal(asked: AskedPage, request_id: Number) -> Response:
    """Take a request back."""

    def act(session: Session, acting: Acting) -> None:
        withdraw_request(session, office=asked.service.rights_office(), acting=acting, request_id=request_id)

    sentence = refusal_of(asked, act)
    if sentence:
        return page(_data_page(asked, typed=refused({}, field="requests", sentence=sentence)), status=CONFLICT)
    return asked.here("/account/data?done=withdrawn#done")


def _again(asked: Asked, typed: Typed, field: str, sentence: str) -> Response:
    wrong = refused(typed.values, field=field, sentence=sentence)
    return page(_data_page(asked, typed=wrong), status=UNPROCESSABLE)


def _data_page(asked: Asked, *, typed: Typed = NOTHING, confirming: str = "", done: str = "") -> DataPage:
    acting, session = asked.signed_in(), asked.session
    subjects = _subjects(asked)
    names = {(each.subject, each.id): each.name for each in subjects}
    return DataPage(
        language=asked.language,
        frame=asked.frame("account", form="page-form" if typed.values else ""),
        subjects=subjects,
        choices=tuple(Choice(_key(each), each.name, _key(each) == typed.get("about")) for each in subjects),
        rights=tuple(Choice(right, right, right == typed.get("right")) for right in ASKED_FOR),
        typed=typed,
        confirming=confirming,
        requests=tuple(_request(asked, row, names) for row in own_requests(session, acting=acting)),
        erased_after=asked.service.rights_office().retention.erase_after_days,
        done=done,
    )


def _subjects(asked: Asked) -> tuple[SubjectShown, ...]:
    """Oneself, then the members for which one speaks."""
    acting = asked.signed_in()
    spoken = profiles_spoken_for(asked.session, acting=acting)
    members = full_profiles(asked.session, acting=acting, profile_ids=spoken)
    oneself = SubjectShown(Subject.ACCOUNT, acting.account_id or 0, asked.person.name if asked.person else "")
    return (oneself, *(SubjectShown(Subject.PROFILE, key, full.profile.name) for key, full in sorted(members.items())))


def _key(subject: SubjectShown) -> str:
    return f"{subject.subject}-{subject.id}"


def _request(asked: Asked, row: Request, names: dict[tuple[str, int], str]) -> RequestShown:
    return RequestShown(
        id=row.id or 0,
        right=row.kind,
        name=names.get((row.subject, row.subject_id), ""),
        state=row.state,
        words=row.words,
        answer=row.answer,
        law=row.law,
        article=row.article,
        received_at=row.received_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        is_open=row.state in OPEN,
        is_overdue=is_overdue(row.state, row.due_at, now=asked.service.clock()),
        may_withdraw=may_follow(row.state, State.WITHDRAWN, kind=row.kind),
    )
