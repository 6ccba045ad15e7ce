"""Searches in a process of their own, for events of any size."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from matchmaker.accounts.models import OPERATOR
from matchmaker.events.agenda.instance import Instance
from matchmaker.events.concluding import figures_so_far
from matchmaker.events.models import AgendaPaper, AgendaRun
from matchmaker.events.papers import INSTANCE, write_instance
from matchmaker.events.planning import plan_event
from matchmaker.events.runs import stop_run
from matchmaker.store.database import Database
from tests.matchmaker.events.gatherings import event_draft

PATIENCE_SECONDS = 60.0


def asked(database: Database, instance: Instance) -> AgendaRun:
    now = datetime.now(UTC)
    with database.transaction() as session:
        gathering = plan_event(session, acting=OPERATOR, draft=event_draft(), now=now)
        run = AgendaRun(event_id=gathering.id or 0, asked_at=now, beat_at=now + timedelta(seconds=PATIENCE_SECONDS))
        session.add(run)
        session.flush()
        session.add(AgendaPaper(run_id=run.id or 0, name=INSTANCE, content=write_instance(instance)))
    return run


def follow(database: Database, run_id: int, until: Callable[[AgendaRun, bool], bool]) -> AgendaRun:
    """Look until something is true of the run, and of whether it has an agenda."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with database.reading() as session:
            run = session.get_one(AgendaRun, run_id)
            if until(run, figures_so_far(session, run) is not None):
                return run
        time.sleep(0.05)
    raise AssertionError(f"still {run.state} {run.stage}")


def stop(database: Database, run: AgendaRun) -> AgendaRun:
    """End a search, and read what has become of it."""
    with database.transaction() as session:
        stop_run(session, acting=OPERATOR, event_id=run.event_id, run_id=run.id or 0, now=datetime.now(UTC))
    with database.reading() as session:
        return session.get_one(AgendaRun, run.id)
