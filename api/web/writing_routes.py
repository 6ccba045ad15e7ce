"""Writing a challenge: begin, save a step, leave it, come back, post it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.security import who_searches
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.typed import Typed, Wrong
from api.web.typing import UNPROCESSABLE, refused, understood
from api.web.writing import StepForm, alike_page, check_page, is_step, new_page, next_of, step_page
from api.web.writing_forms import said_in
from matchmaker.accounts.models import Acting
from matchmaker.challenges.actions import set_status
from matchmaker.challenges.drafting import begin_challenge, discard_draft, sketch_challenge
from matchmaker.challenges.drafts import Sketch
from matchmaker.challenges.models import Status
from matchmaker.challenges.queries import own_challenge
from matchmaker.challenges.readers import name_guest, unname_guest
from matchmaker.errors import InvalidInputError, NotFoundError

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"posted", "closed", "withdrawn", "reopened", "saved"})
STATUSES = {"close": (Status.CLOSED, "closed"), "withdraw": (Status.WITHDRAWN, "withdrawn"),
            "reopen": (Status.OPEN, "reopened")}  # fmt: skip
PLACES = {"place_unknown", "place_ambiguous"}
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Step = Annotated[str, Path(max_length=20)]
Called = Annotated[str, Query(max_length=200)]
Filled = Annotated[StepForm, Form()]
SEARCHES = [Depends(who_searches)]
writing = APIRouter(prefix="/challenges", default_response_class=HTMLResponse)


@writing.get("/new")
def read_new(asked: AskedPage) -> Response:
    """The first step of a new challenge."""
    return page(new_page(asked, Typed({"audience": "members"})))


@writing.post("/new")
def post_new(asked: AskedPage, form: Filled) -> Response:
    """Keep a new draft, and go on with its second step."""
    acting = asked.signed_in()
    draft, wrong = understood(asked, Sketch, said_in("words", form))
    if draft is None or not form.owner.isdigit() or int(form.owner) > LARGEST_NUMBER:
        errors = wrong.errors if draft is None else (Wrong("owner", asked.say("form.owner")),)
        return page(new_page(asked, Typed(form.model_dump(), errors)), status=UNPROCESSABLE)
    desk = asked.service.desk()
    asked.session.close()
    with asked.service.database.transaction() as session:
        row = begin_challenge(session, desk=desk, acting=acting, owner_id=int(form.owner), sketch=draft)
    return _after(asked, row.id or 0, "words", form)


@writing.get("/{challenge_id}/edit/check")
def read_check(asked: AskedPage, challenge_id: Number, done: str = "") -> Response:
    """All answers."""
    return page(check_page(asked, challenge_id, done=done if done in DONE else ""))


@writing.get("/{challenge_id}/edit/alike", dependencies=SEARCHES)
def read_alike(asked: AskedPage, challenge_id: Number) -> Response:
    """Challenges that may be the same one."""
    return page(alike_page(asked, challenge_id))


@writing.get("/{challenge_id}/edit/areas", dependencies=SEARCHES)
def read_areas(asked: AskedPage, challenge_id: Number) -> Response:
    """The step in which areas are suggested by meaning."""
    return page(step_page(asked, challenge_id, "areas", is_saved=False))


@writing.get("/{challenge_id}/edit/{step}")
def read_step(asked: AskedPage, challenge_id: Number, step: Step, saved: str = "", called: Called = "") -> Response:
    """One step."""
    return page(step_page(asked, challenge_id, _known(step), called=called, is_saved=bool(saved)))


@writing.post("/{challenge_id}/edit/{step}")
def post_step(request: Request, asked: AskedPage, challenge_id: Number, step: Step, form: Filled) -> Response:
    """Save a step; a script that saves while one writes is answered with the page, everyone else led on."""
    own_challenge(asked.session, acting=asked.signed_in(), challenge_id=challenge_id)
    typed = _save(asked, challenge_id, _known(step), form)
    is_autosave = "hx-request" in request.headers
    if typed.errors:
        return page(step_page(asked, challenge_id, step, typed=typed, is_saved=False), status=UNPROCESSABLE)
    if is_autosave:
        return page(step_page(asked, challenge_id, step, typed=typed, is_saved=True))
    return _after(asked, challenge_id, step, form)


@writing.post("/{challenge_id}/publication")
def post_publication(asked: AskedPage, challenge_id: Number) -> Response:
    """Post a draft."""
    return _set(asked, challenge_id, Status.OPEN, f"/challenges/{challenge_id}?done=posted#done")


@writing.post("/{challenge_id}/status")
def post_status(asked: AskedPage, challenge_id: Number, status: Annotated[str, Form()] = "") -> Response:
    """Close, withdraw or open again what is posted."""
    to, done = STATUSES.get(status, (Status.CLOSED, "closed"))
    return _set(asked, challenge_id, to, f"/challenges/{challenge_id}/edit/check?done={done}#done")


@writing.post("/{challenge_id}/discard")
def post_discard(asked: AskedPage, challenge_id: Number) -> Response:
    """Forget a draft."""

    def act(session: Session, acting: Acting) -> None:
        discard_draft(session, acting=acting, challenge_id=challenge_id)

    sentence = refusal_of(asked, act)
    return _not_now(asked, challenge_id, sentence) if sentence else asked.here("/work?done=discarded#done")


def _known(step: str) -> str:
    if not is_step(step):
        raise NotFoundError("address_unknown")
    return step


def _save(asked: Asked, challenge_id: int, step: str, form: StepForm) -> Typed:
    """What was typed, with what stands against saving it."""
    said = said_in(step, form)
    full = own_challenge(asked.session, acting=asked.acting, challenge_id=challenge_id)
    if step == "place" and not form.geonameid and (form.town, form.country) == (
        full.challenge.place_name, full.challenge.country
    ):  # fmt: skip
        return Typed(form.model_dump())  # the same name again might mean several places; the one chosen stands
    if step == "place" and form.country and not said["place"]:
        return Typed(form.model_dump(), (Wrong("town", asked.say("form.town")),))
    draft, wrong = understood(asked, Sketch, said)
    if draft is None:
        errors = tuple(Wrong("town" if each.field == "place" else each.field, each.sentence) for each in wrong.errors)
        return Typed(form.model_dump(), errors)
    desk = asked.service.desk()
    asked.session.close()
    try:
        with asked.service.database.transaction() as session:
            sketch_challenge(session, desk=desk, acting=asked.acting, challenge_id=challenge_id, sketch=draft)
            _change_guests(session, asked.acting, challenge_id, form)
    except InvalidInputError as refusal:
        return Typed(form.model_dump(), (_wrong(asked, refusal, form),))
    values = form.model_dump() | ({"needs": draft.needs or []} if step == "needs" else {})
    return Typed(values)


def _wrong(asked: Asked, refusal: InvalidInputError, form: StepForm) -> Wrong:
    if refusal.code in PLACES:
        return Wrong("town", asked.say(f"form.{refusal.code}", {"town": form.town}))
    field = str(refusal.values.get("field", "title"))
    return Wrong(field, asked.say_refusal(refusal.code, refusal.values))


def _change_guests(session: Session, acting: Acting, challenge_id: int, form: StepForm) -> None:
    verb, _, number = form.act.partition("-")
    if not number.isdigit() or int(number) > LARGEST_NUMBER:
        return
    if verb == "name":
        name_guest(session, acting=acting, challenge_id=challenge_id, profile_id=int(number))
    if verb == "unname":
        unname_guest(session, acting=acting, challenge_id=challenge_id, profile_id=int(number))


def _after(asked: Asked, challenge_id: int, step: str, form: StepForm) -> Response:
    """Where one goes from a saved step: on, away, or back to it when a button beside a line was pressed."""
    if form.act:
        found = {"called": form.called[:200]} if form.act == "find" else {}
        return asked.here(f"/challenges/{challenge_id}/edit/{step}?{urlencode({'saved': 1, **found})}#saved")
    if form.then == "leave":
        return asked.here("/work?done=saved#done")
    return asked.here(f"/challenges/{challenge_id}/edit/{next_of(step)}")


def _set(asked: Asked, challenge_id: int, status: Status, then: str) -> Response:
    desk = asked.service.desk()
    own_challenge(asked.session, acting=asked.signed_in(), challenge_id=challenge_id)

    def act(session: Session, acting: Acting) -> None:
        set_status(session, desk=desk, acting=acting, challenge_id=challenge_id, status=status)

    sentence = refusal_of(asked, act)
    return _not_now(asked, challenge_id, sentence) if sentence else asked.here(then)


def _not_now(asked: Asked, challenge_id: int, sentence: str) -> Response:
    wrong = refused({}, field="answers", sentence=sentence)
    return page(check_page(asked, challenge_id, wrong=wrong), status=CONFLICT)
