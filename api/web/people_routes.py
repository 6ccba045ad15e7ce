"""What administrators do about people; each form leads back to its page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.desk import check_room
from api.web.doing import CONFLICT, Act, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.people import people_page, person_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.models import Role
from matchmaker.languages import WorkingLanguage
from matchmaker.people.appointing import appoint, change_role, end_account
from matchmaker.people.overseeing import end_token, sign_out
from matchmaker.people.representing import Invited
from matchmaker.texts import EmailAddress, Name

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"appointed", "role", "signed_out", "token", "ended"})
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
people = APIRouter(prefix="/desk/people", default_response_class=HTMLResponse)


class Appointment(BaseModel):
    """Who gets a role of the alliance."""

    name: Name
    email: EmailAddress
    role: Role
    language: WorkingLanguage


class GivenRole(BaseModel):
    """Another role."""

    role: Role


@people.get("")
def read_people(asked: AskedPage, q: str = "", role: str = "", after: After = 0, done: str = "") -> Response:
    """Accounts."""
    return page(people_page(asked, words=q[:200], role=role, after=after, done=done if done in DONE else ""))


@people.post("")
def post_appointment(
    asked: AskedPage, name: Typing = "", email: Typing = "", role: Typing = "", language: Typing = ""
) -> Response:
    """Appoint somebody, who gets an account and a letter."""
    check_room(asked, "people")
    values = {"name": name, "email": email, "role": role, "language": language}
    draft, typed = understood(asked, Appointment, values)
    if draft is None:
        return page(people_page(asked, words="", role="", after=0, typed=typed), status=UNPROCESSABLE)
    invited, now = Invited(address=draft.email, name=draft.name, language=draft.language), asked.service.clock()
    refusal = refusal_of(
        asked, lambda session, acting: appoint(session, acting=acting, invited=invited, role=draft.role, now=now)
    )
    if refusal:
        wrong = refused(values, field="email", sentence=refusal)
        return page(people_page(asked, words="", role="", after=0, typed=wrong), status=CONFLICT)
    return asked.here("/desk/people?done=appointed#done")


@people.get("/{account_id}")
def read_person(asked: AskedPage, account_id: Number, done: str = "", ending: str = "") -> Response:
    """One account; with `ending` the step in which its end is confirmed."""
    shown = done if done in DONE else ""
    return page(person_page(asked, account_id, done=shown, is_ending=bool(ending)))


@people.post("/{account_id}/role")
def post_role(asked: AskedPage, account_id: Number, role: Typing = "") -> Response:
    """Give an account another role."""
    draft, typed = understood(asked, GivenRole, {"role": role})
    if draft is None:
        return page(person_page(asked, account_id, typed=typed), status=UNPROCESSABLE)
    now = asked.service.clock()
    return _act(
        asked, account_id, "role",
        lambda session, acting: change_role(session, acting=acting, account_id=account_id, role=draft.role, now=now),
    )  # fmt: skip


@people.post("/{account_id}/sign-out")
def post_sign_out(asked: AskedPage, account_id: Number) -> Response:
    """End the account's sessions in all browsers."""
    now = asked.service.clock()
    return _act(
        asked, account_id, "signed_out",
        lambda session, acting: sign_out(session, acting=acting, account_id=account_id, now=now),
    )  # fmt: skip


@people.post("/{account_id}/tokens/{token_id}/end")
def post_token_end(asked: AskedPage, account_id: Number, token_id: Number) -> Response:
    """End one key."""
    now = asked.service.clock()
    return _act(
        asked, account_id, "token",
        lambda session, acting: end_token(session, acting=acting, account_id=account_id, token_id=token_id, now=now),
    )  # fmt: skip


@people.post("/{account_id}/end")
def post_end(asked: AskedPage, account_id: Number) -> Response:
    """End an account, from the page that says what becomes of its work."""
    now = asked.service.clock()
    return _act(
        asked, account_id, "ended",
        lambda session, acting: end_account(session, acting=acting, account_id=account_id, now=now),
    )  # fmt: skip


def _act(asked: Asked, account_id: int, done: str, act: Act) -> Response:
    check_room(asked, "people")
    refusal = refusal_of(asked, act)
    if refusal:
        wrong: Typed = refused({}, field="acts", sentence=refusal)
        return page(person_page(asked, account_id, typed=wrong), status=CONFLICT)
    return asked.here(f"/desk/people/{account_id}?done={done}#done")
