"""What went wrong, told on a page: in the language of the address, to who is signed in, around it the way on."""

from typing import Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from api.cookies import cookies_of
from api.i18n import language_of, refusal_told, words
from api.pages import render
from api.web.frames import person_of
from api.web.navigation import navigation_of
from api.web.people_views import SignInPage
from api.web.pieces import Choice, Frame, Person
from api.web.typed import Typed
from api.web.views import ProblemPage
from matchmaker.accounts.sessions import who_visits
from matchmaker.languages import WorkingLanguage

NOT_FOUND, TOO_MANY, INTERNAL, BUSY = 404, 429, 500, 503
PASSING = {TOO_MANY, INTERNAL, BUSY}  # the same address may answer a little later
SIGN_IN_NEEDED = "sign_in_needed"
TELLING = {"claim_not_valid", "answer_unknown"}  # say more than that nothing is there
MARKUP = "text/html"


class Problem(Protocol):
    """What a page needs of a problem document."""

    @property
    def status(self) -> int:
        """The HTTP status."""
        ...

    @property
    def code(self) -> str:
        """Which problem it is."""
        ...

    @property
    def values(self) -> dict[str, object]:
        """What its sentence needs."""
        ...


def problem_page(request: Request, problem: Problem) -> Response | None:
    """The page of a problem; nothing where the address is none of a page and no browser asks."""
    first, _, rest = request.scope["path"].lstrip("/").partition("/")
    is_page = first in set(WorkingLanguage)
    if not is_page and MARKUP not in request.headers.get("accept", ""):
        return None
    language = WorkingLanguage(first) if is_page else language_of(request.headers.get("accept-language", ""))
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language", "Content-Language": str(language)}
    if is_page and problem.code == SIGN_IN_NEEDED:
        return HTMLResponse(render(_sign_in_first(request, language, f"/{rest}")), problem.status, headers)
    is_missing = (problem.status == NOT_FOUND and problem.code not in TELLING) or _is_mistyped(request, problem)
    view = ProblemPage(
        language=str(language),
        frame=_frame(request, f"/{rest}" if is_page else "/", "problem", is_broken=problem.status in {INTERNAL, BUSY}),
        is_missing=is_missing,
        again=_again(request, problem) if is_page else "",
        title=words(language, f"problem.{problem.code}.title", problem.values),
        detail=refusal_told(language, problem.code, problem.values),
    )
    return HTMLResponse(render(view), NOT_FOUND if is_missing else problem.status, headers)


def _sign_in_first(request: Request, language: WorkingLanguage, path: str) -> SignInPage:
    """The form to sign in, which leads back to the page that was wanted."""
    known = request.app.state.service.settings.openid_providers.items()
    return SignInPage(
        language=str(language),
        frame=_frame(request, path, "sign-in"),
        typed=Typed(),
        providers=tuple(Choice(name, row.title or name) for name, row in known),
        wanted=_address(request) if request.method == "GET" else "",
        lead=words(language, "problem.sign_in_needed.title", {}),
    )


def _frame(request: Request, path: str, section: str, *, is_broken: bool = False) -> Frame:
    person = _reader(request, is_broken=is_broken)
    return Frame(path, "", section, person=person, navigation=navigation_of(request.app, person))


def _reader(request: Request, *, is_broken: bool) -> Person | None:
    """Who is signed in, also where no page of ours was reached; a database in trouble is not asked once more."""
    service = request.app.state.service
    secret = cookies_of(service.settings).session_of(request)
    if is_broken or not secret or hasattr(request.state, "person"):
        return getattr(request.state, "person", None)
    try:
        with service.database.reading() as session:
            visit = who_visits(session, secret=secret, now=service.clock())
            return person_of(request, service, session, visit.acting) if visit else None
    except SQLAlchemyError:
        return None


def _again(request: Request, problem: Problem) -> str:
    """The address to ask once more, where that may help and changes nothing."""
    return _address(request) if problem.status in PASSING and request.method == "GET" else ""


def _address(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.scope['path']}{query}"


def _is_mistyped(request: Request, problem: Problem) -> bool:
    """An address with a word where a number belongs leads nowhere, to a reader."""
    return problem.code == "invalid_input" and request.method == "GET"
