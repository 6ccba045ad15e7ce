"""Tables to which rows are added and never changed: the database itself refuses UPDATE, DELETE and TRUNCATE.

A model asks for it with `__table_args__ = {"info": {"append_only": True}}`; whoever writes a version with
`matchmaker.migrations` then finds the step `keep_append_only(op, "table")` after the table. Versions that exist call
these functions, so what they do may be made stricter and never weaker. SQLite changes a table by copying it, which
loses its triggers: a version that alters such a table calls `keep_append_only` again afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from alembic.autogenerate import renderers
from alembic.operations import MigrateOperation, ops

MARK = "append_only"
MODULE = "matchmaker.migrations.append_only"
_SQLITE = (
    "CREATE TRIGGER {table}_kept_{act} BEFORE {event} ON {table} {when}"
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)
_SQLITE_EVENTS = (
    ("update", "UPDATE", ""),
    ("delete", "DELETE", ""),
    # REPLACE deletes without asking the triggers of DELETE
    ("insert", "INSERT", "WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "),
)
_POSTGRESQL = (
    """
    CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'; END $$
    """,
    """
    CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_kept()
    """,
)


def keep_append_only(operations: Any, table: str) -> None:
    """Refuse every change of rows that are there. `operations` is Alembic's `op`."""
    for statement in _statements(operations.get_bind().dialect.name, table):
        operations.execute(statement)


def forget_append_only(operations: Any, table: str) -> None:
    """Take away what a dropped table leaves behind: on PostgreSQL the function; triggers go with their table."""
    if operations.get_bind().dialect.name == "postgresql":
        operations.execute(f"DROP FUNCTION {table}_kept()")


def add_steps(_context: object, _revision: object, directives: list[Any]) -> None:
    """Alembic's `process_revision_directives`: put the steps behind the tables that ask for them."""
    for script in directives:
        up, down = script.upgrade_ops, script.downgrade_ops
        marked = {step.table_name for step in up.ops if _is_marked(step)}
        up.ops = list(_with_steps(up.ops, ops.CreateTableOp, marked, "keep_append_only"))
        down.ops = list(_with_steps(down.ops, ops.DropTableOp, marked, "forget_append_only"))


@dataclass
class Step(MigrateOperation):
    """A call of one of the functions above, as it is written into a version."""

    function: str
    table: str


@renderers.dispatch_for(Step)
def _rendered(context: Any, step: Step) -> str:
    context.imports.add(f"from {MODULE} import forget_append_only, keep_append_only")
    return f'{step.function}(op, "{step.table}")'


def _with_steps(steps: Iterable[Any], kind: type[Any], marked: set[str], function: str) -> Iterator[Any]:
    for step in steps:
        yield step
        if isinstance(step, kind) and step.table_name in marked:
            yield Step(function, step.table_name)


def _is_marked(step: object) -> bool:
    return isinstance(step, ops.CreateTableOp) and bool(step.info.get(MARK))


def _statements(dialect: str, table: str) -> list[str]:
    if dialect == "postgresql":
        return [statement.format(table=table) for statement in _POSTGRESQL]
    return [
        _SQLITE.format(table=table, act=act, event=event, when=when.format(table=table))
        for act, event, when in _SQLITE_EVENTS
    ]
