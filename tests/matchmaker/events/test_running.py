"""The process of a search: it is stopped, it is killed, and nothing is lost."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from matchmaker.accounts.models import OPERATOR
from matchmaker.errors import DomainError
from matchmaker.events.actions import plan_event
from matchmaker.events.agenda.instance import Instance
from matchmaker.events.agenda.verify import verify
from matchmaker.events.launching import launch
from matchmaker.events.models import AgendaPaper, AgendaRun, RunState
from matchmaker.events.papers import INSTANCE, write_instance
from matchmaker.events.rules import state_of
from matchmaker.events.running import run_search
from matchmaker.events.runs import best_so_far, check_no_run, stop_run
from matchmaker.events.working import load_working
from matchmaker.store.database import Database
from tests.agenda_instances import event
from tests.matchmaker.events.gatherings import event_draft, solved, town_fair

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
            if until(run, best_so_far(session, run) is not None):
                return run
        time.sleep(0.05)
    raise AssertionError(f"still {run.state} {run.stage}")


def test_whoever_is_asked_to_stop_answers_within_a_second_with_a_verified_agenda(sqlite_database: Database) -> None:
    instance = event("L")
    run = asked(sqlite_database, instance)
    thread = launch(sqlite_database.url, run.id or 0)
    follow(sqlite_database, run.id or 0, lambda _, has_agenda: has_agenda)
    with sqlite_database.transaction() as session:
        stop_run(session, acting=OPERATOR, event_id=run.event_id, run_id=run.id or 0, now=datetime.now(UTC))
    with sqlite_database.reading() as session:
        draft = best_so_far(session, run)
        assert draft is not None
        assert verify(instance, draft) == []
    ended = follow(sqlite_database, run.id or 0, lambda one, _: one.state != RunState.RUNNING)
    thread.join()
    assert ended.state == RunState.STOPPED
    with sqlite_database.reading() as session:
        assert load_working(session, event_id=run.event_id).schedule.placed


def test_a_killed_process_is_noticed_leaves_its_draft_and_can_be_started_again(sqlite_database: Database) -> None:
    run = asked(sqlite_database, event("L"))
    thread = launch(sqlite_database.url, run.id or 0)
    found = follow(sqlite_database, run.id or 0, lambda _, has_agenda: has_agenda)
    os.kill(found.process_id or 0, signal.SIGKILL)
    thread.join()
    with sqlite_database.reading() as session:
        dead = session.get_one(AgendaRun, run.id)
        assert dead.state == RunState.RUNNING
        later = datetime.now(UTC) + timedelta(seconds=2 * PATIENCE_SECONDS)
        assert state_of(dead, later) is RunState.LOST
        assert best_so_far(session, dead) is not None
        check_no_run(session, event_id=run.event_id, now=later)


def test_another_process_does_not_take_a_run_that_is_taken(database: Database) -> None:
    with database.transaction() as session:
        found = town_fair(session)
    run = solved(database, found.id, found.rosa)
    assert run.state == RunState.DONE
    assert run_search(database, run.id or 0) is None


def test_a_search_without_anybody_to_meet_is_not_begun(database: Database) -> None:
    with database.transaction() as session:
        found = town_fair(session)
        for name in found.parties:
            found.wish(name, **{other: "no" for other in found.parties if other != name})
    with pytest.raises(DomainError, match="agenda_no_candidates"):
        solved(database, found.id, found.rosa)
