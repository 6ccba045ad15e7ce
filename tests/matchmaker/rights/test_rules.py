from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.rights.deadlines import Counting, Term, load_deadlines
from matchmaker.rights.models import Right, State
from matchmaker.rights.rules import MOVES, OPEN, due_at, extended_until, is_overdue, later, may_follow

BOGOTA, SAO_PAULO, SANTIAGO = ZoneInfo("America/Bogota"), ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/Santiago")
DEADLINES = load_deadlines(Path(__file__).parents[3] / "data" / "rights")
FRIDAY_EVENING = datetime(2027, 1, 15, 23, 30, tzinfo=BOGOTA).astimezone(UTC)  # Saturday in London
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
ZONES = st.sampled_from([BOGOTA, SAO_PAULO, SANTIAGO])
EXAMPLES = 300


def local(moment: datetime, zone: ZoneInfo = BOGOTA) -> date:
    return moment.astimezone(zone).date()


def test_days_are_counted_where_the_person_is() -> None:
    term = Term(5, Counting.WORKING, "")
    assert local(due_at(FRIDAY_EVENING, term, zone=BOGOTA)) == date(2027, 1, 22)
    assert local(due_at(FRIDAY_EVENING, Term(10, Counting.CALENDAR, ""), zone=BOGOTA)) == date(2027, 1, 25)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2027, 1, 31), date(2027, 2, 28)), (date(2027, 12, 15), date(2028, 1, 15))]
)
def test_a_month_later_is_the_same_day_or_the_last_one(day: date, expected: date) -> None:
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert local(later(moment, 1, Counting.MONTHS, zone=BOGOTA)) == expected


@settings(max_examples=EXAMPLES, deadline=None)
@given(moment=MOMENTS, length=st.integers(1, 40), zone=ZONES)
def test_working_days_end_on_no_weekend_and_hold_exactly_so_many(moment: datetime, length: int, zone: ZoneInfo) -> None:
    end = local(later(moment, length, Counting.WORKING, zone=zone), zone)
    first = local(moment, zone)
    days = [first + timedelta(days=number) for number in range(1, (end - first).days + 1)]
    assert end.weekday() < 5
    assert sum(day.weekday() < 5 for day in days) == length


@settings(max_examples=EXAMPLES, deadline=None)
@given(moment=MOMENTS, lengths=st.tuples(st.integers(0, 40), st.integers(0, 40)), zone=ZONES,
       counting=st.sampled_from(Counting))  # fmt: skip
def test_a_longer_term_never_ends_sooner(
    moment: datetime, lengths: tuple[int, int], zone: ZoneInfo, counting: Counting
) -> None:
    ends = [later(moment, length, counting, zone=zone) for length in sorted(lengths)]
    assert all(before <= after for before, after in pairwise(ends))


def test_an_extension_is_counted_from_the_end_of_the_term() -> None:
    term = DEADLINES.law_for(Right.CORRECT, country="CO", day=date(2027, 1, 15)).terms[Right.CORRECT]
    end = due_at(FRIDAY_EVENING, term, zone=BOGOTA)
    assert (local(end), local(extended_until(end, term, zone=BOGOTA))) == (date(2027, 2, 5), date(2027, 2, 17))


def test_every_right_has_a_term_everywhere_and_a_named_law_its_article() -> None:
    countries = {country for law in DEADLINES.laws for country in law.countries} | {"", "ZZ"}
    for country in countries:
        for right in Right:
            law = DEADLINES.law_for(right, country=country, day=date(2027, 1, 15))
            assert law.terms[right].length > 0
            assert bool(law.law) is bool(law.terms[right].article), (country, right)
    assert all(law.source for law in DEADLINES.laws if any(term.is_checked for term in law.terms.values()))


def test_a_law_holds_from_its_day_on() -> None:
    before, after = (
        DEADLINES.law_for(Right.ACCESS, country="CL", day=day).terms[Right.ACCESS]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    )
    assert ((before.length, before.counting), (after.length, after.extension)) == ((2, Counting.WORKING), (30, 30))


def test_an_erasure_takes_no_longer_than_five_working_days_wherever_one_is_asked_for() -> None:
    days = 5  # of the retention list
    for number in range(14):
        moment = FRIDAY_EVENING + timedelta(days=number)
        assert moment + timedelta(days=days) <= due_at(moment, Term(5, Counting.WORKING, ""), zone=BOGOTA)


def test_what_is_closed_stays_closed_but_for_what_was_blocked() -> None:
    closed = set(State) - OPEN
    for state in closed:
        assert MOVES[state] == frozenset()
        assert {right for right in Right if may_follow(state, State.WITHDRAWN, kind=right)} == (
            {Right.BLOCK, Right.OBJECT} if state is State.DONE else set()
        )
    now = FRIDAY_EVENING
    assert not any(is_overdue(state, now, now=now + timedelta(days=1)) for state in closed)
    assert all(is_overdue(state, now, now=now + timedelta(seconds=1)) for state in OPEN)
