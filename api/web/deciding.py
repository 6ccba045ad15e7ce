"""What the desk decides on requests on personal data and on incidents: a page and a form for each."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel

from api.web.deciding_views import IncidentPage, RequestPage, StepShown
from api.web.desk import check_room
from api.web.doing import CONFLICT, refusal_of
from api.web.frames import Asked, AskedPage, page
from api.web.lines import named
from api.web.pieces import Choice
from api.web.typed import Typed
from api.web.typing import UNPROCESSABLE, refused, understood
from matchmaker.accounts.models import OPERATOR, Account
from matchmaker.errors import NotFoundError
from matchmaker.integrity.incident_queries import SeenIncident, get_incident, see
from matchmaker.integrity.incidents import take_step
from matchmaker.integrity.models import IncidentState, Measure
from matchmaker.integrity.rules import may_follow as may_step
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import full_profiles
from matchmaker.rights.models import Request, Right, State, Subject
from matchmaker.rights.queries import get_request
from matchmaker.rights.requests import answer_request
from matchmaker.rights.rules import is_overdue, may_follow
from matchmaker.texts import Text, Words

NOTHING, SAVED = Typed(), "saved"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Typing = Annotated[str, Form()]
decisions = APIRouter(prefix="/desk", default_response_class=HTMLResponse)


class Answered(BaseModel):
    """What follows on a request, and why."""

    to: State
    reason: Text


class Step(BaseModel):
    """What follows on an incident, and why."""

    to: IncidentState
    reason: Words


@decisions.get("/rights/{request_id}")
def read_request(asked: AskedPage, request_id: Number, done: str = "") -> Response:
    """One request."""
    return page(_request(asked, request_id, done=done if done == SAVED else ""))


@decisions.post("/rights/{request_id}/step")
def post_request(asked: AskedPage, request_id: Number, to: Typing = "", reason: Typing = "") -> Response:
    """Bring a request on."""
    check_room(asked, "rights")
    draft, typed = understood(asked, Answered, {"to": to, "reason": reason})
    if draft is None:
        return page(_request(asked, request_id, typed=typed), status=UNPROCESSABLE)
    office = asked.service.rights_office()
    refusal = refusal_of(
        asked,
        lambda session, acting: answer_request(
            session, office=office, acting=acting, request_id=request_id, to=draft.to, reason=draft.reason
        ),
    )
    if refusal:
        wrong = refused(typed.values, field="reason", sentence=refusal)
        return page(_request(asked, request_id, typed=wrong), status=CONFLICT)
    return asked.here(f"/desk/rights/{request_id}?done={SAVED}#done")


@decisions.get("/incidents/{incident_id}")
def read_incident(asked: AskedPage, incident_id: Number, done: str = "") -> Response:
    """One incident."""
    return page(_incident(asked, incident_id, done=done if done == SAVED else ""))


@decisions.post("/incidents/{incident_id}/step")
def post_incident(
    asked: AskedPage, incident_id: Number, to: Typing = "", reason: Typing = "", measure: Typing = ""
) -> Response:
    """Examine, decide or close, as the member of the committee to whom it is given."""
    check_room(asked, "incidents")
    draft, wrong = understood(asked, Step, {"to": to, "reason": reason})
    typed = {"to": to, "reason": reason, "measure": measure}
    if draft is None:
        return page(_incident(asked, incident_id, typed=Typed(typed, wrong.errors)), status=UNPROCESSABLE)
    rulebook, now = asked.service.rulebook, asked.service.clock()
    taken = Measure(measure) if measure in set(Measure) and draft.to is not IncidentState.EXAMINED else None
    refusal = refusal_of(
        asked,
        lambda session, acting: take_step(
            session, acting=acting, incident_id=incident_id, to=draft.to, reason=draft.reason, measure=taken,
            rulebook=rulebook, now=now,
        ),
    )  # fmt: skip
    if refusal:
        again = refused(typed, field="measure" if not measure else "to", sentence=refusal)
        return page(_incident(asked, incident_id, typed=again), status=CONFLICT)
    return asked.here(f"/desk/incidents/{incident_id}?done={SAVED}#done")


def _request(asked: Asked, request_id: int, *, typed: Typed = NOTHING, done: str = "") -> RequestPage:
    rooms = check_room(asked, "rights")
    row = get_request(asked.session, acting=asked.acting, request_id=request_id)
    return RequestPage(
        language=asked.language,
        frame=asked.frame("rights", form="page-form" if typed.errors else ""),
        rooms=rooms,
        id=request_id,
        is_queued=True,
        right=row.kind,
        state=row.state,
        subject=row.subject,
        subject_id=row.subject_id,
        about=_about(asked, row),
        words=row.words,
        answer=row.answer,
        country=row.country,
        law=row.law,
        received_at=row.received_at,
        due_at=row.due_at,
        is_late=is_overdue(row.state, row.due_at, now=asked.service.clock()),
        steps=tuple(Choice(each, each, typed.get("to") == each) for each in _steps_of(row)),
        typed=typed,
        done=done,
    )


def _steps_of(row: Request) -> list[State]:
    """What the office may do now; an erasure is done and put off by itself, and only who asked takes it back."""
    by_itself = {State.DONE, State.EXTENDED} if row.kind == Right.ERASE else set()
    return [
        state
        for state in State
        if state is not State.WITHDRAWN and state not in by_itself and may_follow(row.state, state, kind=row.kind)
    ]


def _about(asked: Asked, row: Request) -> str:
    if row.subject == Subject.PROFILE:
        profile = asked.session.get(Profile, row.subject_id)
        return profile.name if profile else ""
    account = asked.session.get(Account, row.subject_id)
    return account.name if account else ""


def _incident(asked: Asked, incident_id: int, *, typed: Typed = NOTHING, done: str = "") -> IncidentPage:
    rooms, session, acting = check_room(asked, "incidents"), asked.session, asked.acting
    row = get_incident(session, acting=acting, incident_id=incident_id)
    found = see(session, acting=acting, incidents=[row])
    if not found:
        raise NotFoundError("incident_unknown", incident_id=incident_id)
    seen = found[0]
    about = full_profiles(session, acting=OPERATOR, profile_ids=[row.about_id]).get(row.about_id)
    article = next(
        (each.title[asked.language] for each in asked.service.rulebook.code(row.code_version).articles
         if each.code == row.article), "",
    )  # fmt: skip
    return IncidentPage(
        language=asked.language,
        frame=asked.frame("incidents", form="page-form" if typed.errors else ""),
        rooms=rooms,
        id=incident_id,
        is_queued=True,
        about=named(about.profile) if about else None,
        article=article,
        text=seen.text or "",
        reporter=seen.reporter or "",
        state=row.state,
        due_at=row.due_at,
        past=tuple(StepShown(step.state, step.measure or "", step.reason, step.at) for step in seen.steps),
        steps=tuple(Choice(each, each, typed.get("to") == each) for each in _next_of(asked, seen)),
        measures=tuple(Choice(each, each, typed.get("measure") == each) for each in Measure),
        typed=typed,
        done=done,
    )


def _next_of(asked: Asked, seen: SeenIncident) -> list[IncidentState]:
    """What whoever it is given to may do now."""
    if seen.assigned_id is None or seen.assigned_id != asked.acting.account_id:
        return []
    state = seen.incident.state
    allowed = {IncidentState.EXAMINED, IncidentState.DECIDED}
    if state == IncidentState.APPEALED:
        allowed.add(IncidentState.CLOSED)
    return [each for each in IncidentState if each in allowed and may_step(state, each)]
