"""Giving back the space of deleted rows, so that no byte of theirs is left."""

from matchmaker.store.database import Database


def compact(database: Database) -> None:
    """Rewrite the database without what was deleted. Call it outside a transaction; readers may go on."""
    if database.engine.dialect.name == "sqlite":
        _compact_sqlite(database)
        return
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM")


def _compact_sqlite(database: Database) -> None:
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        for words in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(words).fetchall()
    finally:
        connection.close()
