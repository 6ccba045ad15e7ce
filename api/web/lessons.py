"""A lesson on a page; the partner that it would name agrees, or takes its name off."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from api.web.doing import CONFLICT, refusal_of
from api.web.explained import term_name, term_names
from api.web.frames import Asked, AskedPage, page
from api.web.lesson_views import LessonPage
from api.web.lines import challenge_line, named, owners_of, where_of
from api.web.pieces import ChallengeLine
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused
from matchmaker.accounts.models import Acting
from matchmaker.challenges.queries import full_challenges
from matchmaker.lessons.models import LessonState, Origin
from matchmaker.lessons.naming import agree_to_be_named, unname_partner
from matchmaker.lessons.queries import FullLesson, get_lesson
from matchmaker.profiles.speaking import speaks_for
from matchmaker.taxonomy.models import Concern

DONE = frozenset({"agree", "decline"})
NOTHING = Typed()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
lessons = APIRouter(prefix="/lessons/{lesson_id}", default_response_class=HTMLResponse)


@lessons.get("")
def read_lesson(asked: AskedPage, lesson_id: Number, done: str = "") -> Response:
    """One lesson."""
    return page(_lesson(asked, lesson_id, done=done if done in DONE else ""))


@lessons.post("/partner")
def post_partner(asked: AskedPage, lesson_id: Number, answer: Typing = "") -> Response:
    """Agree that these words name one's member, or take the name off for good."""
    acting = asked.signed_in()
    if answer not in DONE:
        wrong = refused({}, field="partner", sentence=asked.say("form.choice"))
        return page(_lesson(asked, lesson_id, wrong=wrong), status=UNPROCESSABLE)
    full = get_lesson(asked.session, acting=acting, lesson_id=lesson_id)
    if answer == "decline" and _has_declined(asked, full):
        return asked.here(f"/lessons/{lesson_id}?done=decline#done")
    refusal = refusal_of(asked, lambda session, acting: _name(asked, session, acting, lesson_id, answer))
    if refusal:
        wrong = refused({}, field="partner", sentence=refusal)
        return page(_lesson(asked, lesson_id, wrong=wrong), status=CONFLICT)
    return asked.here(f"/lessons/{lesson_id}?done={answer}#done")


def _name(asked: Asked, session: Session, acting: Acting, lesson_id: int, answer: str) -> None:
    act = agree_to_be_named if answer == "agree" else unname_partner
    act(session, desk=asked.service.desk(), acting=acting, lesson_id=lesson_id)


def _has_declined(asked: Asked, full: FullLesson) -> bool:
    """Whether the name is off already, as the reader wished: to wish it twice does nothing."""
    before = full.lesson.unnamed_id
    is_off = full.lesson.partner_id is None and before is not None
    return is_off and speaks_for(asked.session, acting=asked.acting, profile_id=before or 0)


def _lesson(asked: Asked, lesson_id: int, *, wrong: Typed = NOTHING, done: str = "") -> LessonPage:
    full = get_lesson(asked.session, acting=asked.acting, lesson_id=lesson_id)
    row, partner, taxonomy = full.lesson, full.partner, asked.service.taxonomy
    is_own = partner is not None and speaks_for(asked.session, acting=asked.acting, profile_id=partner.id or 0)
    return LessonPage(
        language=asked.language,
        frame=asked.frame("lessons", form="page-form" if wrong.errors else ""),
        id=lesson_id,
        title=row.title,
        spoken=row.language,
        author=named(full.author),
        author_kind=term_name(taxonomy, Concern.KINDS, full.author.kind, asked.language),
        challenge=_challenge(asked, full),
        partner=None if partner is None else named(partner),
        partner_name=row.partner_name,
        is_agreed=row.partner_agreed_at is not None,
        is_asked=is_own and asked.person is not None,
        is_withdrawn=row.state == LessonState.WITHDRAWN,
        is_confirmed=row.origin == Origin.OUTCOME,
        context=row.context,
        tried=row.tried,
        result=row.result,
        is_failure=row.is_failure,
        cost_band=row.cost_band,
        would_repeat=row.would_repeat,
        year=row.year,
        where=where_of(row),
        areas=term_names(taxonomy, Concern.AREAS, row.areas, asked.language),
        told_at=row.updated_at,
        wrong=wrong,
        done=done,
    )


def _challenge(asked: Asked, full: FullLesson) -> ChallengeLine | None:
    """The challenge on which it was tried, as far as the reader may see it."""
    if full.challenge_id is None:
        return None
    found = full_challenges(asked.session, acting=asked.acting, challenge_ids=[full.challenge_id])
    row = found[full.challenge_id].challenge
    return challenge_line(row, owners_of(asked.session, [row], acting=asked.acting))
