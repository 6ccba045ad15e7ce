"""A search for an agenda in a process of its own, which nothing that happens to the server can undo.

`python -m matchmaker.events.running RUN` reads the address of the database from its input. It writes where it stands
every second and keeps every verified draft. Whoever stops it takes the last of them; the process finds that it is no
longer wanted, and leaves. Killed, it leaves a run without signs of life, whose last draft stays.
"""

import os
import sys
import threading
from collections.abc import Callable
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
from matchmaker.events.concluding import conclude, conclude_failed, keep_made
from matchmaker.events.models import AgendaPaper, AgendaRun, RunState
from matchmaker.events.papers import INSTANCE, PUBLISHED, read_plain
from matchmaker.store.database import Database

Ending = Callable[[Session, datetime], RunState | None]
"""Writes what came of a search."""
LOOK_SECONDS = 0.1  # between two looks at whether to stop
LOOKS_PER_BEAT = 5  # between two signs of life
NICENESS = 5  # pages come first


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass
class Desk:
    """What the search and the thread beside it share: where it stands, and whether to stop."""

    database: Database
    run_id: int
    step: Step = field(default_factory=lambda: Step("waiting", 0, 0))
    unwanted: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def note(self, step: Step) -> None:
        """Remember where the search stands; a draft is kept at once."""
        self.step = step
        if step.draft is not None and not self.unwanted.is_set():
            with self.database.transaction() as session:
                keep_made(session, run_id=self.run_id, made=step.draft)

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
            state = session.exec(select(AgendaRun.state).where(AgendaRun.id == self.run_id)).first()
        if state != RunState.RUNNING:
            self.unwanted.set()

    def _show(self) -> None:
        step = self.step
        with self.database.transaction() as session:
            run = session.get_one(AgendaRun, self.run_id)
            run.beat_at, run.stage, run.done, run.total = now(), step.stage, step.done, step.total
            session.add(run)


def run_search(database: Database, run_id: int) -> RunState | None:
    """Do a run that waits; nothing for one that another process has taken, that is gone, or that is stopped."""
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
    write = run_aside(lambda: _attempt(run, instance, published, desk), desk.unwanted.is_set)
    desk.ended.set()
    beating.join()
    if write is None:
        return None
    with database.transaction() as session:
        return write(session, now())


def _attempt(run: AgendaRun, instance: Instance, published: Schedule | None, desk: Desk) -> Ending:
    """Search; gives back what is then written, whatever came of it."""
    run_id = run.id or 0
    try:
        made = _search(run, instance, published, desk)
        price = price_of_guarantees(instance, made, desk.unwanted.is_set)
    except DomainError as refused:
        return partial(conclude_failed, run_id=run_id, code=refused.code, values=refused.values)
    except Exception as error:  # noqa: BLE001 - the run says that it failed; the texts of errors may be personal
        return partial(conclude_failed, run_id=run_id, code="agenda_run_failed", values={"error": type(error).__name__})
    return partial(conclude, run_id=run_id, made=made, price=price)


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
        return solve(instance, policy, desk.unwanted.is_set, desk.note)
    return reoptimise(instance, published, Mode(run.mode), policy, desk.unwanted.is_set, desk.note)


def main() -> None:
    """Do the run that the command line names, in the database that the input names."""
    os.nice(NICENESS)
    database = Database(sys.stdin.readline().strip())
    run_search(database, int(sys.argv[1]))
    database.close()
    leave(0)


if __name__ == "__main__":
    main()
