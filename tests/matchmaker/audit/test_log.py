"""The log keeps what was done with power, and shows when somebody changed it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session, select

from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.audit.actions import record_act
from matchmaker.audit.models import AuditEntry
from matchmaker.audit.queries import count_entries, holds_digest, last_digest, list_entries, verify_log
from matchmaker.audit.seals import FIRST_DIGEST, digest_of
from matchmaker.errors import NotAllowedError
from matchmaker.store.database import Database
from tests.factories import NOW

ADMINISTRATOR = Acting(account_id=7, role=Role.ADMINISTRATOR)
WRITERS, ACTS_EACH = 6, 10
TAMPERINGS = (
    "UPDATE audit_entry SET subject_id = 99 WHERE id = 3",
    "UPDATE audit_entry SET account_id = NULL WHERE id = 2",
    "UPDATE audit_entry SET codes = '{}' WHERE id = 1",
    "DELETE FROM audit_entry WHERE id = 4",
    "DELETE FROM audit_entry",
)


def write(session: Session, number: int) -> AuditEntry:
    codes: dict[str, str | int | bool | None] = {"to": "hidden", "number": number, "sure": True, "why": None}
    return record_act(
        session, acting=ADMINISTRATOR, act="role.give", subject="account", subject_id=number, now=NOW, codes=codes
    )


@pytest.fixture
def written(database: Database) -> Database:
    """A log of six entries."""
    with database.transaction() as session:
        for number in range(1, 7):
            write(session, number)
    return database


def unprotected(database: Database, change: str) -> None:
    """Change rows as somebody would who owns the database and takes its triggers away."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER ALL"))
        else:
            for act in ("update", "delete", "insert"):
                connection.execute(text(f"DROP TRIGGER audit_entry_kept_{act}"))
        connection.execute(text(change))


def test_a_log_that_nobody_changed_is_whole(written: Database) -> None:
    with written.reading() as session:
        assert verify_log(session) is None
        assert count_entries(session) == 6
        assert holds_digest(session, last_digest(session))
        assert not holds_digest(session, FIRST_DIGEST)


def test_an_empty_log_is_whole(database: Database) -> None:
    with database.reading() as session:
        assert (verify_log(session), last_digest(session)) == (None, FIRST_DIGEST)


@pytest.mark.parametrize("change", TAMPERINGS)
def test_the_database_refuses_to_change_or_delete_entries(written: Database, change: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), written.transaction() as session:
        session.execute(text(change))
    with written.reading() as session:
        assert (verify_log(session), count_entries(session)) == (None, 6)


def test_the_database_refuses_to_replace_or_truncate(written: Database) -> None:
    replace = (
        "TRUNCATE audit_entry"
        if written.engine.dialect.name == "postgresql"
        else "INSERT OR REPLACE INTO audit_entry SELECT id, at, 1, act, subject, subject_id, codes, digest "
        "FROM audit_entry WHERE id = 2"
    )
    with pytest.raises(DatabaseError, match="append-only"), written.transaction() as session:
        session.execute(text(replace))


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ("UPDATE audit_entry SET subject_id = 99 WHERE id = 3", 3),
        ("UPDATE audit_entry SET account_id = 8 WHERE id = 1", 1),
        ("UPDATE audit_entry SET act = 'dismissed' WHERE id = 6", 6),
        ("UPDATE audit_entry SET digest = 'a' WHERE id = 5", 5),
        ("DELETE FROM audit_entry WHERE id = 1", 2),
        ("DELETE FROM audit_entry WHERE id = 4", 5),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(written: Database, change: str, broken: int) -> None:
    unprotected(written, change)
    with written.reading() as session:
        found = verify_log(session)
    assert found is not None
    assert found.id == broken


def test_entries_cut_off_at_the_end_are_missed_by_a_digest_noted_before(written: Database) -> None:
    with written.reading() as session:
        noted = last_digest(session)
    unprotected(written, "DELETE FROM audit_entry WHERE id = 6")
    with written.reading() as session:
        assert verify_log(session) is None
        assert not holds_digest(session, noted)


def test_writers_at_once_make_one_chain(database: Database) -> None:
    def work(writer: int) -> None:
        for turn in range(ACTS_EACH):
            with database.transaction() as session:
                write(session, writer * ACTS_EACH + turn)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))
    with database.reading() as session:
        assert (verify_log(session), count_entries(session)) == (None, WRITERS * ACTS_EACH)


def test_an_act_that_is_rolled_back_leaves_no_gap_in_the_chain(written: Database) -> None:
    with written.transaction() as session:
        write(session, 7)
        session.rollback()
    with written.transaction() as session:
        write(session, 8)
    with written.reading() as session:
        assert (verify_log(session), count_entries(session)) == (None, 7)


def test_the_moment_counts_and_its_zone_does_not(database: Database) -> None:
    bogota = NOW.astimezone(timezone(timedelta(hours=-5)))
    with database.transaction() as session:
        record_act(session, acting=OPERATOR, act="role.give", subject="account", subject_id=1, now=bogota)
    with database.reading() as session:
        assert verify_log(session) is None


def test_only_administrators_read_the_log_page_by_page(written: Database) -> None:
    with written.reading() as session:
        first = list_entries(session, acting=ADMINISTRATOR, limit=4)
        rest = list_entries(session, acting=ADMINISTRATOR, after=first[-1].id or 0, limit=4)
        assert [entry.subject_id for entry in (*first, *rest)] == [1, 2, 3, 4, 5, 6]
        assert list_entries(session, acting=ADMINISTRATOR, act="other", limit=4) == []
        assert len(list_entries(session, acting=ADMINISTRATOR, subject="account", limit=9)) == 6
        for role in (None, Role.CITY, Role.SUPPLIER, Role.SECRETARIAT, Role.COMMITTEE):
            with pytest.raises(NotAllowedError, match="administrator_only"):
                list_entries(session, acting=Acting(1, role), limit=4)


codes = st.dictionaries(
    st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=8), max_size=3
)


@settings(max_examples=200, deadline=None)
@given(one=codes, other=codes, numbers=st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_two_entries_have_one_digest_only_when_they_say_the_same(
    one: dict[str, str | int | bool | None], other: dict[str, str | int | bool | None], numbers: tuple[int, int]
) -> None:
    first, second = (
        AuditEntry(at=NOW, account_id=1, act="a", subject="b", subject_id=number, codes=said, digest="")
        for number, said in zip(numbers, (one, other), strict=True)
    )
    said_alike = numbers[0] == numbers[1] and repr(sorted(one.items())) == repr(sorted(other.items()))
    digests = {digest_of(entry, previous=FIRST_DIGEST) for entry in (first, second)}
    assert (len(digests) == 1) is said_alike


def test_a_log_written_by_hand_with_right_seals_is_still_refused_in_place(written: Database) -> None:
    with written.transaction() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.id == 3)).one()
        entry.subject_id = 4
        with pytest.raises(DatabaseError, match="append-only"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize(("act", "subject"), [("role.gift", "account"), ("role.give", "acount")])
def test_an_act_without_words_is_not_recorded(database: Database, act: str, subject: str) -> None:
    with database.reading() as session, pytest.raises(ValueError, match=f"{act} {subject}"):
        record_act(session, acting=OPERATOR, act=act, subject=subject, subject_id=1, now=NOW)
