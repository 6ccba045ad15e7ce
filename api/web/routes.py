"""The addresses of pages: `/es`, `/pt` and `/en` hold the same ones."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.files import file_of
from api.i18n import language_of
from api.security import who_searches, who_searches_lists
from api.web import trying
from api.web.account import account
from api.web.alert_routes import alerts
from api.web.alliance import alliance_page
from api.web.answers import answer_page, answered_page
from api.web.application_routes import applications
from api.web.areas import areas
from api.web.assessments import assessments
from api.web.audits import audits
from api.web.challenge_list import challenges_page
from api.web.challenges import NarrowForm, asked_for
from api.web.claims import claims
from api.web.committees import committees
from api.web.conflicts import conflicts
from api.web.crawling import crawling
from api.web.data import data
from api.web.deciding import decisions
from api.web.design import design
from api.web.desk_routes import desk
from api.web.duplicates import duplicates
from api.web.entrance import entrance
from api.web.event_agenda_routes import event_agenda
from api.web.event_desk_routes import event_desk
from api.web.event_door import event_door
from api.web.event_report import event_report
from api.web.event_routes import events
from api.web.everyone import everyone
from api.web.forms import TryForm
from api.web.frames import KEPT_FOR_THE_WAY_BACK, Asked, AskedPage, page
from api.web.grid import grid_of
from api.web.guides import guides
from api.web.import_routes import files
from api.web.introduction_routes import introductions
from api.web.inviting import invitations
from api.web.lessons import lessons
from api.web.list_routes import lists
from api.web.mapping import mapping, small_map
from api.web.members import members
from api.web.mentor_asking import asking
from api.web.mentor_finding import finding
from api.web.mentor_offering import offering
from api.web.mentoring_routes import mentoring
from api.web.numbers import kinds_counted, numbers_of
from api.web.own_agenda import own_agenda, worker
from api.web.people_routes import people
from api.web.profile_pasting_routes import pasting
from api.web.profile_step_routes import writing as profile_writing
from api.web.profiles import profile_page, profiles_page
from api.web.shown import FormView
from api.web.supply_routes import supply
from api.web.telephone_routes import telephone
from api.web.trust import trust
from api.web.views import Landing
from api.web.work_routes import work
from api.web.writing_routes import writing
from matchmaker.languages import WorkingLanguage

OK, NOT_FOUND, UNPROCESSABLE = 200, 404, 422
LARGEST_NUMBER = 2**31 - 1  # of a row in PostgreSQL's integer
KEPT_FOR_EVER = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
}  # the address changes with the content
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Token = Annotated[str, Path(max_length=1_000)]  # of a link in a letter
SEARCHES = [Depends(who_searches)]  # costs more than a read, so fewer a minute are answered
LISTS = [Depends(who_searches_lists)]  # do so when a text is sought in them

pages = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
router = APIRouter(include_in_schema=False)
pages.include_router(profile_writing)  # `/profiles/new` before the profile of any number
pages.include_router(writing)  # before any number of a challenge: "new" is none


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
    return page(trying.answer_of(asked, form, understood, understood.draft), keeping=KEPT_FOR_THE_WAY_BACK)


@pages.get("/try")
def try_again(asked: AskedPage) -> RedirectResponse:
    """A tried challenge is not kept: its address leads back to the form."""
    return RedirectResponse(f"/{asked.language}/")


@pages.get("/profiles", dependencies=LISTS)
def profiles(request: Request, asked: AskedPage, after: After = 0) -> HTMLResponse:
    """The directory of profiles."""
    return page(profiles_page(asked, request.query_params, after=after))


@pages.get("/profiles/{profile_id}")
def profile(asked: AskedPage, profile_id: Number) -> HTMLResponse:
    """One profile."""
    return page(profile_page(asked, profile_id))


@pages.get("/challenges", dependencies=LISTS)
def challenges(request: Request, asked: AskedPage, after: After = 0) -> HTMLResponse:
    """The list of open challenges."""
    return page(challenges_page(asked, request.query_params, after=after))


@pages.get("/challenges/{challenge_id}", dependencies=SEARCHES)
def challenge(asked: AskedPage, challenge_id: Number, narrowed: Annotated[NarrowForm, Query()]) -> HTMLResponse:
    """One challenge with those who answer it, as a list or as a grid."""
    found = asked_for(asked, challenge_id, narrowed)
    return page(grid_of(found) if narrowed.view == "grid" else found)


@pages.get("/alliance")
def alliance(asked: AskedPage) -> HTMLResponse:
    """The alliance's model."""
    return page(alliance_page(asked))


@pages.get("/answers/{token}")
def answer(asked: AskedPage, token: Token) -> HTMLResponse:
    """What the link of a letter would do: programs that open all links do nothing by it."""
    return page(answer_page(asked, token))


@pages.post("/answers/{token}")
def confirm_answer(asked: AskedPage, token: Token) -> HTMLResponse:
    """Do it."""
    return page(answered_page(asked, token))


@router.get("/")
def greet(request: Request) -> RedirectResponse:
    """Lead to the language that the browser asks for."""
    language = language_of(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{language}/", headers={"Vary": "Accept-Language"})


@router.get("/static/{name}")
def static(request: Request, name: str) -> Response:
    """One of the few files that pages need."""
    found = file_of(name)
    if found is None:
        return Response(status_code=NOT_FOUND)
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, headers=KEPT_FOR_EVER | {"Content-Encoding": "gzip"}, media_type=found.media_type)
    return Response(found.content, headers=KEPT_FOR_EVER, media_type=found.media_type)


pages.include_router(entrance)
pages.include_router(work)
pages.include_router(account)
pages.include_router(design)
pages.include_router(everyone)
pages.include_router(data)
pages.include_router(introductions)
pages.include_router(telephone)
pages.include_router(trust)
pages.include_router(own_agenda)
router.include_router(worker)
pages.include_router(claims)
pages.include_router(lessons)
pages.include_router(mentoring)
pages.include_router(asking)
pages.include_router(offering)
pages.include_router(finding)
pages.include_router(alerts)
pages.include_router(supply)
pages.include_router(pasting)
pages.include_router(applications)
pages.include_router(assessments)
pages.include_router(conflicts)
router.include_router(crawling)
for _part in (
    people,
    audits,
    files,
    lists,
    members,
    committees,
    decisions,
    duplicates,
    invitations,
    desk,
    mapping,
    areas,
    guides,
    events,
    event_desk,
    event_agenda,
    event_door,
    event_report,
):
    pages.include_router(_part)
for _language in WorkingLanguage:
    router.include_router(pages, prefix=f"/{_language}")


def _landing(asked: Asked, form: FormView, *, status: int = OK) -> HTMLResponse:
    numbers = numbers_of(asked.session, acting=asked.acting)
    frame = asked.frame("try", form="challenge-form" if asked.path == "/try" else "")
    view = Landing(asked.language, frame, form, numbers, kinds_counted(asked, numbers), small_map(asked))
    return page(view, status=status)
