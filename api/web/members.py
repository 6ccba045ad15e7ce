"""Members and their standing."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.deciding_views import ChangeShown, MemberLine, MemberPage, Members
from api.web.desk import check_room
from api.web.doing import CONFLICT, refusal_of
from api.web.explained import term_name
from api.web.frames import Asked, AskedPage, page
from api.web.lines import PAGE_LINES, named, one_page
from api.web.pieces import Choice
from api.web.profiles import next_query
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.models import OPERATOR
from matchmaker.membership.models import Standing
from matchmaker.membership.queries import Member, list_register, standing_history
from matchmaker.membership.rules import STANDING_MOVES, StandingAct
from matchmaker.membership.standing import leave, reinstate, suspend
from matchmaker.membership.states import Status
from matchmaker.profiles.queries import full_profiles, get_profile
from matchmaker.taxonomy.models import Concern
from matchmaker.texts import Words

NOTHING, SAVED = Typed(), "saved"
ACTS = {StandingAct.SUSPEND: suspend, StandingAct.REINSTATE: reinstate, StandingAct.LEAVE: leave}
IN_REGISTER = (Status.ACTIVE, Status.SUSPENDED, Status.WITHDRAWN)
LARGEST_NUMBER = 2**31 - 1
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
members = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


class StandingChanged(BaseModel):
    """What is done to a member, and why."""

    act: StandingAct
    reason: Words


@members.get("/members")
def read_members(asked: AskedPage, q: str = "", status: str = "", after: After = 0) -> Response:
    """The register."""
    rooms = check_room(asked, "members")
    statuses = [Status(status)] if status in set(IN_REGISTER) else []
    rows, has_more = one_page(
        list_register(
            asked.session, acting=asked.acting, words=q.strip()[:200], statuses=statuses, after=after,
            limit=PAGE_LINES + 1,
        )
    )  # fmt: skip
    view = Members(
        language=asked.language,
        frame=asked.frame("desk"),
        rooms=rooms,
        lines=tuple(_line(asked, row) for row in rows),
        words=q,
        statuses=tuple(Choice(each, each, each in statuses) for each in IN_REGISTER),
        is_first=after <= 0,
        next_query=next_query(rows[-1].profile.id, {"q": q, "status": status}) if has_more else "",
    )
    return page(view)


@members.get("/members/{profile_id}")
def read_member(asked: AskedPage, profile_id: Number, done: str = "") -> Response:
    """One member."""
    return page(_member(asked, profile_id, done=done if done == SAVED else ""))


@members.post("/members/{profile_id}/standing")
def post_standing(asked: AskedPage, profile_id: Number, act: Typing = "", reason: Typing = "") -> Response:
    """Suspend, reinstate or let go, with a reason."""
    check_room(asked, "members")
    draft, typed = understood(asked, StandingChanged, {"act": act, "reason": reason})
    if draft is None or draft.act not in ACTS:
        wrong = typed if draft is None else refused(typed.values, field="act", sentence=asked.say("form.invalid"))
        return page(_member(asked, profile_id, typed=wrong), status=UNPROCESSABLE)
    office, change = asked.service.admission_office(), ACTS[draft.act]
    refusal = refusal_of(
        asked,
        lambda session, acting: change(
            session, office=office, acting=acting, profile_id=profile_id, reason=draft.reason
        ),
    )
    if refusal:
        again = refused(typed.values, field="act", sentence=refusal)
        return page(_member(asked, profile_id, typed=again), status=CONFLICT)
    return asked.here(f"/desk/members/{profile_id}?done={SAVED}#done")


def _line(asked: Asked, row: Member) -> MemberLine:
    kind = term_name(asked.service.taxonomy, Concern.KINDS, row.profile.kind, asked.language)
    since = row.standing.admitted_at or row.standing.changed_at
    return MemberLine(named(row.profile), kind, row.standing.status, since)


def _member(asked: Asked, profile_id: int, *, typed: Typed = NOTHING, done: str = "") -> MemberPage:
    rooms, session = check_room(asked, "members"), asked.session
    profile = get_profile(session, acting=OPERATOR, profile_id=profile_id).profile
    changes = standing_history(session, acting=asked.acting, profile_id=profile_id)
    standing = session.get(Standing, profile_id)
    status = None if standing is None else Status(standing.status)
    acts = [act for act in ACTS if (status, act) in STANDING_MOVES]
    return MemberPage(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        agent=named(profile),
        is_shown=bool(full_profiles(session, acting=asked.acting, profile_ids=[profile_id])),
        kind=term_name(asked.service.taxonomy, Concern.KINDS, profile.kind, asked.language),
        changes=tuple(ChangeShown(each.act, each.reason, each.changed_at) for each in reversed(changes)),
        acts=tuple(Choice(each, each, typed.get("act") == each) for each in acts),
        typed=typed,
        done=done,
    )
