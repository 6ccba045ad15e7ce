"""A conflict of interest on a page: what is known of it, and the secretariat's decision."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.conflict_views import ConflictPage, GroundShown
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.lines import named
from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.integrity.actions import decide_conflict
from matchmaker.integrity.models import Decision, Evidence, Ground
from matchmaker.integrity.queries import get_conflict, grounds_of
from matchmaker.profiles.queries import full_profiles
from matchmaker.texts import Words

SAVED, NOTHING = "saved", Typed()
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
conflicts = APIRouter(prefix="/conflicts/{conflict_id}", default_response_class=HTMLResponse)


class Decided(BaseModel):
    """What is decided on a conflict, and why."""

    decision: Decision
    reason: Words


@conflicts.get("")
def read_conflict(asked: AskedPage, conflict_id: Number, done: str = "") -> Response:
    """One conflict."""
    return page(_conflict(asked, conflict_id, done=done if done == SAVED else ""))


@conflicts.post("/decision")
def post_decision(asked: AskedPage, conflict_id: Number, decision: Typing = "", reason: Typing = "") -> Response:
    """Confirm or dismiss a conflict, with a reason."""
    draft, typed = understood(asked, Decided, {"decision": decision, "reason": reason})
    if draft is None:
        return page(_conflict(asked, conflict_id, typed=typed), status=UNPROCESSABLE)
    now = asked.service.clock()
    refusal = refusal_of(
        asked,
        lambda session, acting: decide_conflict(
            session, acting=acting, conflict_id=conflict_id, decision=draft.decision, reason=draft.reason, now=now
        ),
    )
    if refusal:
        wrong = refused(typed.values, field="decision", sentence=refusal)
        return page(_conflict(asked, conflict_id, typed=wrong), status=CONFLICT)
    return asked.here(f"/conflicts/{conflict_id}?done={SAVED}#done")


def _conflict(asked: Asked, conflict_id: int, *, typed: Typed = NOTHING, done: str = "") -> ConflictPage:
    acting, session = asked.signed_in(), asked.session
    row = get_conflict(session, acting=acting, conflict_id=conflict_id)
    grounds = grounds_of(session, [row])[conflict_id]
    loaded = full_profiles(session, acting=acting, profile_ids=[row.first_id, row.second_id])
    names = {number: named(full.profile) for number, full in loaded.items()}
    decided_at = row.decided_at
    return ConflictPage(
        language=asked.language,
        frame=asked.frame("conflicts", form="page-form" if typed.errors else ""),
        id=conflict_id,
        parties=(names.get(row.first_id), names.get(row.second_id)),
        state=row.state,
        reason=row.reason,
        decided_at=decided_at,
        has_news=decided_at is not None and any(ground.added_at > decided_at for ground in grounds),
        grounds=tuple(_ground(ground, names) for ground in grounds),
        may_decide=acting.is_secretariat,
        decisions=tuple(Choice(each, each, typed.get("decision") == each) for each in Decision),
        typed=typed,
        done=done,
        is_queued=True,
    )


def _ground(ground: Ground, names: dict[int, Named]) -> GroundShown:
    by = names.get(ground.declared_by_id or 0)
    return GroundShown(ground.code, by.name if by else "", ground.code in set(Evidence), ground.until, ground.added_at)
