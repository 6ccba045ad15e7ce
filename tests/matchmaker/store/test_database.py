import threading
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, select

from matchmaker.accounts.models import Account
from matchmaker.challenges.models import Need
from matchmaker.places.models import Territory
from matchmaker.profiles.models import Offer, Profile
from matchmaker.store.database import Database
from tests.factories import NOW

BOGOTA = timezone(timedelta(hours=-5))
LONG_ENOUGH_TO_COLLIDE_SECONDS = 0.3


class GoneWrongError(Exception):
    pass


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.exec(select(Account.name)).all())


def account(name: str, created_at: datetime = NOW) -> Account:
    return Account(name=name, role="city", created_at=created_at)


def test_a_transaction_keeps_what_it_wrote(database: Database) -> None:
    with database.transaction() as session:
        session.add(account("Ana"))
    assert names(database) == ["Ana"]


def test_a_transaction_that_fails_keeps_nothing(database: Database) -> None:
    def write_and_fail(session: Session) -> None:
        session.add(account("Ana"))
        session.flush()
        raise GoneWrongError

    with pytest.raises(GoneWrongError), database.transaction() as session:
        write_and_fail(session)
    assert names(database) == []


def test_what_is_written_while_reading_is_not_kept(database: Database) -> None:
    with database.reading() as session:
        session.add(account("Ana"))
        session.flush()
    assert names(database) == []


def test_rows_can_be_read_after_the_commit(database: Database) -> None:
    with database.transaction() as session:
        row = account("Ana")
        session.add(row)
    assert (row.id, row.name) == (1, "Ana")


def test_an_unfinished_transaction_is_not_seen_by_others(database: Database) -> None:
    with database.transaction() as session:
        session.add(account("Ana"))
        session.flush()
        assert names(database) == []


def test_a_row_cannot_refer_to_one_that_is_not_there(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Need(challenge_id=7, position=0, text="agua"))


def test_parts_go_with_the_row_that_they_belong_to(database: Database) -> None:
    profile = Profile(kind="company", name="Uno", language="es", created_at=NOW, updated_at=NOW)
    with database.transaction() as session:
        session.add(profile)
        session.flush()
        session.add(Offer(profile_id=profile.id or 0, position=0, title="", text="agua"))
    with database.transaction() as session:
        session.delete(session.get_one(Profile, profile.id))
    with database.reading() as session:
        assert session.exec(select(Offer)).all() == []


def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Database) -> None:
    told = datetime(2027, 5, 12, 10, 40, 30, 123456, tzinfo=BOGOTA)
    with database.transaction() as session:
        session.add(account("Ana", told))
    with database.reading() as session:
        kept = session.exec(select(Account.created_at)).one()
    assert kept == told
    assert kept.tzinfo is UTC or kept.utcoffset() == timedelta(0)


def test_moments_are_compared_as_moments(database: Database) -> None:
    with database.transaction() as session:
        session.add(account("early", datetime(2027, 5, 12, 9, tzinfo=UTC)))
        session.add(account("late", datetime(2027, 5, 12, 9, tzinfo=BOGOTA)))
    with database.reading() as session:
        noon = datetime(2027, 5, 12, 12, tzinfo=UTC)
        assert session.exec(select(Account.name).where(Account.created_at > noon)).all() == ["late"]


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="time zone"), database.transaction() as session:
        session.add(account("Ana", datetime(2027, 5, 12, 10, 40)))  # noqa: DTZ001 the fault that is meant


def test_every_script_is_kept_as_it_was_written(database: Database) -> None:
    name = "Ñandú 🏙 São João d'Ávila Kichwa ñukanchik 漢字"
    with database.transaction() as session:
        session.add(Territory(kind="rural", name=name, country="BR", created_at=NOW))
    with database.reading() as session:
        assert session.exec(select(Territory.name)).one() == name


def write_after_reading(database: Database, name: str, failures: list[Exception]) -> None:
    try:
        with database.transaction() as session:
            session.exec(select(Account)).all()
            time.sleep(LONG_ENOUGH_TO_COLLIDE_SECONDS)
            session.add(account(name))
    except Exception as failure:  # noqa: BLE001 a thread has no one to raise to
        failures.append(failure)


def test_writers_wait_for_each_other_even_when_they_read_first(database: Database) -> None:
    failures: list[Exception] = []
    threads = [threading.Thread(target=write_after_reading, args=(database, name, failures)) for name in "ABC"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, names(database)) == ([], ["A", "B", "C"])


def test_readers_of_sqlite_do_not_wait_for_a_writer(sqlite_database: Database) -> None:
    with sqlite_database.transaction() as session:
        session.add(account("Ana"))
        session.flush()
        assert names(sqlite_database) == []  # whoever waited would wait for this very thread


def test_the_folder_of_a_new_file_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'deep' / 'down' / 'a.sqlite'}")
    with database.reading() as session:
        assert session.connection().exec_driver_sql("SELECT 1").scalar_one() == 1
    database.close()
    assert (tmp_path / "deep" / "down" / "a.sqlite").exists()


def test_a_plain_postgresql_address_gets_the_driver_that_is_installed() -> None:
    database = Database("postgresql://ana@localhost/city")
    assert database.url == "postgresql+psycopg://ana@localhost/city"
    database.close()
