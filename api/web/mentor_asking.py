"""Asking a mentor for hours, from the mentor's own page."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.lines import challenge_line, named, owners_of
from api.web.mentoring_views import MentorAsk
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.challenges.queries import get_challenge
from matchmaker.errors import NotFoundError
from matchmaker.mentoring.actions import propose_mentoring
from matchmaker.mentoring.drafts import HOURS_AT_MOST, MentoringDraft
from matchmaker.mentoring.queries import get_offer
from matchmaker.profiles.queries import full_profiles, get_profile
from matchmaker.profiles.speaking import profiles_spoken_for
from matchmaker.texts import Words

LARGEST_NUMBER = 2**31 - 1
USUAL_HOURS = 2
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
Mentee = Annotated[int, Form(ge=1, le=LARGEST_NUMBER)]
About = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER)]
AskedAbout = Annotated[int | None, Form(ge=1, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
asking = APIRouter(prefix="/profiles/{profile_id}/mentoring", default_response_class=HTMLResponse)


class AskedFor(BaseModel):
    """How many hours a month, and for what."""

    hours: int = Field(ge=1, le=HOURS_AT_MOST)
    message: Words


@asking.get("")
def read_ask(asked: AskedPage, profile_id: Number, challenge: About = None) -> Response:
    """Where a mentor is asked, in general or for a challenge."""
    return page(_page(asked, profile_id, Typed({"hours": USUAL_HOURS}), challenge))


@asking.post("")
def post_ask(
    asked: AskedPage,
    profile_id: Number,
    mentee: Mentee,
    hours: Typing = "",
    message: Typing = "",
    challenge: AskedAbout = None,
) -> Response:
    """Ask; it leads to the request."""
    asked.signed_in()
    said, typed = understood(asked, AskedFor, {"hours": hours.strip(), "message": message})
    typed = Typed({**typed.values, "mentee": str(mentee)}, typed.errors)
    if said is None:
        return page(_page(asked, profile_id, typed, challenge), status=UNPROCESSABLE)
    draft = MentoringDraft(
        mentor_id=profile_id, mentee_id=mentee, challenge_id=challenge, hours_a_month=said.hours, message=said.message
    )
    lists, now, made = asked.service.lists, asked.service.clock(), []
    refusal = refusal_of(
        asked,
        lambda session, acting: made.append(
            propose_mentoring(session, acting=acting, draft=draft, lists=lists, now=now).id
        ),
    )
    if refusal:
        typed = refused(typed.values, field="message", sentence=refusal)
        return page(_page(asked, profile_id, typed, challenge), status=CONFLICT)
    return asked.here(f"/mentorings/{made[0]}")


def _page(asked: Asked, profile_id: int, typed: Typed, challenge_id: int | None) -> MentorAsk:
    """Raises `sign_in_needed`, `profile_unknown`, `challenge_unknown`; `mentor_unknown` where it mentors nobody now."""
    acting, session = asked.signed_in(), asked.session
    mentor = get_profile(session, acting=acting, profile_id=profile_id).profile
    offer = get_offer(session, acting=acting, profile_id=profile_id)
    if offer.is_paused:
        raise NotFoundError("mentor_unknown", profile_id=profile_id)
    line, owner = None, None
    if challenge_id is not None:
        about = get_challenge(session, acting=acting, challenge_id=challenge_id).challenge
        line, owner = challenge_line(about, owners_of(session, [about], acting=acting)), about.owner_id
    chosen = typed.get("mentee") or str(owner or "")
    own = full_profiles(session, acting=acting, profile_ids=profiles_spoken_for(session, acting=acting))
    return MentorAsk(
        language=asked.language,
        frame=asked.frame("profiles", form="page-form" if typed.errors else ""),
        mentor=named(mentor),
        text=offer.text,
        spoken=mentor.language,
        hours=offer.hours_a_month,
        members=tuple(
            Choice(str(key), own[key].profile.name, str(key) == chosen) for key in sorted(own) if key != profile_id
        ),
        challenge=line,
        typed=typed,
    )
