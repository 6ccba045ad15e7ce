"""A world many times over, for the same people: each row again and again, its copies in copies of what it belongs to."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, Table, UniqueConstraint
from sqlmodel import AutoString, SQLModel

ONCE = {
    "account", "account_session", "admission_process", "api_token", "assessor", "committee", "letter_habits",
    "open_id_request", "open_identity", "sign_in_request", "silent_address",
}  # fmt: skip
"""What a person or the alliance has once."""
APART = 100_000  # between the numbers of a row and of its copy


def multiply(connection: Connection, *, times: int) -> None:
    """Copy all rows until each is there so many times."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in ONCE:
            rows = [dict(row) for row in connection.execute(table.select()).mappings()]
            copies = [_copy(table, row, copy) for row in rows for copy in range(1, times)]
            if copies:
                connection.execute(table.insert(), copies)


def _copy(table: Table, row: dict[str, Any], copy: int) -> dict[str, Any]:
    """A row with the numbers of its copy; what must be unique ends in another way."""
    return row | {
        column.name: f"{row[column.name]}-{copy}" if _is_text(column) else row[column.name] + APART * copy
        for column in _changed(table)
        if row[column.name] is not None
    }


def _changed(table: Table) -> Iterator[Column[Any]]:
    """Its own number, the rows to which it belongs, and texts that no other row may have."""
    unique = {column for each in table.constraints if isinstance(each, UniqueConstraint) for column in each.columns}
    for column in table.columns:
        belongs = _belongs(column)
        if (
            belongs - ONCE
            or (column.name == "id" and not belongs)
            or (column in unique and isinstance(column.type, AutoString))
        ):
            yield column


def _belongs(column: Column[Any]) -> set[str]:
    """The table that a column refers to, by a foreign key or by its name alone."""
    named = {name for name in SQLModel.metadata.tables if f"_{column.name}".endswith(f"_{name}_id")}
    return {key.column.table.name for key in column.foreign_keys} or set(sorted(named, key=len)[-1:])


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, AutoString)
