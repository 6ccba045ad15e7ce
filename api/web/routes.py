"""The addresses of pages: `/es`, `/pt` and `/en` hold the same ones."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from api.i18n import language_of
from api.pages import STATIC, render
from api.security import who_calls, who_searches
from api.web import trying
from api.web.alliance import alliance_page
from api.web.answers import answer_page, answered_page
from api.web.challenges import challenge_page, challenges_page
from api.web.finding import shown_of
from api.web.forms import TryForm
from api.web.frames import Asked, AskedPage
from api.web.numbers import numbers_of
from api.web.profiles import opportunities_page, profile_page, profiles_page
from api.web.shown import FormView
from api.web.views import Landing
from matchmaker.languages import WorkingLanguage

OK, NOT_FOUND, UNPROCESSABLE = 200, 404, 422
LARGEST_NUMBER = 2**31 - 1  # of a row in PostgreSQL's integer
NEVER_KEPT = {"Cache-Control": "no-store"}  # what is tried stays with who tried it
KEPT_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the address changes with the content
ASSETS = ("style.css", "icon.svg")
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Kinds = Annotated[list[str] | None, Query()]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Token = Annotated[str, Path(max_length=1_000)]  # of a link in a letter
SEARCHES = [Depends(who_searches)]  # costs more than a read, so fewer a minute are answered

pages = APIRouter(dependencies=[Depends(who_calls)], default_response_class=HTMLResponse, include_in_schema=False)
router = APIRouter(include_in_schema=False)


@pages.get("/")
def landing(asked: AskedPage) -> HTMLResponse:
    """The first page."""
    return _landing(asked, trying.form_view(asked, TryForm()))


@pages.get("")
def landing_without_slash(asked: AskedPage) -> RedirectResponse:
    """The first page, by the shorter address that people type."""
    return RedirectResponse(f"/{asked.language}/")


@pages.post("/try", dependencies=SEARCHES)
def try_challenge(asked: AskedPage, form: Annotated[TryForm, Form()]) -> HTMLResponse:
    """Who answers the challenge in the form; the form again when something in it is wrong."""
    understood = trying.read(asked, form)
    if understood.draft is None:
        return _landing(asked, trying.form_view(asked, form, understood), status=UNPROCESSABLE)
    return HTMLResponse(render(trying.answer_of(asked, form, understood, understood.draft)), headers=NEVER_KEPT)


@pages.get("/try")
def try_again(asked: AskedPage) -> RedirectResponse:
    """A tried challenge is not kept: its address leads back to the form."""
    return RedirectResponse(f"/{asked.language}/")


@pages.get("/profiles")
def profiles(asked: AskedPage, kind: str = "", country: str = "", after: After = 0) -> HTMLResponse:
    """The list of profiles."""
    return HTMLResponse(render(profiles_page(asked, kind=kind, country=country, after=after)))


@pages.get("/profiles/{profile_id}")
def profile(asked: AskedPage, profile_id: Number) -> HTMLResponse:
    """One profile."""
    return HTMLResponse(render(profile_page(asked, profile_id)))


@pages.get("/profiles/{profile_id}/opportunities", dependencies=SEARCHES)
def opportunities(asked: AskedPage, profile_id: Number) -> HTMLResponse:
    """The open challenges that fit a profile."""
    return HTMLResponse(render(opportunities_page(asked, profile_id)))


@pages.get("/challenges")
def challenges(asked: AskedPage, country: str = "", after: After = 0) -> HTMLResponse:
    """The list of open challenges."""
    return HTMLResponse(render(challenges_page(asked, country=country, after=after)))


@pages.get("/challenges/{challenge_id}", dependencies=SEARCHES)
def challenge(
    asked: AskedPage, challenge_id: Number, kinds: Kinds = None, delivering: str = "", shown: str = ""
) -> HTMLResponse:
    """One challenge with those who answer it."""
    view = challenge_page(asked, challenge_id, kinds=kinds or [], delivering=bool(delivering), shown=shown_of(shown))
    return HTMLResponse(render(view))


@pages.get("/alliance")
def alliance(asked: AskedPage) -> HTMLResponse:
    """The alliance's model."""
    return HTMLResponse(render(alliance_page(asked)))


@pages.get("/answers/{token}")
def answer(asked: AskedPage, token: Token) -> HTMLResponse:
    """What the link of a letter would do: programs that open all links do nothing by it."""
    return HTMLResponse(render(answer_page(asked, token)), headers=NEVER_KEPT)


@pages.post("/answers/{token}")
def confirm_answer(asked: AskedPage, token: Token) -> HTMLResponse:
    """Do it."""
    return HTMLResponse(render(answered_page(asked, token)), headers=NEVER_KEPT)


@router.get("/")
def greet(request: Request) -> RedirectResponse:
    """Lead to the language that the browser asks for."""
    language = language_of(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{language}/", headers={"Vary": "Accept-Language"})


@router.get("/static/{name}")
def static(name: str) -> Response:
    """One of the few files that pages need."""
    if name not in ASSETS:
        return Response(status_code=NOT_FOUND)
    return FileResponse(STATIC / name, headers=KEPT_FOR_EVER)


for _language in WorkingLanguage:
    router.include_router(pages, prefix=f"/{_language}")


def _landing(asked: Asked, form: FormView, *, status: int = OK) -> HTMLResponse:
    numbers = numbers_of(asked.session, acting=asked.acting)
    view = Landing(asked.language, asked.frame("try", is_posted=asked.path == "/try"), form, numbers)
    return HTMLResponse(render(view), status_code=status, headers=NEVER_KEPT)
