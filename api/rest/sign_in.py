"""Signing in by a letter, and out."""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.cookies import cookies_of, csrf_token_of
from api.rest.account_inputs import AskingBody, CodeBody, LinkBody
from api.rest.account_shapes import MeShape, me_shape
from api.rest.answers import MEDIA_TYPE, NEVER_KEPT, tried_answer
from api.rest.dependencies import CallerLanguage, Transaction, only_json
from api.rest.documents import Responses
from api.security import CurrentPace, CurrentService, SignedIn, address_of
from api.signing_in import begin, steadily
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.accounts.rules import REQUEST_LIFE
from matchmaker.accounts.seals import CODE_DIGITS, new_secret
from matchmaker.accounts.sessions import end_session
from matchmaker.accounts.signing_in import Newcomer, take_code, take_link
from matchmaker.errors import NotAllowedError
from matchmaker.people.signing_in import ask_to_sign_in

ASKED: Responses = {202: {"description": "If an account has this address, a letter is on its way; the answer is one"}}
SIGNED_IN: Responses = {200: {"description": "Signed in: the cookie is set"}}
GONE: Responses = {204: {"description": "Done; there is nothing to show"}}


router = APIRouter(tags=["sign-in"])
STEADY = [Depends(steadily, scope="function"), Depends(only_json)]


class AskedShape(BaseModel):
    """The same for every address."""

    minutes: int
    code_digits: int


@router.post(
    "/sign-in", status_code=HTTPStatus.ACCEPTED, response_model=AskedShape, responses=ASKED, dependencies=STEADY
)
def ask(
    request: Request,
    session: Transaction,
    service: CurrentService,
    pace: CurrentPace,
    language: CallerLanguage,
    body: AskingBody,
) -> Response:
    """Ask for a letter with a link for this browser and a code for any other."""
    pace.count_sign_in("sign-in", caller=address_of(request), address=body.email)
    cookies = cookies_of(service.settings)
    browser = cookies.browser_of(request) or new_secret()
    newcomer = Newcomer(name=body.name, role=Role(body.role)) if body.name else None
    ask_to_sign_in(
        session, key=service.signing_key, address=body.email, browser=browser, now=service.clock(),
        language=body.language or language, newcomer=newcomer,
    )  # fmt: skip
    minutes = int(REQUEST_LIFE.total_seconds() // 60)
    shape = AskedShape(minutes=minutes, code_digits=CODE_DIGITS)
    answer = Response(shape.model_dump_json(), HTTPStatus.ACCEPTED, NEVER_KEPT, MEDIA_TYPE)
    cookies.keep_browser(answer, browser)
    return answer


@router.post("/sign-in/link", response_model=MeShape, responses=SIGNED_IN, dependencies=STEADY)
def open_link(
    request: Request, session: Transaction, service: CurrentService, pace: CurrentPace, body: LinkBody
) -> Response:
    """Sign in by the link of a letter, in the browser that asked for it; it opens once."""
    pace.count_sign_in("link", caller=address_of(request), address="")
    browser = cookies_of(service.settings).browser_of(request)
    account = take_link(session, secret=body.secret, browser=browser, now=service.clock())
    return signed_in_answer(request, session, service, account)


@router.post("/sign-in/code", response_model=MeShape, responses=SIGNED_IN, dependencies=STEADY)
def type_code(request: Request, service: CurrentService, pace: CurrentPace, body: CodeBody) -> Response:
    """Sign in by the code of a letter, in any browser; a code may be mistyped a few times."""
    pace.count_sign_in("code", caller=address_of(request), address=body.email)
    code = body.code.replace(" ", "")
    with service.database.transaction() as session:  # a wrong code is counted, so it must not be rolled back
        account = take_code(session, key=service.signing_key, address=body.email, code=code, now=service.clock())
        answer = signed_in_answer(request, session, service, account) if account else None
    if answer is None:
        raise NotAllowedError("sign_in_not_valid")
    return answer


@router.post("/sign-out", status_code=HTTPStatus.NO_CONTENT, responses=GONE)
def sign_out(session: Transaction, service: CurrentService, caller: SignedIn) -> Response:
    """End the present session."""
    if caller.session_id is not None:
        end_session(session, acting=caller, session_id=caller.session_id, now=service.clock())
    answer = Response(status_code=HTTPStatus.NO_CONTENT)
    cookies_of(service.settings).forget_session(answer)
    return answer


def signed_in_answer(request: Request, session: Session, service: Service, account: Account | None) -> Response:
    """Begin a session in the browser that asks. Raises `sign_in_not_valid`."""
    secret = begin(request, session, service, account)
    acting = Acting(account_id=account.id, role=Role(account.role)) if account else Acting()
    answer = tried_answer(me_shape(session, acting, csrf_token=csrf_token_of(secret)))
    cookies_of(service.settings).keep_session(answer, secret)
    return answer
