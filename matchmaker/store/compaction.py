"""Giving back the space of deleted rows, so that no byte of theirs is left in any file of the database.

What a server keeps beside its files is its operator's to set, and the README says how: PostgreSQL's write-ahead log
holds old bytes until its segments are used again or removed, archives and backups until they are thrown away.
"""

from contextlib import suppress

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from matchmaker.store.database import Database

LOCK_WAIT = "30s"  # that one table may make others wait; the next round tries again what did not get its turn
FORGET_STATISTICS = """
DO $$
DECLARE
    found record;
    is_empty boolean;
BEGIN
    FOR found IN
        SELECT seen.tablename, seen.attname, format_type(attribute.atttypid, attribute.atttypmod) AS kind
        FROM pg_stats AS seen
        JOIN pg_attribute AS attribute
            ON attribute.attrelid = format('%I.%I', seen.schemaname, seen.tablename)::regclass
            AND attribute.attname = seen.attname
        WHERE seen.schemaname = current_schema()
            AND attribute.atttypid IN ('text'::regtype, 'varchar'::regtype)
    LOOP
        EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM %I)', found.tablename) INTO is_empty;
        IF is_empty THEN
            EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE %s', found.tablename, found.attname, found.kind);
        END IF;
    END LOOP;
END $$
"""
"""ANALYZE keeps what it knew of a table that is empty by now, and the owner of a table may not touch statistics: a
column that is given its own type anew loses them."""


def compact(database: Database, *, is_thorough: bool = True) -> None:
    """Rewrite the database without what was deleted. Call it outside a transaction.

    On SQLite readers go on. PostgreSQL rewrites table after table (`VACUUM FULL`), each of which waits for its turn:
    a plain VACUUM, which is enough where nobody was erased, would leave old bytes in half-filled pages. Statistics
    hold values too, so they are made anew first.
    """
    if database.engine.dialect.name == "sqlite":
        _compact_sqlite(database)
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if is_thorough:
            _compact_postgres(connection)
        else:
            connection.exec_driver_sql("VACUUM")


def _compact_postgres(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_WAIT}'")
    connection.exec_driver_sql("ANALYZE")
    connection.exec_driver_sql(FORGET_STATISTICS.replace("%", "%%"))
    connection.exec_driver_sql("VACUUM (FULL)")
    with suppress(DBAPIError):  # for superusers and pg_checkpoint; without it the server does so within minutes
        connection.exec_driver_sql("CHECKPOINT")
    connection.exec_driver_sql("RESET lock_timeout")


def _compact_sqlite(database: Database) -> None:
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        for words in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(words).fetchall()
    finally:
        connection.close()
