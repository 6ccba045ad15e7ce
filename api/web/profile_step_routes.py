"""Writing a profile: its steps, a look at how it would be quoted, a text to begin from, and letting it be read."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Header, Path
from fastapi.responses import HTMLResponse, Response

from api.security import who_searches
from api.web.frames import AskedPage, page
from api.web.profile_preview import preview_page
from api.web.profile_step_forms import CHECK, STEPS, StepForm, applied, following, item_of
from api.web.profile_steps import check_page, new_page, step_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, InvalidInputError, NotFoundError
from matchmaker.membership.entering import publish_profile
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.writing import begin_profile, discard_copy, save_copy, written

OK, CONFLICT = 200, 409
DONE = frozenset({"saved", "published"})
SEARCHES = [Depends(who_searches)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
Htmx = Annotated[str, Header(alias="HX-Request")]
writing = APIRouter(prefix="/profiles", default_response_class=HTMLResponse)


@writing.get("/new")
def read_new(asked: AskedPage) -> Response:
    """The first step of a new profile."""
    return page(new_page(asked, Typed()))


@writing.post("/new")
def post_new(asked: AskedPage, form: Annotated[StepForm, Form()]) -> Response:
    """Begin a profile; the same begun twice is begun once."""
    asked.signed_in()
    draft, typed = applied(asked, "who", form, ProfileDraft(kind="", name="?"))
    if draft is None:
        return page(new_page(asked, typed), status=UNPROCESSABLE)
    with asked.service.database.transaction() as session:
        begun = begin_profile(session, desk=asked.service.desk(), acting=asked.acting, draft=draft)
        number = begun.profile.id
    return asked.here(f"/profiles/{number}/edit/offers")


@writing.get("/{profile_id}/edit/{step}")
def read_step(asked: AskedPage, profile_id: Number, step: str, item: str = "", done: str = "") -> Response:
    """A step, or everything that was written."""
    if step == CHECK:
        return page(check_page(asked, profile_id, done=done if done in DONE else ""))
    _check_step(step)
    return page(step_page(asked, profile_id, step, item=item))


@writing.post("/{profile_id}/edit/{step}")
def post_step(
    asked: AskedPage, profile_id: Number, step: str, form: Annotated[StepForm, Form()], htmx: Htmx = ""
) -> Response:
    """Save a step. What cannot be read is given back; asked by htmx the page says so without losing the place."""
    _check_step(step)
    before = written(asked.session, acting=asked.signed_in(), profile_id=profile_id).draft
    if form.then == "remove":
        form = StepForm(item=form.item, then="remove")
    draft, typed = applied(asked, step, form, before)
    if draft is None:
        status = OK if htmx else UNPROCESSABLE
        return page(step_page(asked, profile_id, step, typed=typed), status=status)
    asked.session.close()
    with asked.service.database.transaction() as session:
        save_copy(session, acting=asked.acting, profile_id=profile_id, draft=draft, now=asked.service.clock())
    if form.then == "stay":
        return page(step_page(asked, profile_id, step, item=_now_at(step, form, draft), is_saved=True))
    return asked.here(_next(profile_id, step, form))


@writing.get("/{profile_id}/preview")
def read_preview(asked: AskedPage, profile_id: Number) -> Response:
    """Choose a challenge, or type one."""
    return page(preview_page(asked, profile_id, challenge="", text=""))


@writing.post("/{profile_id}/preview", dependencies=SEARCHES)
def post_preview(asked: AskedPage, profile_id: Number, challenge: Typing = "", problem: Typing = "") -> Response:
    """How a match would quote the profile; nothing is kept."""
    view = preview_page(asked, profile_id, challenge=challenge, text=problem)
    return page(view, status=UNPROCESSABLE if view.typed.errors else OK)


@writing.post("/{profile_id}/publication")
def post_publication(asked: AskedPage, profile_id: Number) -> Response:
    """Let what was written be read; the first time admission says by whom, and when."""
    service, acting = asked.service, asked.signed_in()
    asked.session.close()
    try:
        with service.database.transaction() as session:
            made = publish_profile(
                session, office=service.admission_office(), desk=service.desk(), acting=acting, profile_id=profile_id,
                rulebook=service.rulebook,
            )  # fmt: skip
            application = made.application.id if made.application else None
    except (ConflictError, InvalidInputError) as refusal:
        sentence = asked.say_refusal(refusal.code, refusal.values)
        return page(
            check_page(asked, profile_id, wrong=refused({}, field="publish", sentence=sentence)), status=CONFLICT
        )
    if application is not None:
        return asked.here(f"/applications/{application}")
    return asked.here(f"/profiles/{profile_id}/edit/check?done=published#done")


@writing.post("/{profile_id}/discarding")
def post_discarding(asked: AskedPage, profile_id: Number) -> Response:
    """Throw away what was not published."""
    acting: Acting = asked.signed_in()
    asked.session.close()
    with asked.service.database.transaction() as session:
        was_first = discard_copy(session, acting=acting, profile_id=profile_id, now=asked.service.clock())
    return asked.here("/account" if was_first else f"/profiles/{profile_id}")


def _check_step(step: str) -> None:
    if step not in STEPS:
        raise NotFoundError("address_unknown")


def _next(profile_id: int, step: str, form: StepForm) -> str:
    here = f"/profiles/{profile_id}/edit"
    if form.then == "leave":
        return f"{here}/check?done=saved#done"
    if form.then in {"more", "remove"}:
        return f"{here}/{step}"
    return f"{here}/{following(step)}"


def _now_at(step: str, form: StepForm, draft: ProfileDraft) -> str:
    """The number of what was just saved, so that the next save rewrites it."""
    listed = getattr(draft, step, None)
    if not isinstance(listed, list) or step == "languages" or not listed:
        return ""
    number = item_of(form, len(listed))
    return str(len(listed) if number is None else number + 1)
