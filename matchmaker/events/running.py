"""A search for an agenda in a process of its own, which nothing that happens to the server can undo.

`python -m matchmaker.events.running RUN` reads the address of the database from its input. It writes where it stands
every second, keeps every verified draft, and ends within a second of being asked to: with what it has made of it by
then, else with its last draft. Killed, it leaves a run without
signs of life, whose last draft stays, and which can be started again.
"""

import math
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select, update

from matchmaker.errors import DomainError
from matchmaker.events import gathering  # noqa: F401 - the rows that ours refer to are known by it
from matchmaker.events.agenda.aside import leave, run_aside
from matchmaker.events.agenda.fairness import price_of_guarantees
from matchmaker.events.agenda.instance import Instance, Mode, Policy, Schedule, Step
from matchmaker.events.agenda.reading import read_instance
from matchmaker.events.agenda.reoptimising import reoptimise
from matchmaker.events.agenda.solving import solve
from matchmaker.events.models import AgendaPaper, AgendaRun, RunState
from matchmaker.events.papers import DRAFT, INSTANCE, PUBLISHED, RESULT, read_plain, write_plain
from matchmaker.events.working import adopt_paper
from matchmaker.store.database import Database

LOOK_SECONDS = 0.1  # between two looks at whether to stop
LOOKS_PER_BEAT = 5  # between two signs of life
GRACE_SECONDS = 0.2  # of a search that was asked to end: it may be in a long step, and its last draft is good
NICENESS = 5  # pages come first


@dataclass
class Desk:
    """What the search and the thread beside it share: where it stands, and whether to stop."""

    database: Database
    run_id: int
    step: Step = field(default_factory=lambda: Step("waiting", 0, 0))
    stopping: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    draft: Schedule | None = None
    told_at: float = math.inf  # of the monotonic clock: when the search was told to end

    def note(self, step: Step) -> None:
        """Remember where the search stands; a draft is kept at once."""
        if self.ended.is_set():
            return  # what comes of a search that was given up is of no interest
        self.step = step
        if step.draft is not None:
            content = write_plain(step.draft)
            with self.database.transaction() as session:
                keep_paper(session, self.run_id, DRAFT, content)
            self.draft = step.draft

    def beat(self) -> None:
        """Look often whether to stop, and show life and where the search stands, until it ends."""
        beats = 0
        while not self.ended.wait(LOOK_SECONDS):
            beats += 1
            with suppress(OperationalError):  # a database that is busy now may not be so in a moment
                self._look()
                if beats % LOOKS_PER_BEAT == 0:
                    self._show()

    def _look(self) -> None:
        with self.database.reading() as session:
            asked_at = session.exec(select(AgendaRun.stop_asked_at).where(AgendaRun.id == self.run_id)).first()
        if asked_at is not None and not self.stopping.is_set():
            self.told_at = time.monotonic()
            self.stopping.set()

    def is_overdue(self) -> bool:
        """Whether a search that was told to end has had its time."""
        return time.monotonic() > self.told_at + GRACE_SECONDS

    def _show(self) -> None:
        step = self.step
        with self.database.transaction() as session:
            run = session.get_one(AgendaRun, self.run_id)
            run.beat_at, run.stage, run.done, run.total = now(), step.stage, step.done, step.total
            session.add(run)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def keep_paper(session: Session, run_id: int, name: str, content: dict[str, object]) -> None:
    """Write a paper of a run, or write it anew."""
    row = session.get(AgendaPaper, (run_id, name)) or AgendaPaper(run_id=run_id, name=name)
    row.content = content
    session.add(row)


def run_search(database: Database, run_id: int) -> RunState | None:
    """Do a run that waits; nothing for one that another process has taken, or that is gone."""
    if not _take(database, run_id):
        return None
    with database.reading() as session:
        run = session.get_one(AgendaRun, run_id)
        instance = read_instance(session.get_one(AgendaPaper, (run_id, INSTANCE)).content)
        paper = session.get(AgendaPaper, (run_id, PUBLISHED))
        published = None if paper is None else read_plain(paper.content)
    desk = Desk(database, run_id)
    beating = threading.Thread(target=desk.beat, daemon=True)
    beating.start()
    write = run_aside(lambda: _attempt(run, instance, published, desk), desk.is_overdue)
    desk.ended.set()
    beating.join()
    if write is None:
        write = partial(_stopped, run=run, draft=desk.draft)
    with database.transaction() as session:
        return write(session)


def _attempt(
    run: AgendaRun, instance: Instance, published: Schedule | None, desk: Desk
) -> Callable[[Session], RunState]:
    """Search; gives back what is then written, whatever came of it."""
    run_id = run.id or 0
    try:
        made = _search(run, instance, published, desk)
        price = price_of_guarantees(instance, made, desk.stopping.is_set)
    except DomainError as refused:
        return partial(_failed, run_id=run_id, code=refused.code, values=refused.values)
    except Exception as error:  # noqa: BLE001 - the run says that it failed; the texts of errors may be personal
        return partial(_failed, run_id=run_id, code="agenda_run_failed", values={"error": type(error).__name__})
    is_stopped = desk.stopping.is_set()
    return partial(_made, run=run, made=made, price=price, is_stopped=is_stopped)


def _take(database: Database, run_id: int) -> bool:
    with database.transaction() as session:
        taken = session.exec(
            update(AgendaRun)
            .where(col(AgendaRun.id) == run_id, col(AgendaRun.state) == RunState.WAITING)
            .values(state=RunState.RUNNING, beat_at=now(), process_id=os.getpid())
        )
        return bool(taken.rowcount)


def _search(run: AgendaRun, instance: Instance, published: Schedule | None, desk: Desk) -> Schedule:
    policy = Policy(seed=run.seed, seconds=run.seconds, exposure=run.exposure)
    if published is None:
        return solve(instance, policy, desk.stopping.is_set, desk.note)
    return reoptimise(instance, published, Mode(run.mode), policy, desk.stopping.is_set, desk.note)


def _made(session: Session, *, run: AgendaRun, made: Schedule, price: float | None, is_stopped: bool) -> RunState:
    if not _is_wanted(session, run):
        return RunState.LOST
    keep_paper(session, run.id or 0, RESULT, write_plain(made))
    session.flush()
    return _adopted(session, run, RESULT, made, price=price, state=RunState.STOPPED if is_stopped else RunState.DONE)


def _stopped(session: Session, *, run: AgendaRun, draft: Schedule | None) -> RunState:
    """The last draft is the result; without one nothing is changed."""
    if not _is_wanted(session, run):
        return RunState.LOST
    if draft is None:
        _close(session, run.id or 0, RunState.STOPPED)
        return RunState.STOPPED
    return _adopted(session, run, DRAFT, draft, price=None, state=RunState.STOPPED)


def _is_wanted(session: Session, run: AgendaRun) -> bool:
    """Whether the search was not given up meanwhile: another one may be under way."""
    return session.get_one(AgendaRun, run.id).state == RunState.RUNNING


def _adopted(
    session: Session, run: AgendaRun, name: str, made: Schedule, *, price: float | None, state: RunState
) -> RunState:
    adopt_paper(
        session,
        event_id=run.event_id,
        run_id=run.id or 0,
        name=name,
        attainable=made.attainable,
        price=price,
        now=now(),
    )
    _close(session, run.id or 0, state)
    return state


def _failed(session: Session, *, run_id: int, code: str, values: Mapping[str, object]) -> RunState:
    row = _close(session, run_id, RunState.FAILED)
    row.problem = code
    row.problem_values = {
        name: value if isinstance(value, (int, float, list)) else str(value) for name, value in values.items()
    }
    return RunState.FAILED


def _close(session: Session, run_id: int, state: RunState) -> AgendaRun:
    row = session.get_one(AgendaRun, run_id)
    row.state, row.ended_at, row.beat_at = state, now(), now()
    session.add(row)
    return row


def main() -> None:
    """Do the run that the command line names, in the database that the input names."""
    os.nice(NICENESS)
    database = Database(sys.stdin.readline().strip())
    run_search(database, int(sys.argv[1]))
    database.close()
    leave(0)


if __name__ == "__main__":
    main()
