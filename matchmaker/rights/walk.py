"""Which rows belong to a person or a member, over every table there is, as the policies say."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, or_, select, update
from sqlmodel import Session, SQLModel

from matchmaker.rights.models import Subject
from matchmaker.rights.policies import POLICIES
from matchmaker.store.outbox import Topic, leave_message

INDEX = "index_"
"""What a topic of the outbox begins with; the name of the table follows."""


class Belongings:
    """The rows of one subject. Conditions are nested reads, so that no list of ids is ever held."""

    def __init__(self, subject: Subject | Literal["challenge"], subject_id: int) -> None:
        self._root = SQLModel.metadata.tables[subject]
        self._is_root: ColumnElement[bool] = self._root.c.id == subject_id
        self._subject = subject
        self._subject_id = subject_id

    def deepest_first(self) -> list[Table]:
        """Every table before those it refers to; the subject's own last, since its address is read until then."""
        rest = [table for table in reversed(SQLModel.metadata.sorted_tables) if table is not self._root]
        return [*rest, self._root]

    def owned(self, table: Table) -> ColumnElement[bool] | None:
        """What is erased of a table; nothing where no row can belong to the subject."""
        return self._belonging(table, told=False)

    def told(self, table: Table) -> ColumnElement[bool] | None:
        """What an export tells whole of a table: the subject's own rows."""
        return self._belonging(table, told=True)

    def about(self, table: Table) -> ColumnElement[bool] | None:
        """Rows that say by `subject` and `subject_id` that they are the subject's."""
        if not POLICIES[table.name].is_about:
            return None
        return and_(table.c.subject == str(self._subject), table.c.subject_id == self._subject_id)

    def named(self, table: Table) -> ColumnElement[bool] | None:
        """Rows that name the subject, as its own or in some office."""
        names = [table.c[name] == self._subject_id for name, of in POLICIES[table.name].names.items()
                 if of == self._subject]  # fmt: skip
        owners = POLICIES[table.name].gone_with
        links = [key.parent == self._subject_id for key in table.foreign_keys
                 if key.column.table is self._root and key.parent.name not in owners]  # fmt: skip
        about = self.about(table)
        parts = [*names, *links, *([] if about is None else [about])]
        return or_(*parts) if parts else None

    def _belonging(self, table: Table, *, told: bool) -> ColumnElement[bool] | None:
        if table is self._root:
            return self._is_root
        policy = POLICIES[table.name]
        columns = policy.gone_with if not told or policy.told_with is None else policy.told_with
        parts = [part for name in columns if (part := self._refers(table.c[name], told=told)) is not None]
        if policy.address and "email" in self._root.c:
            parts.append(self._has_its_address(table.c[policy.address]))
        return or_(*parts) if parts else None

    def _has_its_address(self, column: Column[str]) -> ColumnElement[bool]:
        """Whether a row has the subject's address; an empty one is nobody's."""
        own = select(func.lower(self._root.c.email)).where(self._is_root, self._root.c.email != "")
        return func.lower(column).in_(own)

    def _refers(self, column: Column[int], *, told: bool = False) -> ColumnElement[bool] | None:
        target = next(iter(column.foreign_keys)).column
        above = self._belonging(target.table, told=told)
        return None if above is None else column.in_(select(target).where(above))

    def unlinked(self, table: Table) -> dict[str, ColumnElement[bool]]:
        """Links of rows that stay to rows that go, by column."""
        found = {}
        for key in table.foreign_keys:
            is_link = key.parent.nullable and key.parent.name not in POLICIES[table.name].gone_with
            if is_link and key.column.table is not table and (part := self._refers(key.parent)) is not None:
                found[key.parent.name] = part
        return found


def erase(session: Session, belongings: Belongings, *, now: datetime) -> None:
    """Delete what belongs to the subject, the deepest rows first; empty links left hanging; tell the index."""
    _tell_the_index(session, belongings, now=now)
    for table in belongings.deepest_first():
        for column, hangs in belongings.unlinked(table).items():
            session.connection().execute(update(table).where(hangs).values({column: None}))
        about, emptied = belongings.about(table), POLICIES[table.name].emptied
        if about is not None and emptied:
            session.connection().execute(update(table).where(about).values(dict.fromkeys(emptied, "")))
        owned = belongings.owned(table)
        if owned is not None:
            session.connection().execute(delete(table).where(owned))
    session.expire_all()


def _tell_the_index(session: Session, belongings: Belongings, *, now: datetime) -> None:
    for topic in Topic:
        table = SQLModel.metadata.tables[topic.removeprefix(INDEX)]
        owned = belongings.owned(table)
        ids = [] if owned is None else session.connection().execute(select(table.c.id).where(owned)).scalars().all()
        for subject_id in ids:
            leave_message(session, topic=topic, subject_id=subject_id, now=now)
    session.flush()
