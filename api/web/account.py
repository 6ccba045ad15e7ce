"""What one does about oneself: name, language, letters, browsers, keys. Each form leads back to the page."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from api.web.frames import Asked, AskedPage, page
from api.web.oneself import account_page
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.actions import describe_oneself, make_own_token, revoke_own_token
from matchmaker.accounts.models import Scope
from matchmaker.accounts.sessions import end_other_sessions, end_session
from matchmaker.errors import InvalidInputError
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.habits import Wish, save_habits
from matchmaker.letters.kinds import OF_ACCOUNTS
from matchmaker.texts import Name

DONE = frozenset({"oneself", "letters", "session", "sessions", "token_ended"})
TOKEN_DAYS = 365  # of a key made on the page; programs that need longer ones use the API
Typing = Annotated[str, Form()]
Ticks = Annotated[list[str], Form(default_factory=list)]
Number = Annotated[int, Form(ge=1, le=2**31 - 1)]
Hour = Annotated[int, Form(ge=0, le=23)]
account = APIRouter(prefix="/account", default_response_class=HTMLResponse)


class Oneself(BaseModel):
    """By which name one goes, and in which language one reads."""

    name: Name
    language: WorkingLanguage


class NewToken(BaseModel):
    """A key for a program."""

    label: Name
    scopes: list[Scope] = Field(min_length=1)


@account.get("")
def read_account(asked: AskedPage, done: str = "") -> Response:
    """Oneself."""
    return page(account_page(asked, done=done if done in DONE else ""))


@account.post("")
def post_oneself(asked: AskedPage, name: Typing = "", language: Typing = "") -> Response:
    """Save name and language; the page goes on in the language chosen."""
    acting = asked.signed_in()
    draft, typed = understood(asked, Oneself, {"name": name, "language": language})
    if draft is None:
        return page(account_page(asked, oneself=typed), status=UNPROCESSABLE)
    asked.session.close()
    with asked.service.database.transaction() as session:
        describe_oneself(session, acting=acting, name=draft.name, language=draft.language)
    return _done(asked, "oneself")


@account.post("/letters")
def post_letters(
    asked: AskedPage, wanted: Ticks, quiet_from: Hour = 20, quiet_until: Hour = 8, time_zone: Typing = ""
) -> Response:
    """Save when, and of what, letters are wanted."""
    acting = asked.signed_in()
    unwanted = tuple(group for group in OF_ACCOUNTS if group not in wanted)
    wish = Wish(time_zone.strip(), quiet_from, quiet_until, unwanted)
    try:
        with asked.service.database.transaction() as session:
            save_habits(session, acting=acting, wish=wish)
    except InvalidInputError as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        typed = refused({"time_zone": time_zone}, field="time_zone", sentence=sentence)
        return page(account_page(asked, letters=typed), status=UNPROCESSABLE)
    return _done(asked, "letters")


@account.post("/sessions/end")
def post_end(asked: AskedPage, session_id: Number) -> Response:
    """End one of one's sessions; one that has ended already is no surprise."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        end_session(session, acting=acting, session_id=session_id, now=asked.service.clock())
    return _done(asked, "session")


@account.post("/sessions/end-others")
def post_end_others(asked: AskedPage) -> Response:
    """End all sessions but this one."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        end_other_sessions(session, acting=acting, now=asked.service.clock())
    return _done(asked, "sessions")


@account.post("/tokens")
def post_token(asked: AskedPage, scopes: Ticks, label: Typing = "") -> Response:
    """Make a key and show it this once."""
    acting = asked.signed_in()
    draft, typed = understood(asked, NewToken, {"label": label, "scopes": scopes})
    if draft is None:
        return page(account_page(asked, token=typed), status=UNPROCESSABLE)
    now = asked.service.clock()
    with asked.service.database.transaction() as session:
        _, key = make_own_token(
            session, acting=acting, label=draft.label, scopes=draft.scopes, now=now,
            expires_at=now + timedelta(days=TOKEN_DAYS),
        )  # fmt: skip
    return page(account_page(asked, key=key))


@account.post("/tokens/end")
def post_token_end(asked: AskedPage, token_id: Number) -> Response:
    """End one of one's keys."""
    acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        revoke_own_token(session, acting=acting, token_id=token_id, now=asked.service.clock())
    return _done(asked, "token_ended")


def _done(asked: Asked, what: str) -> Response:
    return asked.here(f"/account?done={what}#done")
