"""When letters leave: laws that hold for every reader and every hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.letters.kinds import GROUPS, NECESSARY, VOLUNTARY, Group, is_voluntary
from matchmaker.letters.models import Letter, LetterHabits
from matchmaker.letters.rules import (
    ATTEMPTS_AT_MOST,
    DIGEST_WINDOW,
    LONGEST_RETRY,
    Reader,
    gathered,
    leaves_at,
    may_be_gathered,
    retry_at,
    wakes_at,
)
from matchmaker.letters.zones import DEFAULT_ZONE, ZONES, is_time_zone, zone_of
from tests.factories import NOW

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone below
hours = st.integers(0, 23)
zones = st.sampled_from(sorted({*ZONES.values(), "Asia/Kolkata", "Pacific/Chatham", "UTC"}))
accounts = st.none() | st.integers(1, 3)
attempts = st.integers(0, 2)


@st.composite
def some_letters(draw: st.DrawFn) -> list[Letter]:
    made = draw(st.lists(st.tuples(accounts, attempts, st.booleans()), max_size=12))
    return [
        Letter(id=number, account_id=account, kind="alert_digest", attempts=tried, is_urgent=urgent,
               not_before=NOW, created_at=NOW)
        for number, (account, tried, urgent) in enumerate(made, start=1)
    ]  # fmt: skip


def reader(*, zone: str = "", start: int = 20, end: int = 8, country: str = "") -> Reader:
    habits = LetterHabits(account_id=1, time_zone=zone, quiet_from=start, quiet_until=end)
    return Reader(address="a@a.example", habits=habits, country=country)


@settings(max_examples=500)
@given(now=moments, zone=zones, start=hours, end=hours)
def test_nobody_is_woken_and_nobody_waits_longer_than_a_night(now: datetime, zone: str, start: int, end: int) -> None:
    woken = wakes_at(reader(zone=zone, start=start, end=end), now=now)
    night = (end - start) % 24
    local = woken.astimezone(ZoneInfo(zone))
    assert now <= woken <= now + timedelta(hours=night + 1)  # a night may be an hour longer when clocks are set back
    assert (local.hour - start) % 24 >= night
    assert (woken == now) is ((now.astimezone(ZoneInfo(zone)).hour - start) % 24 >= night)


@settings(max_examples=300)
@given(now=moments, ago=st.integers(0, 600), tried=attempts, zone=zones)
def test_letters_to_one_reader_keep_a_distance_and_urgent_ones_do_not_wait(
    now: datetime, ago: int, tried: int, zone: str
) -> None:
    last = now - timedelta(minutes=ago)
    letter = Letter(kind="alert_digest", attempts=tried, not_before=now, created_at=now)
    at = leaves_at(letter, reader(zone=zone), last=last, now=now)
    assert at >= now
    assert tried or at - last >= DIGEST_WINDOW
    letter.is_urgent = True
    assert leaves_at(letter, reader(zone=zone), last=last, now=now) == now


@settings(max_examples=300)
@given(letters=some_letters())
def test_every_letter_is_in_one_bundle_and_shares_it_only_where_it_may(letters: list[Letter]) -> None:
    bundles = gathered(letters)
    assert sorted(letter.id or 0 for bundle in bundles for letter in bundle) == [letter.id for letter in letters]
    for bundle in bundles:
        assert len(bundle) == 1 or all(map(may_be_gathered, bundle))
        assert len({letter.account_id for letter in bundle}) == 1
    readers = [bundle[0].account_id for bundle in bundles if may_be_gathered(bundle[0])]
    assert len(readers) == len(set(readers))


def test_retries_come_ever_later_and_end() -> None:
    waits = [again - NOW for number in range(1, ATTEMPTS_AT_MOST) if (again := retry_at(number, now=NOW)) is not None]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_RETRY
    assert timedelta(days=3, hours=20) < sum(waits, timedelta()) < timedelta(days=5)
    assert retry_at(ATTEMPTS_AT_MOST, now=NOW) is None


def test_a_night_when_clocks_are_set_forward_ends_at_the_same_hour() -> None:
    now = datetime(2027, 9, 5, 2, 0, tzinfo=UTC)  # the evening before Santiago sets its clocks forward
    local = wakes_at(reader(country="CL"), now=now).astimezone(ZoneInfo("America/Santiago"))
    assert (local.hour, local.minute, local.day) == (8, 0, 5)


@pytest.mark.parametrize("name", sorted({*ZONES.values(), DEFAULT_ZONE}))
def test_every_zone_of_a_country_exists(name: str) -> None:
    assert is_time_zone(name)


def test_the_readers_own_zone_weighs_more_than_the_country() -> None:
    assert zone_of(time_zone="Europe/Madrid", country="BR").key == "Europe/Madrid"
    assert zone_of(time_zone="", country="BR").key == "America/Sao_Paulo"
    assert zone_of(time_zone="", country="ZZ").key == DEFAULT_ZONE


def test_consents_and_rights_are_necessary_and_nothing_else_is() -> None:
    assert {group for group in Group if group not in VOLUNTARY} == NECESSARY
    assert not is_voluntary("introduction_answered_both_yes")
    assert not is_voluntary("introduction_recorded_by_phone")
    assert is_voluntary("introduction_proposed")
    assert not is_voluntary("digest")
    assert all(is_voluntary(kind) is (group in VOLUNTARY) for kind, group in GROUPS.items())
