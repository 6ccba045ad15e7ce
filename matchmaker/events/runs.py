"""Searches for an agenda: asked for, started by whoever wires the service, followed, stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from matchmaker.accounts.models import Acting
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.events.agenda.instance import Instance, Mode, Schedule
from matchmaker.events.candidates import Candidate, candidates_of
from matchmaker.events.concluding import conclude_stopped
from matchmaker.events.gathering import ground_of
from matchmaker.events.ground import Ground
from matchmaker.events.instances import instance_of, past_of
from matchmaker.events.models import AgendaPaper, AgendaRun, Event, RunState
from matchmaker.events.papers import INSTANCE, PUBLISHED, write_instance, write_plain
from matchmaker.events.queries import event_for_desk
from matchmaker.events.rules import ACTIVE, is_active, policy_of, slots_of
from matchmaker.events.versions import meetings_of, newest_version, schedule_of_version
from matchmaker.introductions.terms import Lists

Starter = Callable[[int], None]
"""Starts the process of a run, once the row of that number is committed."""
RUNS_SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """What a solver would be asked about an event at this moment."""

    event: Event
    ground: Ground
    candidates: tuple[Candidate, ...]
    instance: Instance


def asked_of(session: Session, *, event: Event, lists: Lists, now: datetime) -> Asked:
    """The instance of an event as its rows are now, in the same number of statements whatever its size.

    Once it has begun, what the agenda in force had until now stays there: only time to come is arranged.
    """
    ground = ground_of(session, event_id=event.id or 0, lists=lists)
    candidates = candidates_of(ground, includes_suggestions=policy_of(event).includes_suggestions)
    past = past_of(event, _slots_in_force(session, event, now), now)
    return Asked(event, ground, tuple(candidates), instance_of(event, ground, candidates, past))


def _slots_in_force(session: Session, event: Event, now: datetime) -> dict[str, str]:
    """The slot of each published meeting; nothing before the event begins, when it does not matter."""
    first = next((slot for day in slots_of(event) for slot in day), None)
    if first is None or now < first.starts_at:
        return {}
    newest = newest_version(session, event_id=event.id or 0)
    return {} if newest is None else {held.row.key: held.row.slot for held in meetings_of(session, newest)}


def ask_run(
    session: Session, *, acting: Acting, event_id: int, lists: Lists, now: datetime, mode: Mode | None = None,
    seed: int | None = None, seconds: float | None = None,
) -> AgendaRun:  # fmt: skip
    """Ask for an agenda from nothing, or for one made of the published agenda; it starts after the commit.

    Raises `only_secretariat`, `event_unknown`, `agenda_run_active`, `agenda_not_published`, `agenda_no_candidates`.
    """
    event = event_for_desk(session, acting=acting, event_id=event_id, is_held=True)
    _give_up_lost(session, event_id=event_id, now=now)
    asked, policy = asked_of(session, event=event, lists=lists, now=now), policy_of(event)
    if not asked.candidates:
        raise ConflictError("agenda_no_candidates", event_id=event_id)
    run = AgendaRun(
        event_id=event_id, mode=mode or "", seed=policy.seed if seed is None else seed, exposure=policy.exposure,
        seconds=policy.seconds if seconds is None else seconds, asked_by_id=acting.account_id, asked_at=now,
        beat_at=now,
    )  # fmt: skip
    session.add(run)
    session.flush()
    papers = {INSTANCE: write_instance(asked.instance)}
    if mode is not None:
        papers[PUBLISHED] = write_plain(_published(session, event_id))
    session.add_all(AgendaPaper(run_id=run.id or 0, name=name, content=content) for name, content in papers.items())
    session.flush()
    return run


def stop_run(session: Session, *, acting: Acting, event_id: int, run_id: int, now: datetime) -> AgendaRun:
    """End a search with the best agenda so far as the working copy; one that is over stays as it is.

    Raises `only_secretariat`, `agenda_run_unknown`.
    """
    run = get_run(session, acting=acting, event_id=event_id, run_id=run_id)
    conclude_stopped(session, now, run=run)
    return run


def get_run(session: Session, *, acting: Acting, event_id: int, run_id: int) -> AgendaRun:
    """One search. Raises `only_secretariat`, `event_unknown`, `agenda_run_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    statement = select(AgendaRun).where(AgendaRun.event_id == event_id, AgendaRun.id == run_id)
    run = session.exec(statement, execution_options={"populate_existing": True}).first()
    if run is None:
        raise NotFoundError("agenda_run_unknown", run_id=run_id)
    return run


def list_runs(session: Session, *, acting: Acting, event_id: int) -> Sequence[AgendaRun]:
    """The last searches, newest first. Raises `only_secretariat`, `event_unknown`."""
    event_for_desk(session, acting=acting, event_id=event_id)
    statement = select(AgendaRun).where(AgendaRun.event_id == event_id)
    return session.exec(statement.order_by(col(AgendaRun.id).desc()).limit(RUNS_SHOWN)).all()


def check_no_run(session: Session, *, event_id: int, now: datetime) -> None:
    """Raise `agenda_run_active` while a search would overwrite what is changed by hand."""
    statement = select(AgendaRun).where(AgendaRun.event_id == event_id, col(AgendaRun.state).in_(ACTIVE))
    active = next((run for run in session.exec(statement).all() if is_active(run, now)), None)
    if active is not None:
        raise ConflictError("agenda_run_active", run_id=active.id)


def _give_up_lost(session: Session, *, event_id: int, now: datetime) -> None:
    """Close searches without a sign of life, so that none of them writes any more; papers of earlier ones go."""
    check_no_run(session, event_id=event_id, now=now)
    statement = select(AgendaRun).where(AgendaRun.event_id == event_id, col(AgendaRun.state).in_(ACTIVE))
    for run in session.exec(statement).all():
        run.state, run.problem, run.ended_at = RunState.FAILED, "agenda_run_lost", now
        session.add(run)
    earlier = select(AgendaRun.id).where(AgendaRun.event_id == event_id)
    session.exec(delete(AgendaPaper).where(col(AgendaPaper.run_id).in_(earlier)))
    session.flush()


def _published(session: Session, event_id: int) -> Schedule:
    version = newest_version(session, event_id=event_id)
    if version is None:
        raise ConflictError("agenda_not_published", event_id=event_id)
    return schedule_of_version(session, version)
