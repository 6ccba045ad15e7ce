"""Offering to mentor: what one helps with and how much of it is promised."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.choices import language_choices, term_choices
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.lines import named
from api.web.mentoring_views import MentorOffering
from api.web.mentors import own_requests
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.mentoring.drafts import MentorOfferDraft
from matchmaker.mentoring.load import MentorLoad, load_of
from matchmaker.mentoring.models import MentorOffer
from matchmaker.mentoring.offers import end_offer, save_offer

LARGEST_NUMBER = 2**31 - 1
DONE = frozenset({"saved", "ended"})
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
Ticked = Annotated[list[str], Form()]
offering = APIRouter(prefix="/profiles/{profile_id}/mentoring/offer", default_response_class=HTMLResponse)


@offering.get("")
def read_offer(asked: AskedPage, profile_id: Number, done: str = "") -> Response:
    """What a member helps with, and who has asked it."""
    return page(_page(asked, profile_id, done=done if done in DONE else ""))


@offering.post("")
def post_offer(
    asked: AskedPage,
    profile_id: Number,
    areas: Ticked = [],  # noqa: B006 - read, never written
    languages: Ticked = [],  # noqa: B006 - read, never written
    hours_a_month: Typing = "",
    text: Typing = "",
    is_paused: Typing = "",
) -> Response:
    """Say what a member helps with, or change it."""
    asked.signed_in()
    values = {"areas": areas, "languages": languages, "hours_a_month": hours_a_month.strip(), "text": text}
    draft, typed = understood(asked, MentorOfferDraft, {**values, "is_paused": bool(is_paused)})
    if draft is None:
        return page(_page(asked, profile_id, typed=typed), status=UNPROCESSABLE)
    desk = asked.service.desk()
    refusal = refusal_of(
        asked,
        lambda session, acting: save_offer(session, desk=desk, acting=acting, profile_id=profile_id, draft=draft),
    )
    if refusal:
        typed = refused(typed.values, field="areas", sentence=refusal)
        return page(_page(asked, profile_id, typed=typed), status=CONFLICT)
    return asked.here(f"/profiles/{profile_id}/mentoring/offer?done=saved#done")


@offering.post("/end")
def post_end(asked: AskedPage, profile_id: Number) -> Response:
    """Stop mentoring; what is agreed goes on."""
    acting, now = asked.signed_in(), asked.service.clock()
    is_offered = load_of(asked.session, acting=acting, profile_id=profile_id, now=now).offer is not None
    asked.session.close()
    if is_offered:  # sent twice, it is done once
        with asked.service.database.transaction() as session:
            end_offer(session, acting=acting, profile_id=profile_id)
    return asked.here(f"/profiles/{profile_id}/mentoring/offer?done=ended#done")


def _page(asked: Asked, profile_id: int, *, typed: Typed | None = None, done: str = "") -> MentorOffering:
    """Raises `sign_in_needed`, `profile_unknown`, `not_your_profile`."""
    load = load_of(asked.session, acting=asked.signed_in(), profile_id=profile_id, now=asked.service.clock())
    form = typed or _given(load)
    return MentorOffering(
        language=asked.language,
        frame=asked.frame("mentoring", form="page-form" if typed else ""),
        agent=named(load.profile.profile),
        is_offered=load.offer is not None,
        is_paused=load.offer is not None and load.offer.is_paused,
        hours=load.offer.hours_a_month if load.offer else 0,
        promised=load.promised,
        asked=load.asked,
        left=load.left,
        requests=own_requests(asked, load.current),
        areas=term_choices(
            asked.service.taxonomy.areas, name=lambda term: term.name[asked.language], chosen=_codes(form, "areas")
        ),
        languages=_languages(asked, _codes(form, "languages")),
        typed=form,
        done=done,
    )


def _given(load: MentorLoad) -> Typed:
    """The form of what is offered; of one that offers nothing yet, with what its profile says."""
    profile = load.profile.profile
    usual = MentorOffer(
        profile_id=profile.id or 0, areas=profile.areas, languages=profile.languages or [profile.language],
        hours_a_month=0, updated_at=profile.updated_at,
    )  # fmt: skip
    offer = load.offer or usual
    return Typed({
        "areas": list(offer.areas), "languages": list(offer.languages), "hours_a_month": offer.hours_a_month or "",
        "text": offer.text, "is_paused": offer.is_paused,
    })  # fmt: skip


def _codes(typed: Typed, name: str) -> list[str]:
    found = typed.get(name)
    return [str(code) for code in found] if isinstance(found, list) else []


def _languages(asked: Asked, chosen: list[str]) -> tuple[Choice, ...]:
    offered = language_choices(asked.language, chosen="")
    return tuple(Choice(choice.value, choice.label, choice.value in chosen) for choice in offered)
