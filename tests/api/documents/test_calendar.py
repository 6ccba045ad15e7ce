"""The calendar feed: as the standard wants it, read back by another library than the one that writes it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import vobject
from icalendar import Calendar

from api.documents.calendar import cancellation, feed
from api.documents.models import PersonalAgenda
from api.documents.revisions import Edition, revised
from matchmaker.languages import WorkingLanguage
from tests.api.documents.scenes import GATHERING, HOSTILE, MADE_AT, NAMES, agenda, meeting

LINE_OCTETS = 75  # RFC 5545, 3.1


def events(content: bytes) -> list[Any]:
    return list(vobject.readOne(content.decode()).contents.get("vevent", []))


def moment(value: Any) -> datetime:
    assert isinstance(value.value, datetime)
    return value.value.astimezone(UTC)


def test_another_library_reads_back_when_where_and_with_whom() -> None:
    made = agenda()
    found = events(feed(made))
    assert [(moment(each.dtstart), moment(each.dtend)) for each in found] == [(m.start, m.end) for m in made.held]
    assert found[0].summary.value == NAMES[0]
    assert found[0].location.value == "Mesa 1 · Zona norte · Salón Ñ, Ágora, Centro de Convenciones, Bogotá"
    assert "«Encontramos vazamentos invisíveis à noite, sem parar o serviço.»" in found[0].description.value
    assert "(portugués)" in found[0].description.value
    assert found[0].status.value == "CONFIRMED"
    assert len({each.uid.value for each in found}) == len(found)


def test_who_is_elsewhere_reads_both_clocks_in_each_entry() -> None:
    [entry] = events(feed(agenda(1, own_zone="Europe/Madrid")))
    assert entry.description.value.startswith(
        "En el lugar: 09:00–09:20 (hora estándar de Colombia)\n"
        "Para usted: 16:00–16:20 (hora de verano de Europa central)\n\n"
    )
    [here] = events(feed(agenda(1)))
    assert "Para usted" not in here.description.value


@pytest.mark.parametrize(
    ("zone", "moments"),
    [
        ("America/Santiago", ("2027-04-03T15:00", "2027-04-04T15:00")),  # summer time ends in between
        ("America/New_York", ("2027-03-13T15:00", "2027-03-14T15:00")),
        ("Europe/Madrid", ("2027-10-30T15:00", "2027-10-31T15:00")),
        ("America/Bogota", ("2027-05-12T15:00", "2027-05-13T15:00")),
        ("UTC", ("2027-05-12T15:00", "2027-05-13T15:00")),
    ],
)
def test_the_zone_of_the_event_is_told_with_its_summer_time(zone: str, moments: tuple[str, str]) -> None:
    starts = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in moments]
    meetings = tuple(meeting(n, start=at, end=at + timedelta(minutes=20)) for n, at in enumerate(starts))
    content = feed(agenda(gathering=replace(GATHERING, zone=zone), meetings=meetings))
    assert [moment(each.dtstart) for each in events(content)] == starts
    parsed = Calendar.from_ical(content)
    assert parsed.get_missing_tzids() == set()
    zones = {str(each["tzid"]) for each in parsed.timezones}
    assert zones == (set() if zone == "UTC" else {zone})
    assert b"This timezone" not in content


def test_every_line_is_folded_ends_as_it_should_and_the_library_finds_no_error() -> None:
    content = feed(agenda())
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= LINE_OCTETS
    assert b"\n" not in content.replace(b"\r\n", b"")
    parsed = Calendar.from_ical(content)
    assert [error for part in parsed.walk() for error in part.errors] == []
    assert (parsed["method"], parsed["version"]) == ("PUBLISH", "2.0")


def test_hostile_texts_stay_texts() -> None:
    other = replace(meeting(0).others[0], member=HOSTILE, people=(HOSTILE,))
    made = agenda(
        gathering=replace(GATHERING, name=HOSTILE, venue=HOSTILE), meetings=(meeting(0, others=(other,), key=HOSTILE),)
    )
    content = feed(made)
    [found] = events(content)
    assert content.count(b"\r\nBEGIN:VEVENT") == 1
    assert found.summary.value == "Fin BEGIN:VEVENT SUMMARY:otro; coma, barra \\ fin"
    assert b"\r\nNAME:Fin BEGIN:VEVENT SUMMARY:otro\\; coma\\, barra \\\\ fin\r\n" in content
    assert not {"\x00", "\u202e"} & set(content.decode())


def test_the_same_agenda_is_the_same_bytes_and_an_empty_one_is_a_calendar() -> None:
    assert feed(agenda()) == feed(agenda())
    assert events(feed(agenda(0))) == []
    assert Calendar.from_ical(feed(agenda(0)))["name"]


def edition(number: int, *meetings: Any) -> Edition:
    return Edition(number, MADE_AT + timedelta(hours=number), tuple(meetings))


def of(*editions: Edition) -> PersonalAgenda:
    return agenda(meetings=revised(editions))


def seen(made: PersonalAgenda) -> dict[str, tuple[int, str]]:
    return {
        each.uid.value.split("@")[0].rsplit("-", 1)[1]: (int(each.sequence.value), each.status.value)
        for each in events(feed(made))
    }


def test_sequence_rises_with_each_change_and_stays_otherwise() -> None:
    moved = meeting(1, table="9")
    first = edition(1, meeting(0), meeting(1))
    assert seen(of(first)) == {"m0": (1, "CONFIRMED"), "m1": (1, "CONFIRMED")}
    assert seen(of(first, edition(2, meeting(0), moved))) == {"m0": (1, "CONFIRMED"), "m1": (2, "CONFIRMED")}
    dropped = (first, edition(2, meeting(0), moved), edition(3, meeting(0)), edition(4, meeting(0)))
    assert seen(of(*dropped)) == {"m0": (1, "CONFIRMED"), "m1": (3, "CANCELLED")}
    again = edition(5, meeting(0), moved)
    assert seen(of(*dropped, again)) == {"m0": (1, "CONFIRMED"), "m1": (5, "CONFIRMED")}


def test_what_was_cancelled_keeps_its_identity_and_can_be_sent_alone() -> None:
    first, second = edition(1, meeting(0), meeting(1)), edition(2, meeting(0))
    identities = {each.uid.value for each in events(feed(of(first)))}
    assert {each.uid.value for each in events(feed(of(first, second)))} == identities
    note = cancellation(of(first, second))
    assert Calendar.from_ical(note)["method"] == "CANCEL"
    [gone] = events(note)
    assert (gone.status.value, gone.transp.value, gone.uid.value in identities) == ("CANCELLED", "TRANSPARENT", True)
    assert gone.summary.value.startswith("Cancelada: ")
    assert events(cancellation(of(first))) == []


@pytest.mark.parametrize(("language", "said"), [("es", "Mesa 1"), ("pt", "Mesa 1"), ("en", "Table 1")])
def test_each_reads_it_in_their_language(language: str, said: str) -> None:
    [found] = events(feed(agenda(1, WorkingLanguage(language))))
    assert found.location.value.startswith(said)
    assert "{" not in found.description.value
