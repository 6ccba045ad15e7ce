"""What the secretariat hears by telephone: a form on the page of an introduction."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response

from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.introductions import Filled, introduction_page
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.errors import NotAllowedError
from matchmaker.introductions.drafts import AnswerDraft
from matchmaker.introductions.models import Side
from matchmaker.introductions.telephone import record_by_phone

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
telephone = APIRouter(prefix="/introductions/{introduction_id}", default_response_class=HTMLResponse)


class Telephoned(AnswerDraft):
    """Which side said what."""

    side: Side


@telephone.post("/telephone")
def post_telephone(
    asked: AskedPage, introduction_id: Number, side: Typing = "", answer: Typing = "", reason: Typing = "",
    words: Typing = "",
) -> Response:  # fmt: skip
    """Record what a side said by telephone; it is told by letter and can undo it."""
    if not asked.signed_in().is_secretariat:
        raise NotAllowedError("only_secretariat")
    typed = {"reason": reason, "side": side, "answer": answer, "words": words}  # what is wrong with a no is its reason
    draft, wrong = understood(asked, Telephoned, typed | {"reason": reason if answer == "no" else ""})
    if draft is None:
        return _again(asked, introduction_id, Typed(typed, wrong.errors), status=UNPROCESSABLE)
    office = asked.service.introduction_office()
    refusal = refusal_of(
        asked,
        lambda session, acting: record_by_phone(
            session, office=office, acting=acting, introduction_id=introduction_id, side=draft.side, draft=draft
        ),
    )
    if refusal:
        return _again(asked, introduction_id, refused(typed, field="side", sentence=refusal), status=CONFLICT)
    return asked.here(f"/introductions/{introduction_id}?done=recorded#done")


def _again(asked: Asked, introduction_id: int, typed: Typed, *, status: int) -> Response:
    return page(introduction_page(asked, introduction_id, filled=Filled({"telephone": typed})), status=status)
