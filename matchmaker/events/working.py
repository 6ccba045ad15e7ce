"""The agenda that the secretariat works on, kept and read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect
from sqlmodel import Session, col, insert, select, update

from matchmaker.errors import NotFoundError
from matchmaker.events.agenda.instance import Instance, Schedule
from matchmaker.events.agenda.reading import read_instance
from matchmaker.events.models import AgendaPaper, WorkingAgenda
from matchmaker.events.papers import INSTANCE, read_plain, write_instance, write_plain


@dataclass(frozen=True)
class Working:
    """A working copy: what was asked of the solver, what stands now, what guarantees cost."""

    row: WorkingAgenda
    instance: Instance
    schedule: Schedule


def load_working(session: Session, *, event_id: int, is_held: bool = False) -> Working:
    """The working copy, which nobody else changes until the commit when `is_held`. Raises `agenda_not_made`."""
    statement = select(WorkingAgenda).where(WorkingAgenda.event_id == event_id)
    row = session.exec(
        statement.with_for_update() if is_held else statement, execution_options={"populate_existing": True}
    ).first()
    if row is None:
        raise NotFoundError("agenda_not_made", event_id=event_id)
    return Working(row, read_instance(row.instance), read_plain(row.schedule))


def keep_working(
    session: Session, *, event_id: int, instance: Instance, schedule: Schedule, price: float | None, now: datetime
) -> WorkingAgenda:
    """Put an agenda in place of the working copy."""
    row = session.get(WorkingAgenda, event_id) or WorkingAgenda(event_id=event_id, version=0, changed_at=now)
    row.instance, row.schedule = write_instance(instance), write_plain(schedule)
    row.attainable, row.fairness_price = schedule.attainable, price
    row.version, row.changed_at = row.version + 1, now
    session.add(row)
    session.flush()
    return row


def adopt_paper(
    session: Session, *, event_id: int, run_id: int, name: str, attainable: float, price: float | None, now: datetime
) -> None:
    """Put the agenda of that name which a run has kept in place of the working copy.

    The database copies it: that of an event of thousands has a hundred thousand meetings that are not held.
    """
    version = session.exec(select(WorkingAgenda.version).where(WorkingAgenda.event_id == event_id)).first()
    values = {
        "instance": _content(run_id, INSTANCE),
        "schedule": _content(run_id, name),
        "attainable": attainable,
        "fairness_price": price,
        "version": (version or 0) + 1,
        "changed_at": now,
    }
    if version is None:
        session.exec(insert(WorkingAgenda).values(event_id=event_id, **values))
    else:
        session.exec(update(WorkingAgenda).where(col(WorkingAgenda.event_id) == event_id).values(**values))


def _content(run_id: int, name: str) -> ScalarSelect[Any]:
    row = select(AgendaPaper.content).where(AgendaPaper.run_id == run_id, AgendaPaper.name == name)
    return row.scalar_subquery()
