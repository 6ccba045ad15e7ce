"""What went wrong, told on a page: in the language of the address, around it the way back."""

from typing import Protocol

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from api.i18n import language_of, words
from api.pages import render
from api.web.people_views import SignInPage
from api.web.pieces import Choice, Frame
from api.web.typed import Typed
from api.web.views import ProblemPage
from matchmaker.languages import WorkingLanguage

NOT_FOUND = 404
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
        return HTMLResponse(render(_sign_in_first(request, language, rest)), problem.status, headers)
    is_missing = (problem.status == NOT_FOUND and problem.code not in TELLING) or _is_mistyped(request, problem)
    view = ProblemPage(
        language=str(language),
        frame=Frame(f"/{rest}" if is_page else "/", "", "problem"),
        is_missing=is_missing,
        title=words(language, f"problem.{problem.code}.title", problem.values),
        detail=words(language, f"problem.{problem.code}.detail", problem.values),
    )
    return HTMLResponse(render(view), NOT_FOUND if is_missing else problem.status, headers)


def _sign_in_first(request: Request, language: WorkingLanguage, rest: str) -> SignInPage:
    """The form to sign in, which leads back to the page that was wanted."""
    known = request.app.state.service.settings.openid_providers.items()
    wanted = f"/{language}/{rest}" if request.method == "GET" else ""
    return SignInPage(
        language=str(language),
        frame=Frame(f"/{rest}", "", "sign-in"),
        typed=Typed(),
        providers=tuple(Choice(name, row.title or name) for name, row in known),
        wanted=wanted,
        lead=words(language, "problem.sign_in_needed.title", {}),
    )


def _is_mistyped(request: Request, problem: Problem) -> bool:
    """An address with a word where a number belongs leads nowhere, to a reader."""
    return problem.code == "invalid_input" and request.method == "GET"
