"""Slots of a day, who is there when, and when a search counts as lost."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from matchmaker.events.models import AgendaRun, Event, Participant, RunState
from matchmaker.events.rules import available, is_past, kept_free, slots_of, state_of
from tests.factories import NOW
from tests.matchmaker.events.gatherings import event_draft

ZONE = ZoneInfo("America/Bogota")


def event(**changes: Any) -> Event:
    plain = event_draft(**changes).model_dump(mode="json", exclude={"opens_at", "closes_at"})
    return Event(id=1, **plain, opens_at=NOW, closes_at=NOW, created_at=NOW)


def test_slots_have_their_length_and_pause_and_leave_breaks_free() -> None:
    [day] = slots_of(event())
    assert [slot.id[-5:] for slot in day] == ["09:00", "09:25", "09:50", "10:40", "11:05", "11:30"]
    assert (day[0].starts_at, day[0].ends_at) == (
        datetime(2027, 3, 10, 9, tzinfo=ZONE), datetime(2027, 3, 10, 9, 20, tzinfo=ZONE),
    )  # fmt: skip
    assert kept_free(event()) == [("2027-03-10T11:05", "2027-03-10T11:30")]


def test_someone_is_free_when_there_and_not_on_a_panel() -> None:
    span = {"starts_at": "2027-03-10T14:30:00Z", "ends_at": "2027-03-10T14:45:00Z", "why": "panel"}
    who = Participant(
        event_id=1, profile_id=1, created_at=NOW, busy=[span], arrives_at=datetime(2027, 3, 10, 9, 10, tzinfo=ZONE),
        leaves_at=datetime(2027, 3, 10, 11, 25, tzinfo=ZONE),
    )  # fmt: skip
    assert [slot[-5:] for slot in available(who, slots_of(event()))] == ["09:50", "10:40", "11:05"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "America/Atlantis"},
        {"closes_at": "2001-01-01T00:00:00Z"},
        {"tables": [{"id": "1"}, {"id": "1"}]},
        {"slot_minutes": 5, "days": [{"on": f"2027-03-1{n}", "starts": "00:00", "ends": "23:59"} for n in range(5)]},
        {"days": [{"on": "2027-03-11", "starts": "09:00", "ends": "10:00"}] * 2},
        {"days": [{"on": "2027-03-11", "starts": "10:00", "ends": "09:00"}]},
    ],
)
def test_an_event_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        event_draft(**wrong)


def test_a_search_without_a_sign_of_life_is_lost() -> None:
    run = AgendaRun(event_id=1, state=RunState.RUNNING, asked_at=NOW, beat_at=NOW)
    assert state_of(run, NOW + timedelta(seconds=10)) is RunState.RUNNING
    assert state_of(run, NOW + timedelta(seconds=20)) is RunState.LOST
    run.state = RunState.DONE
    assert state_of(run, NOW + timedelta(days=1)) is RunState.DONE


def test_an_event_is_past_once_its_last_day_is_over_on_the_clock_of_the_place() -> None:
    assert not is_past(event(), datetime(2027, 3, 10, 23, 59, tzinfo=ZONE))
    assert is_past(event(), datetime(2027, 3, 11, 0, 0, tzinfo=ZONE))
