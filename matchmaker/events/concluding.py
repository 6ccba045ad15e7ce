"""What a search has made, kept as it goes; and its end: its agenda becomes the working copy, or it says why not."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, select

from matchmaker.events.agenda.instance import Schedule
from matchmaker.events.figures import Figures, figures_of, read_figures, write_figures
from matchmaker.events.models import AgendaPaper, AgendaRun, RunState
from matchmaker.events.papers import FIGURES, MADE, write_plain
from matchmaker.events.rules import ACTIVE
from matchmaker.events.working import adopt_paper


def figures_so_far(session: Session, run: AgendaRun) -> Figures | None:
    """Those of the result of a search, or of its last verified draft."""
    paper = session.get(AgendaPaper, (run.id, FIGURES), populate_existing=True)
    return None if paper is None else read_figures(paper.content)


def keep_made(session: Session, *, run_id: int, made: Schedule) -> bool:
    """Keep the best agenda so far; false, and nothing is kept, once the search is no longer wanted."""
    if _held(session, run_id).state != RunState.RUNNING:
        return False
    for name, content in ((MADE, write_plain(made)), (FIGURES, write_figures(figures_of(made)))):
        row = session.get(AgendaPaper, (run_id, name)) or AgendaPaper(run_id=run_id, name=name)
        row.content = content
        session.add(row)
    session.flush()
    return True


def conclude(session: Session, now: datetime, *, run_id: int, made: Schedule, price: float | None) -> RunState | None:
    """The search has ended with this; nothing when it was stopped or given up meanwhile."""
    if not keep_made(session, run_id=run_id, made=made):
        return None
    return _close_with_made(session, now, _held(session, run_id), RunState.DONE, price=price)


def conclude_stopped(session: Session, now: datetime, *, run: AgendaRun) -> None:
    """End a search that goes on: its best agenda so far is the result; without one nothing is changed.

    Its process need not be asked: it finds that it is no longer wanted, and leaves.
    """
    held = _held(session, run.id or 0)
    if held.state in ACTIVE:
        _close_with_made(session, now, held, RunState.STOPPED, price=None)


def conclude_failed(
    session: Session, now: datetime, *, run_id: int, code: str, values: Mapping[str, object]
) -> RunState | None:
    """There is no result, and the run says why; nothing when it was stopped or given up meanwhile."""
    run = _held(session, run_id)
    if run.state != RunState.RUNNING:
        return None
    run.problem = code
    run.problem_values = {
        name: value if isinstance(value, (int, float, list)) else str(value) for name, value in values.items()
    }
    return _close(session, now, run, RunState.FAILED)


def _held(session: Session, run_id: int) -> AgendaRun:
    """The run as it is now; whoever else would end it waits."""
    statement = select(AgendaRun).where(AgendaRun.id == run_id).with_for_update()
    return session.exec(statement, execution_options={"populate_existing": True}).one()


def _close_with_made(
    session: Session, now: datetime, run: AgendaRun, state: RunState, *, price: float | None
) -> RunState:
    figures = figures_so_far(session, run)
    if figures is not None:
        adopt_paper(
            session, event_id=run.event_id, run_id=run.id or 0, name=MADE, attainable=figures.attainable, price=price,
            now=now,
        )  # fmt: skip
    return _close(session, now, run, state)


def _close(session: Session, now: datetime, run: AgendaRun, state: RunState) -> RunState:
    run.state, run.ended_at, run.beat_at = state, now, now
    session.add(run)
    session.flush()
    return state
