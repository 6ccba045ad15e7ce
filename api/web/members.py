"""Members and their standing, and the alliance's lists with how applications are decided."""

import difflib
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.deciding_views import ChangeShown, DifferenceLine, ListedVersion, Lists, MemberLine, MemberPage, Members
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
from matchmaker.membership.actions import switch_process
from matchmaker.membership.models import Standing
from matchmaker.membership.queries import Member, list_register, process_in_force, standing_history
from matchmaker.membership.rules import STANDING_MOVES, StandingAct
from matchmaker.membership.standing import leave, reinstate, suspend
from matchmaker.membership.states import Status
from matchmaker.profiles.queries import full_profiles, get_profile
from matchmaker.taxonomy.models import Concern
from matchmaker.texts import Line, Words

NOTHING, SAVED = Typed(), "saved"
ACTS = {StandingAct.SUSPEND: suspend, StandingAct.REINSTATE: reinstate, StandingAct.LEAVE: leave}
IN_REGISTER = (Status.ACTIVE, Status.SUSPENDED, Status.WITHDRAWN)
LARGEST_NUMBER = 2**31 - 1
CRITERIA, CODE = "criteria", "code"
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]
After = Annotated[int, Query(ge=0, le=LARGEST_NUMBER)]
Typing = Annotated[str, Form()]
members = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


class StandingChanged(BaseModel):
    """What is done to a member, and why."""

    act: StandingAct
    reason: Words


class Process(BaseModel):
    """How applications handed in from now on are decided."""

    criteria_version: Line
    has_assessors: bool
    has_committee: bool
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


@members.get("/lists")
def read_lists(asked: AskedPage, of: str = "", first: str = "", second: str = "", done: str = "") -> Response:
    """The versions, and two of them compared."""
    return page(_lists(asked, compared=(of, first, second), done=done if done == SAVED else ""))


@members.post("/lists/process")
def post_process(
    asked: AskedPage, criteria_version: Typing = "", has_assessors: Typing = "", has_committee: Typing = "",
    reason: Typing = "",
) -> Response:  # fmt: skip
    """Switch criteria, assessors and the committee on or off for what is handed in from now on."""
    check_room(asked, "lists")
    values = {"criteria_version": criteria_version, "has_assessors": bool(has_assessors),
              "has_committee": bool(has_committee), "reason": reason}  # fmt: skip
    draft, typed = understood(asked, Process, values)
    if draft is None:
        return page(_lists(asked, typed=typed), status=UNPROCESSABLE)
    office = asked.service.admission_office()
    refusal = refusal_of(
        asked, lambda session, acting: switch_process(session, office=office, acting=acting, **draft.model_dump())
    )
    if refusal:
        return page(_lists(asked, typed=refused(values, field="reason", sentence=refusal)), status=CONFLICT)
    return asked.here(f"/desk/lists?done={SAVED}#done")


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


def _lists(
    asked: Asked, *, compared: tuple[str, str, str] = ("", "", ""), typed: Typed = NOTHING, done: str = ""
) -> Lists:  # fmt: skip
    rooms, service = check_room(asked, "lists"), asked.service
    charter, rulebook, taxonomy = service.charter, service.rulebook, service.taxonomy
    row = process_in_force(asked.session)
    kept = {} if row is None else {"criteria_version": row.criteria_version, "has_assessors": row.has_assessors,
                                   "has_committee": row.has_committee}  # fmt: skip
    process = typed if typed.values else Typed(kept)
    versions = (
        *(ListedVersion(CRITERIA, each.version, None, each.provisional) for each in charter.criteria.values()),
        *(ListedVersion(CODE, each.version, each.in_force_from, each.provisional) for each in rulebook.codes),
        ListedVersion("taxonomy", taxonomy.version, None, taxonomy.provisional),
        ListedVersion("policy", charter.policy.version, None, charter.policy.provisional),
    )
    of, first, second = compared
    return Lists(
        language=asked.language,
        frame=asked.frame("desk", form="page-form" if typed.errors else ""),
        rooms=rooms,
        versions=versions,
        criteria=tuple(Choice(each, each, process.get("criteria_version") == each) for each in charter.criteria),
        codes=tuple(Choice(each.version, each.version) for each in rulebook.codes),
        compared=_difference(_text(asked, of, first), _text(asked, of, second)),
        first=first,
        second=second,
        process=process,
        decided_at=None if row is None else row.decided_at,
        done=done,
    )


def _text(asked: Asked, of: str, version: str) -> list[str]:
    """A version as lines in the reader's language; none of one that there is not."""
    language = asked.language
    if of == CRITERIA and version in asked.service.charter.criteria:
        criteria = asked.service.charter.criteria[version].criteria
        return [line for each in criteria for line in (f"{each.name[language]} ({each.weight})",
                                                       each.description[language])]  # fmt: skip
    code = next((each for each in asked.service.rulebook.codes if of == CODE and each.version == version), None)
    if code is None:
        return []
    articles = (line for each in code.articles for line in (each.title[language], each.text[language]))
    return [code.title[language], code.preamble[language], *articles]


def _difference(first: list[str], second: list[str]) -> tuple[DifferenceLine, ...]:
    where = {" ": "both", "-": "first", "+": "second"}
    if not first or not second:
        return ()
    lines = difflib.ndiff(first, second)
    return tuple(DifferenceLine(line[2:], where[line[0]]) for line in lines if line[0] in where)
