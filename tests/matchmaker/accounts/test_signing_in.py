"""Links and codes in every order, and at the same instant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import delete, select

from matchmaker.accounts.models import Account, Role, SignInRequest
from matchmaker.accounts.rules import CODE_ATTEMPTS, OPEN_REQUESTS, REQUEST_LIFE
from matchmaker.accounts.signing_in import open_request, sign_in_secrets, take_code, take_link
from matchmaker.errors import NotAllowedError
from matchmaker.store.database import Database
from tests.factories import NOW

KEY, ADDRESS, PUBLIC = "a key", "ana@sogamoso.example", "https://match.example"
BROWSERS = ("first", "second")
AT_ONCE = 8
ORDERS = 150
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "link", "foreign link", "code", "wrong code", "wait"]), st.integers(0, OPEN_REQUESTS)
    ),
    max_size=25,
)


@dataclass(frozen=True)
class Subject:
    """What a letter is about."""

    subject_id: int


@dataclass
class Asked:
    """What should be true of one request."""

    link: str
    code: str
    browser: str
    expires_at: datetime
    is_used: bool = False
    attempts: int = 0

    def is_open(self, now: datetime) -> bool:
        return not self.is_used and now < self.expires_at


@dataclass
class Model:
    """All requests of one address, as they should be."""

    database: Database
    now: datetime = NOW
    asked: list[Asked] = field(default_factory=list)

    def ask(self, number: int) -> None:
        browser = BROWSERS[number % 2]
        open_ones = [asked for asked in self.asked if asked.is_open(self.now)]
        with self.database.transaction() as session:
            row = open_request(session, key=KEY, address=ADDRESS, browser=browser, language="es", now=self.now)
            assert (row is not None) is (len(open_ones) < OPEN_REQUESTS)
            if row is not None:
                said = sign_in_secrets(session, Subject(row.id or 0), key=KEY, public_url=PUBLIC, now=self.now)
                assert said is not None
                link = said.link.rsplit("/", 1)[-1]
                self.asked.append(Asked(link, said.code, browser, self.now + REQUEST_LIFE))

    def link(self, number: int, *, is_foreign: bool = False) -> None:
        if not self.asked:
            return
        asked = self.asked[number % len(self.asked)]
        browser = "another" if is_foreign else asked.browser
        if is_foreign and asked.is_open(self.now):
            with pytest.raises(NotAllowedError, match="other_browser"), self.database.transaction() as session:
                take_link(session, secret=asked.link, browser=browser, now=self.now)
            return
        with self.database.transaction() as session:
            account = take_link(session, secret=asked.link, browser=browser, now=self.now)
        assert (account is not None) is asked.is_open(self.now)
        self._came_in(is_in=account is not None)

    def code(self, number: int, *, is_wrong: bool = False) -> None:
        right = "x" if is_wrong or not self.asked else self.asked[number % len(self.asked)].code
        taking = [one for one in self.asked if one.is_open(self.now) and one.attempts < CODE_ATTEMPTS]
        with self.database.transaction() as session:
            account = take_code(session, key=KEY, address=ADDRESS, code=right, now=self.now)
        assert (account is not None) is (right in {one.code for one in taking})
        if account is None:
            for one in taking:
                one.attempts += 1
        self._came_in(is_in=account is not None)

    def _came_in(self, *, is_in: bool) -> None:
        for one in self.asked if is_in else []:
            one.is_used = True


def new_account(database: Database) -> None:
    with database.transaction() as session:
        session.add(Account(name="Ana", role=Role.CITY, email=ADDRESS, created_at=NOW))


@settings(max_examples=ORDERS, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_order_of_acts_lets_anyone_in_twice_or_keeps_the_right_one_out(
    sqlite_database: Database, acts: list[tuple[str, int]]
) -> None:
    with sqlite_database.transaction() as session:
        session.exec(delete(SignInRequest))
        if session.exec(select(Account)).first() is None:
            session.add(Account(name="Ana", role=Role.CITY, email=ADDRESS, created_at=NOW))
    model = Model(sqlite_database)
    for act, number in acts:
        if act == "ask":
            model.ask(number)
        elif act in {"link", "foreign link"}:
            model.link(number, is_foreign=act == "foreign link")
        elif act in {"code", "wrong code"}:
            model.code(number, is_wrong=act == "wrong code")
        else:
            model.now += timedelta(minutes=number * 2)


@pytest.mark.parametrize("way", ["link", "code"])
def test_of_those_who_come_at_the_same_instant_one_gets_in(database: Database, way: str) -> None:
    new_account(database)
    model = Model(database)
    model.ask(0)
    asked, start = model.asked[0], Barrier(AT_ONCE)

    def come(_number: int) -> bool:
        start.wait()
        with database.transaction() as session:
            if way == "link":
                return take_link(session, secret=asked.link, browser=asked.browser, now=NOW) is not None
            return take_code(session, key=KEY, address=ADDRESS, code=asked.code, now=NOW) is not None

    assert sum(at_once(come)) == 1


def test_wrong_codes_at_the_same_instant_are_all_counted(database: Database) -> None:
    new_account(database)
    model = Model(database)
    model.ask(0)
    start = Barrier(AT_ONCE)

    def guess(_number: int) -> bool:
        start.wait()
        with database.transaction() as session:
            return take_code(session, key=KEY, address=ADDRESS, code="x", now=NOW) is not None

    assert sum(at_once(guess)) == 0
    with database.transaction() as session:
        assert take_code(session, key=KEY, address=ADDRESS, code=model.asked[0].code, now=NOW) is None


def at_once(act: Callable[[int], bool]) -> list[bool]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(act, range(AT_ONCE)))
