"""The event desk: what waits, and the search as it runs."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from fastapi.responses import Response

from api.web.doing import CONFLICT, Act, refusal_of
from api.web.event_checks import low_shown, unmet_shown
from api.web.event_desk_views import (
    Desk,
    Progress,
    RunShown,
    VersionShown,
    WorkingShown,
)
from api.web.events import SECTION, event_line, when
from api.web.frames import Asked, page
from api.web.typed import Typed, Wrong
from matchmaker.errors import NotFoundError
from matchmaker.events.agenda.instance import Schedule
from matchmaker.events.candidates import Candidate
from matchmaker.events.checking import check_event
from matchmaker.events.concluding import figures_so_far
from matchmaker.events.figures import figures_of
from matchmaker.events.models import AgendaRun, EventState, Presence
from matchmaker.events.publishing import awaiting
from matchmaker.events.queries import count_presence, event_for_desk, list_attendees
from matchmaker.events.rules import NEXT_STATES, is_active, state_of
from matchmaker.events.runs import Asked as AskedOfSolver
from matchmaker.events.runs import get_run, list_runs
from matchmaker.events.versions import list_versions
from matchmaker.events.working import load_working

OFFERED_STATES = (EventState.OPEN, EventState.CLOSED, EventState.OVER, EventState.DRAFT, EventState.CANCELLED)
"""What may come next, the gravest last."""


def desk_page(asked: Asked, event_id: int, *, typed: Typed | None = None, done: str = "") -> Desk:
    """The desk of an event. Raises `sign_in_needed`, `only_secretariat`, `event_unknown`."""
    found = check_event(
        asked.session, acting=asked.signed_in(), event_id=event_id, lists=asked.service.lists, now=asked.service.clock()
    )
    solver, runs = found.asked, list_runs(asked.session, acting=asked.acting, event_id=event_id)
    names, zone = names_of(asked, event_id), ZoneInfo(solver.event.time_zone)
    return Desk(
        language=asked.language,
        frame=asked.frame(SECTION),
        line=event_line(solver.event, asked.language),
        next_states=tuple(each for each in OFFERED_STATES if each in NEXT_STATES[EventState(solver.event.state)]),
        presence=presence_of(asked, event_id),
        candidates=len(solver.candidates),
        agreed=sum(one.is_agreed for one in solver.candidates),
        low=tuple(low_shown(found.low, names)),
        unmet=tuple(unmet_shown(found, names, asked.language)),
        run=run_shown(asked, runs[0]) if runs else None,
        working=_working(asked, solver),
        versions=tuple(
            VersionShown(
                row.number, row.again_number, when(row.published_at.astimezone(zone), asked.language), row.certificate
            )
            for row in list_versions(asked.session, event_id=event_id)
        ),
        typed=typed or Typed(),
        done=done,
    )  # fmt: skip


def progress_page(asked: Asked, event_id: int, run_id: int) -> Progress:
    """A search. Raises `sign_in_needed`, `only_secretariat`, `agenda_run_unknown`."""
    run = get_run(asked.session, acting=asked.signed_in(), event_id=event_id, run_id=run_id)
    event = event_for_desk(asked.session, acting=asked.acting, event_id=event_id)
    return Progress(
        asked.language, asked.frame(SECTION), event_line(event, asked.language), run_shown(asked, run, has_figures=True)
    )


def at_desk(asked: Asked, event_id: int, done: str, act: Act) -> Response:
    """Do an act and lead back to the desk; what cannot be done now is said there."""
    refusal = refusal_of(asked, act)
    if refusal:
        return page(desk_page(asked, event_id, typed=in_the_way(refusal)), status=CONFLICT)
    return asked.here(f"/desk/events/{event_id}?done={done}#done")


def in_the_way(sentence: str) -> Typed:
    """A refusal on top of a page."""
    return Typed({}, (Wrong("content", sentence),))


def run_shown(asked: Asked, run: AgendaRun, *, has_figures: bool = False) -> RunShown:
    """A search as it stands now."""
    now = asked.service.clock()
    best = figures_so_far(asked.session, run) if has_figures else None
    code = "agenda_run_lost" if state_of(run, now) == "lost" else run.problem
    return RunShown(
        run.id or 0, state_of(run, now), run.mode, run.stage, run.done, run.total, is_active(run, now),
        asked.say_refusal(code, run.problem_values) if code else "",
        None if best is None else best.placed, 0.0 if best is None else best.quality,
        0 if best is None else best.missing,
    )  # fmt: skip


def working_shown(schedule: Schedule, candidates: Iterable[Candidate]) -> WorkingShown:
    """The working copy in figures."""
    told = figures_of(schedule)
    return WorkingShown(
        told.placed, told.quality, told.missing, len(awaiting(schedule, list(candidates))), told.unplaced
    )


def names_of(asked: Asked, event_id: int) -> dict[str, str]:
    """The members by the names of their participants in an agenda."""
    attendees = list_attendees(asked.session, acting=asked.acting, event_id=event_id)
    return {f"p{each.number}": each.profile.name for each in attendees}


def _working(asked: Asked, solver: AskedOfSolver) -> WorkingShown | None:
    try:
        schedule = load_working(asked.session, event_id=solver.event.id or 0).schedule
    except NotFoundError:
        return None
    return working_shown(schedule, solver.candidates)


def presence_of(asked: Asked, event_id: int) -> Mapping[str, int]:
    """How many are expected, here, absent, gone."""
    found = count_presence(asked.session, event_id=event_id)
    return {str(state): found.get(state, 0) for state in Presence}
