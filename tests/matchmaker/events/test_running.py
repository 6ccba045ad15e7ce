"""The process of a search: it is stopped, it is killed, and nothing is lost."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest

from matchmaker.errors import DomainError
from matchmaker.events.agenda.instance import Schedule
from matchmaker.events.agenda.verify import verify
from matchmaker.events.concluding import conclude, figures_so_far, keep_made
from matchmaker.events.figures import Figures, figures_of
from matchmaker.events.launching import launch
from matchmaker.events.models import AgendaRun, RunState
from matchmaker.events.rules import state_of
from matchmaker.events.running import run_search
from matchmaker.events.runs import check_no_run
from matchmaker.events.working import load_working
from matchmaker.store.database import Database
from tests.agenda_instances import event
from tests.factories import NOW
from tests.matchmaker.events.gatherings import solved, town_fair
from tests.matchmaker.events.searches import PATIENCE_SECONDS, asked, follow, stop


@pytest.mark.parametrize("size", ["L", pytest.param("XL", marks=pytest.mark.slow)])
def test_whoever_is_asked_to_stop_answers_with_a_verified_agenda(sqlite_database: Database, size: str) -> None:
    instance = event(size)
    run = asked(sqlite_database, instance)
    thread = launch(sqlite_database.url, run.id or 0)
    follow(sqlite_database, run.id or 0, lambda _, has_agenda: has_agenda)
    ended = stop(sqlite_database, run)
    assert ended.state == RunState.STOPPED
    made = made_by(sqlite_database, run)
    assert verify(instance, made) == []
    assert made.placed
    thread.join()
    assert made_by(sqlite_database, run) == made
    assert figures(sqlite_database, run) == figures_of(made)


def made_by(database: Database, run: AgendaRun) -> Schedule:
    with database.reading() as session:
        return load_working(session, event_id=run.event_id).schedule


def figures(database: Database, run: AgendaRun) -> Figures | None:
    with database.reading() as session:
        return figures_so_far(session, run)


def test_a_search_stopped_before_its_process_begins_changes_nothing_and_is_not_begun(database: Database) -> None:
    run = asked(database, event("S"))
    assert stop(database, run).state == RunState.STOPPED
    assert run_search(database, run.id or 0) is None
    assert figures(database, run) is None
    with database.reading() as session, pytest.raises(DomainError, match="agenda_not_made"):
        load_working(session, event_id=run.event_id)


def test_what_a_search_makes_after_it_was_stopped_is_not_kept(database: Database) -> None:
    with database.transaction() as session:
        found = town_fair(session)
    run = solved(database, found.id, found.rosa)
    made = made_by(database, run)
    with database.transaction() as session:
        assert not keep_made(session, run_id=run.id or 0, made=Schedule((), (), 0, 0, 0))
        assert conclude(session, NOW, run_id=run.id or 0, made=Schedule((), (), 0, 0, 0), price=None) is None
    assert made_by(database, run) == made
    assert figures(database, run) == figures_of(made)


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
        assert figures_so_far(session, dead) is not None
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
