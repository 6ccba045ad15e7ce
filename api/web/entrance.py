"""Coming in and going out: a link for this browser, its code for any other, or a provider."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from api.cookies import cookies_of
from api.pace import Pace
from api.security import address_of, current_pace
from api.signing_in import begin, steadily
from api.web.frames import NEVER_KEPT, SEE_OTHER, Asked, AskedPage, page
from api.web.people_views import CodePage, LinkPage, SignInPage
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.rules import REQUEST_LIFE
from matchmaker.accounts.seals import CODE_DIGITS, new_secret
from matchmaker.accounts.sessions import end_session
from matchmaker.accounts.signing_in import take_code, take_link
from matchmaker.errors import NotAllowedError
from matchmaker.people.signing_in import ask_to_sign_in
from matchmaker.texts import EmailAddress

FORBIDDEN = 403
MINUTES = int(REQUEST_LIFE.total_seconds() // 60)
CODE = rf"^[0-9]{{{CODE_DIGITS}}}$"
CurrentPace = Annotated[Pace, Depends(current_pace)]
Typing = Annotated[str, Form()]
Secret = Annotated[str, Path(max_length=100)]
STEADY = [Depends(steadily, scope="function")]
KEPT_ON_THE_DEVICE = '"storage"'
"""What a browser forgets with the session: agendas kept for reading without a network."""
entrance = APIRouter(default_response_class=HTMLResponse)


class Asking(BaseModel):
    """Who asks for a letter."""

    email: EmailAddress


class TypedCode(Asking):
    """The digits of a letter; people type them with spaces and hyphens between."""

    model_config = ConfigDict(str_strip_whitespace=True)
    code: Annotated[str, StringConstraints(pattern=CODE)]


@entrance.get("/sign-in")
def sign_in(asked: AskedPage, wanted: str = "") -> Response:
    """Ask for an address; whoever is signed in is at home."""
    if asked.person is not None:
        return asked.here("/account")
    return page(sign_in_page(asked, Typed(), wanted=wanted))


@entrance.post("/sign-in", dependencies=STEADY)
def ask(request: Request, asked: AskedPage, pace: CurrentPace, email: Typing = "", wanted: Typing = "") -> Response:
    """Send a letter where an account has this address; the answer is the same for every address."""
    draft, typed = understood(asked, Asking, {"email": email})
    if draft is None:
        return page(sign_in_page(asked, typed, wanted=wanted, form="page-form"), status=UNPROCESSABLE)
    pace.count_sign_in("sign-in", caller=address_of(request), address=draft.email)
    service, cookies = asked.service, cookies_of(asked.service.settings)
    browser = cookies.browser_of(request) or new_secret()
    asked.session.close()
    with service.database.transaction() as session:
        ask_to_sign_in(
            session, key=service.signing_key, address=draft.email, browser=browser, now=service.clock(),
            language=asked.language,
        )  # fmt: skip
    answer = page(_code_page(asked, typed, is_sent=True))
    cookies.keep_browser(answer, browser)
    cookies.keep_next(answer, wanted)
    return answer


@entrance.get("/sign-in/code")
def code(asked: AskedPage) -> Response:
    """Ask for the digits of a letter that was opened elsewhere."""
    return page(_code_page(asked, Typed()))


@entrance.post("/sign-in/code", dependencies=STEADY)
def type_code(request: Request, asked: AskedPage, pace: CurrentPace, email: Typing = "", code: Typing = "") -> Response:
    """Sign in by the digits; a few wrong ones end them."""
    plain = "".join(part for part in code if part not in " -\u00a0")
    draft, typed = understood(asked, TypedCode, {"email": email, "code": plain})
    if draft is None:
        return page(_code_page(asked, typed), status=UNPROCESSABLE)
    pace.count_sign_in("code", caller=address_of(request), address=draft.email)
    service = asked.service
    asked.session.close()
    with service.database.transaction() as session:  # a wrong code is counted, so it must not be rolled back
        account = take_code(session, key=service.signing_key, address=draft.email, code=draft.code, now=service.clock())
        secret = begin(request, session, service, account) if account else ""
    if secret:
        return _come_in(request, asked, secret)
    wrong = refused(typed.values, field="code", sentence=asked.say("problem.sign_in_not_valid.detail"))
    return page(_code_page(asked, wrong), status=FORBIDDEN)


@entrance.get("/sign-in/{secret}")
def link(asked: AskedPage, secret: Secret) -> Response:
    """Ask to go on: programs that open every link of a letter sign nobody in."""
    return page(LinkPage(asked.language, asked.frame("sign-in"), secret))


@entrance.post("/sign-in/{secret}", dependencies=STEADY)
def open_link(request: Request, asked: AskedPage, pace: CurrentPace, secret: Secret) -> Response:
    """Sign in by a link, in the browser that asked for it; elsewhere ask for the digits of the same letter."""
    pace.count_sign_in("link", caller=address_of(request), address="")
    service = asked.service
    browser = cookies_of(service.settings).browser_of(request)
    asked.session.close()
    try:
        with service.database.transaction() as session:
            account = take_link(session, secret=secret, browser=browser, now=service.clock())
            kept = begin(request, session, service, account)
    except NotAllowedError as refusal:
        if refusal.code == "other_browser":
            return page(_code_page(asked, Typed(), is_other_browser=True), status=FORBIDDEN)
        lead = asked.say_refusal(refusal.code)
        return page(sign_in_page(asked, Typed(), lead=lead, path="/sign-in"), status=FORBIDDEN)
    return _come_in(request, asked, kept)


@entrance.post("/sign-out")
def sign_out(asked: AskedPage) -> Response:
    """End the present session; once more does no harm."""
    answer = asked.here("/")
    answer.headers["Clear-Site-Data"] = KEPT_ON_THE_DEVICE
    if asked.person is not None and asked.acting.session_id is not None:
        asked.session.close()
        with asked.service.database.transaction() as session:
            end_session(session, acting=asked.acting, session_id=asked.acting.session_id, now=asked.service.clock())
        cookies_of(asked.service.settings).forget_session(answer)
    return answer


def sign_in_page(
    asked: Asked, typed: Typed, *, wanted: str = "", form: str = "", lead: str = "", path: str = ""
) -> SignInPage:
    """The form that asks for an address, and the providers."""
    known = asked.service.settings.openid_providers.items()
    providers = tuple(Choice(name, row.title or name) for name, row in known)
    frame = asked.frame("sign-in", form=form)
    return SignInPage(asked.language, replace(frame, path=path or frame.path), typed, providers, wanted, lead)


def _code_page(asked: Asked, typed: Typed, *, is_sent: bool = False, is_other_browser: bool = False) -> CodePage:
    frame = replace(asked.frame("sign-in"), path="/sign-in/code")
    return CodePage(asked.language, frame, typed, is_sent, is_other_browser, MINUTES)


def _come_in(request: Request, asked: Asked, secret: str) -> RedirectResponse:
    cookies = cookies_of(asked.service.settings)
    wanted = cookies.next_of(request)
    answer = RedirectResponse(wanted, SEE_OTHER, NEVER_KEPT) if wanted else asked.here("/account")
    cookies.keep_session(answer, secret)
    cookies.forget_next(answer)
    return answer
