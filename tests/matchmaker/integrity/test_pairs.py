"""A pair is one row, whoever speaks first and how often."""

from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from matchmaker.integrity.grounds import add_ground
from matchmaker.integrity.models import Conflict, ConflictState, Decision, Ground, Nature
from matchmaker.integrity.pairs import conflict_of
from matchmaker.integrity.queries import apart_from, confirmed_of, confirmed_with, entangled_with, is_held
from matchmaker.integrity.rules import pair_of
from matchmaker.migrations import upgrade
from matchmaker.store.database import Database
from tests.databases import SqliteDatabases, statements
from tests.factories import NOW
from tests.matchmaker.integrity.conftest import House

CONFIRMED, UNKNOWN = ConflictState.CONFIRMED, ConflictState.UNKNOWN
NUMBERS = st.integers(min_value=1, max_value=2_147_483_647)
SMALL = st.integers(min_value=0, max_value=4)


@given(first=NUMBERS, second=NUMBERS)
def test_a_pair_has_one_order(first: int, second: int) -> None:
    if first == second:
        with pytest.raises(ValueError, match="two profiles"):
            pair_of(first, second)
    else:
        assert pair_of(first, second) == pair_of(second, first) == tuple(sorted((first, second)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(SMALL, SMALL, st.sampled_from(Nature), st.sampled_from([*Decision, None])), max_size=12))
def test_whatever_is_said_and_decided_both_sides_are_told_the_same(
    sqlite_databases: SqliteDatabases, acts: list[tuple[int, int, Nature, Decision | None]]
) -> None:
    database = Database(sqlite_databases.migrated())
    with database.transaction() as session:
        house = House(session)
        numbers = [house.member()[0].id or 0 for _ in range(5)]
        expected: dict[tuple[int, int], str] = {}
        for one, other, nature, decision in acts:
            if one != other:
                _say(house, expected, numbers[one], numbers[other], nature, decision)
        assert session.exec(select(func.count()).select_from(Conflict)).one() == len(expected)
        for number in numbers:
            apart, held = (_partners(expected, number, state) for state in (CONFIRMED, UNKNOWN))
            assert confirmed_with(session, number) == apart
            assert entangled_with(session, [number]) == apart | held
            assert {other for other in numbers if is_held(session, number, other)} == held
            assert {other for other in numbers if is_held(session, other, number)} == held
    database.close()


def _say(
    house: House, expected: dict[tuple[int, int], str], one: int, other: int, nature: Nature, decision: Decision | None
) -> None:
    """One side declares, and the secretariat may decide."""
    _, is_new = add_ground(house.session, profile_id=one, other_id=other, code=nature, declared_by_id=one, now=NOW)
    pair = pair_of(one, other)
    before = expected.setdefault(pair, UNKNOWN)
    expected[pair] = UNKNOWN if is_new and before == ConflictState.DISMISSED else before
    if decision is not None:
        found = conflict_of(house.session, one, other)
        assert found is not None
        expected[pair] = house.decide(found, decision).state


def _partners(expected: dict[tuple[int, int], str], number: int, state: str) -> set[int]:
    return {sum(pair) - number for pair, held in expected.items() if number in pair and held == state}


def test_the_database_refuses_a_pair_in_the_wrong_order_and_a_second_row(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    house.declare(acting, other=other, profile=one)
    for first, second in ((other.id, one.id), (one.id, one.id), (one.id, other.id)):
        row = {"first_id": first, "second_id": second, "state": "unknown", "reason": "", "created_at": NOW}
        with pytest.raises(IntegrityError), house.session.begin_nested():
            house.session.execute(insert(Conflict).values(**row))


def test_who_is_apart_from_many_is_read_in_one_statement(database: Database) -> None:
    with database.transaction() as session:
        house = House(session)
        (one, acting), (two, _), (three, other) = house.member(), house.member(), house.member()
        house.decide(house.declare(acting, one, two), Decision.CONFIRMED)
        house.decide(house.declare(other, three, two), Decision.CONFIRMED)
        session.flush()
        with statements(database) as sent:
            found = confirmed_of(session, [one.id or 0, two.id or 0, three.id or 0])
        assert len(sent) == 1
        assert found == {one.id: {two.id}, two.id: {one.id, three.id}, three.id: {two.id}}
        assert apart_from(session, [one.id or 0, three.id or 0]) == {two.id}
        assert (apart_from(session, []), confirmed_of(session, [])) == (frozenset(), {})


def test_a_profile_that_is_erased_takes_its_conflicts_with_it(house: House) -> None:
    (one, acting), (other, _) = house.member(), house.member()
    house.decide(house.declare(acting, one, other), Decision.CONFIRMED)
    house.session.delete(one)
    house.session.flush()
    assert house.session.exec(select(func.count()).select_from(Ground)).one() == 0
    assert confirmed_with(house.session, other.id or 0) == frozenset()


def test_two_who_make_the_same_pair_at_once_share_its_row(empty_url: str) -> None:
    upgrade(empty_url)
    database = Database(empty_url)
    try:
        with database.transaction() as session:
            house = House(session)
            one, other = house.member()[0].id or 0, house.member()[0].id or 0
        _race(database, one, other)
        with database.reading() as session:
            assert session.exec(select(func.count()).select_from(Conflict)).one() == 1
            assert len(session.exec(select(Ground)).all()) == 2
    finally:
        database.close()


def _race(database: Database, one: int, other: int) -> None:
    """Two threads declare from both sides between the same two starts."""
    start = Barrier(2)
    failed: list[BaseException] = []

    def declare(profile_id: int, other_id: int) -> None:
        try:
            with database.transaction() as session:
                start.wait()
                add_ground(
                    session, profile_id=profile_id, other_id=other_id, code=Nature.FAMILY, declared_by_id=profile_id,
                    now=NOW,
                )  # fmt: skip
        except BaseException as error:  # noqa: BLE001 - told to the test
            failed.append(error)

    threads = [Thread(target=declare, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
