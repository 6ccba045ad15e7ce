"""Erase me: nothing left. A rare word is planted in every text, then looked for in the bytes of every store."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, Table
from sqlmodel import Session, SQLModel, select, update
from sqlmodel.sql.sqltypes import AutoString

from matchmaker.accounts.models import OPERATOR, Acting
from matchmaker.letters.actions import write_letter
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Profile
from matchmaker.rights.erasing import ask_erasure, erase_due
from matchmaker.rights.files import LetterFolder, sweep_letters
from matchmaker.rights.models import Subject
from matchmaker.rights.walk import Belongings
from matchmaker.store.compaction import compact
from matchmaker.store.database import Database
from matchmaker.store.outbox import Topic, leave_message
from tests.databases import PostgresDatabases
from tests.factories import NOW, saved_challenge, saved_profile, signed_in
from tests.indexer.conftest import OpenEngine, open_index, small_background  # noqa: F401 - fixtures
from tests.indexer.stores import Store
from tests.matchmaker.rights.test_actions import LATER, RETENTION
from tests.search_contract import LEAKS

WORD = "zarzaquemada"
TRACE = b"zarzaquem"  # what a stemmer leaves of it
WORDS_FROM = 100
"""Columns narrower than this hold codes and digests."""


@dataclass(frozen=True)
class Planted:
    ana: Acting
    profile_id: int
    message_id: str


def text_columns(table: Table) -> Iterator[Column[str]]:
    for column in table.columns:
        length = getattr(column.type, "length", None) or WORDS_FROM  # none: a text of any length
        if isinstance(column.type, AutoString) and length >= WORDS_FROM:
            yield column


def plant(session: Session) -> Planted:
    ana = signed_in(session)
    profile = saved_profile(session, acting=ana)
    saved_challenge(session, acting=ana, owner=profile)
    letter = write_letter(session, kind="data_export_ready", now=NOW, account_id=ana.account_id)
    assert letter
    planted = Planted(ana, profile.id or 0, letter.message_id)
    session.flush()
    for subject, number in ((Subject.ACCOUNT, ana.account_id or 0), (Subject.PROFILE, planted.profile_id)):
        for table in SQLModel.metadata.sorted_tables:
            owned = Belongings(subject, number).owned(table)
            words = {column.name: column.concat(f" {WORD} {column.name}") for column in text_columns(table)}
            if owned is not None and words and table.name != "letter":
                session.connection().execute(table.update().where(owned).values(words))
    session.exec(update(Letter).values(address=f"{WORD}@example.org"))
    leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=planted.profile_id, now=NOW)
    return planted


def stores_with_the_word(folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if TRACE in path.read_bytes().lower())


def erased(database: Database, planted: Planted) -> None:
    with database.transaction() as session:
        for subject, number in (
            (Subject.PROFILE, planted.profile_id),
            (Subject.ACCOUNT, planted.ana.account_id or 0),
        ):
            ask_erasure(session, acting=planted.ana, subject=subject, subject_id=number, retention=RETENTION, now=NOW)
    with database.transaction() as session:
        assert erase_due(session, acting=OPERATOR, retention=RETENTION, now=LATER) == 2


def test_after_an_erasure_no_byte_of_any_store_holds_the_word(
    sqlite_database: Database,
    open_index: OpenEngine,  # noqa: F811 - a fixture
    tmp_path: Path,
) -> None:
    store = Store(sqlite_database, open_index())
    database_file = Path(sqlite_database.url.removeprefix("sqlite:///"))
    letters = tmp_path / "letters"
    letters.mkdir()
    other = store.add(LEAKS)
    with sqlite_database.transaction() as session:
        planted = plant(session)
    (letters / f"{planted.message_id}.eml").write_text(f"Estimada {WORD}", encoding="utf-8")
    store.drain()
    assert f"{planted.message_id}.eml" in stores_with_the_word(tmp_path)
    assert store.best(WORD) == planted.profile_id
    assert TRACE in bytes_of(database_file)
    erased(sqlite_database, planted)
    store.drain()
    store.synchroniser.rebuild(reason="erased")  # the generation before the last is kept for readers until the next
    with sqlite_database.reading() as session:
        assert sweep_letters(session, LetterFolder(letters)) == 1
    compact(sqlite_database)
    assert stores_with_the_word(tmp_path) == []
    assert TRACE not in bytes_of(database_file)
    assert store.best(LEAKS) == store.best(WORD) == other
    assert store.check().agrees


def test_after_an_erasure_no_row_of_any_table_holds_the_word(database: Database) -> None:
    with database.transaction() as session:
        planted = plant(session)
        assert tables_with_the_word(session) >= {"account", "profile", "offer", "experience", "challenge", "need"}
    erased(database, planted)
    compact(database)
    with database.reading() as session:
        assert tables_with_the_word(session) == set()
        assert session.exec(select(Profile)).all() == []


def test_after_an_erasure_no_file_of_a_server_holds_the_word_but_its_log_and_that_until_it_moves_on(
    postgres_databases: PostgresDatabases,
) -> None:
    database = Database(postgres_databases.migrated())
    with database.transaction() as session:
        planted = plant(session)
    run(database, "ANALYZE", "CHECKPOINT")  # pages and statistics are written to their files
    own, log = postgres_databases.data / "base" / number_of(database), postgres_databases.data / "pg_wal"
    assert stores_with_the_word(own)
    erased(database, planted)
    assert stores_with_the_word(log)
    compact(database, is_thorough=False)
    run(database, "CHECKPOINT")
    assert stores_with_the_word(own)  # a plain VACUUM leaves bytes in half-filled pages
    compact(database)
    assert stores_with_the_word(own) == []
    run(database, "SELECT pg_switch_wal()", "CHECKPOINT")
    assert stores_with_the_word(log) == []
    database.close()


def run(database: Database, *statements: str) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def number_of(database: Database) -> str:
    """The name of the folder in which a server keeps this database."""
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()")
        return str(found.scalar_one())


def tables_with_the_word(session: Session) -> set[str]:
    rows = {table.name: session.connection().execute(table.select()).all() for table in SQLModel.metadata.sorted_tables}
    return {name for name, found in rows.items() if WORD in repr(found)}


def bytes_of(database_file: Path) -> bytes:
    """The database with its journal."""
    assert database_file.exists()
    files = sorted(database_file.parent.glob(f"{database_file.name}*"))
    return b"".join(path.read_bytes() for path in files).lower()
