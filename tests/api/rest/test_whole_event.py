"""A whole event through HTTP: forty cities and a hundred and twenty others of the demo, from consents to agendas."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Role
from tests.api.rest.callers import person
from tests.api.rest.congress import CITIES, EVENT, OTHERS, Agendas, Calendars, Congress, agree, lines
from tests.api.rest.papers import pages_of, text_of
from tests.conftest import Tally
from tests.fakes import HashingEncoder

CANCELLING = 0.05  # of all who take part
BOGOTA = ZoneInfo("America/Bogota")


@dataclass(frozen=True)
class Carried:
    """What everyone has in hand."""

    agendas: Agendas
    calendars: Calendars


@pytest.fixture
def living(service: Service) -> Iterator[Service]:
    """The same service with the clock of the process that searches."""
    opened = Service(service.settings, encoder=HashingEncoder())
    yield opened
    opened.close()


@pytest.fixture
def congress(living: Service) -> Iterator[Congress]:
    with TestClient(create_app(living), headers={"Accept-Language": "en"}) as client:
        found = Congress(person(client, living, role=Role.SECRETARIAT, name="Rosa"))
        for line in islice(lines("demo/public_bodies"), CITIES):
            found.join(client, living, line, Role.CITY)
        graded = {line["challenge"]: line["grades"] for line in lines("evaluation/demo/judgements")}
        wanted = Counter(name for grades in graded.values() for name, grade in grades.items() if grade > 1)
        others = {line["external_id"]: line for line in lines("demo/profiles")}
        for name in sorted(others, key=lambda each: -wanted[each])[:OTHERS]:
            found.join(client, living, others[name], Role.SUPPLIER)
        agree(found, graded)
        planned = found.rosa.post("/v1/events", EVENT)
        found.address = planned.headers["location"]
        assert found.rosa.put(f"{found.address}/state", {"state": "open"}).status_code == 200
        found.register()
        yield found


def test_from_consents_to_agendas_that_people_read(congress: Congress, tally: Tally) -> None:
    before = first_agenda(congress)
    leaving = [name for name, meetings in before.agendas.items() if meetings][:: round(1 / CANCELLING)]
    after = agenda_without(congress, leaving)
    moved, of_all = seats_moved(before.agendas, after.agendas, {congress.profiles[name] for name in leaving})
    assert moved <= 0.005 * of_all
    gone = sum(len(before.agendas[name]) for name in leaving)
    changed = changes_told(before.calendars, after.calendars)
    assert 2 * gone >= changed > gone  # they and whom they would have met; nobody else
    tally(f"a whole event of {CITIES + OTHERS}: {len(leaving)} cancel, {moved} of {of_all} seats move, "
          f"{changed} of {sum(map(len, after.calendars.values()))} entries in calendars change")  # fmt: skip
    tell_how_it_went(congress, after.agendas)
    told = congress.rosa.get(f"{congress.address}/report").json()
    assert (told["number"], told["outcomes"], told["presence"]["cancelled"]) == (2, {"pilot": 1}, len(leaving))
    assert congress.rosa.get(f"{congress.address}/report.csv").text.count("\n") == told["meetings"] + 1


def first_agenda(congress: Congress) -> Carried:
    """Checked, searched for, published, read by everyone, printed."""
    check = congress.rosa.get(f"{congress.address}/check").json()
    assert (check["participants"], check["slots"]) == (CITIES + OTHERS, 18)
    assert check["agreed"] == check["candidates"] > 100
    assert all(low["obstacle"] == "candidates" for low in check["low"])
    assert {unmet["hindrance"] for unmet in check["unmet"]} <= {"cap", "time"}  # everyone is there all the time
    stop_at_once(congress)
    assert congress.solve()["figures"]["quality"] >= 0.999
    certificate = congress.publish()["certificate"]
    assert certificate["missing"] == sum(low["lacking"] for low in check["low"])
    made = carried(congress)
    assert sum(map(len, made.agendas.values())) == 2 * certificate["meetings"]
    papers_say(congress, made.agendas)
    return made


def agenda_without(congress: Congress, leaving: list[str]) -> Carried:
    """Made anew after some have cancelled."""
    congress.cancel(leaving)
    assert congress.rosa.post(f"{congress.address}/versions", {}).json()["code"] == "agenda_outdated"
    assert congress.solve(mode="locked")["figures"]["quality"] >= 0.98
    assert congress.publish()["number"] == 2
    made = carried(congress)
    assert all(made.agendas[name] == [] for name in leaving)
    return made


def carried(congress: Congress) -> Carried:
    """Calendars hold what agendas say, in the time of the event."""
    made = Carried(congress.agendas(), congress.calendars())
    for name, meetings in made.agendas.items():
        held = sorted(entry.start for entry in made.calendars[name].values() if entry.is_held)
        assert held == sorted(datetime.fromisoformat(meeting["starts_at"]) for meeting in meetings)
        assert all(start.utcoffset() == start.astimezone(BOGOTA).utcoffset() for start in held)
    return made


def stop_at_once(congress: Congress) -> None:
    """A second search is refused while one is under way; a stop is answered before the search has ended."""
    begun = congress.rosa.post(f"{congress.address}/runs", {})
    assert congress.rosa.post(f"{congress.address}/runs", {}).json()["code"] == "agenda_run_active"
    assert congress.rosa.post(f"{begun.headers['location']}/stop", {}).status_code == 200
    congress.await_end(begun.headers["location"])


def changes_told(before: Calendars, after: Calendars) -> int:
    """How many entries are struck out, or elsewhere: each with a higher number. None is lost, the rest untouched."""
    changed = 0
    for name, entries_before in before.items():
        for identity, entry in entries_before.items():
            now = after[name][identity]
            is_same = replace(now, sequence=entry.sequence) == entry
            assert now == entry if is_same else now.sequence > entry.sequence
            changed += not is_same
    return changed


def papers_say(congress: Congress, agendas: Agendas) -> None:
    """On paper: each one's meetings, a badge for everyone, a sign for each table that is used."""
    for name, meetings in list(agendas.items())[:: len(agendas) // 8]:
        paper = text_of(congress.people[name].get(f"{congress.own(name)}/agenda.pdf", Accept_Language="es"))
        for meeting in meetings:
            clock = datetime.fromisoformat(meeting["starts_at"]).astimezone(BOGOTA)
            assert f"{clock:%H:%M}" in paper
            assert f"Mesa {meeting['table']}" in paper
    badges = pages_of(congress.rosa.get(f"{congress.address}/badges.pdf"))
    assert sum(page.count("Alguien de") for page in badges) == len(congress.people)
    signs = text_of(congress.rosa.get(f"{congress.address}/signs.pdf", Accept_Language="es"))
    used = {meeting["table"] for meetings in agendas.values() for meeting in meetings}
    assert all(f"Mesa {table}" in signs for table in used)


def seats_moved(before: Agendas, after: Agendas, gone: set[int]) -> tuple[int, int]:
    """How many seats are no longer where they were, and of how many in meetings that nobody left."""
    same: list[bool] = []
    for name, meetings in before.items():
        times = {meeting["key"]: meeting["starts_at"] for meeting in after[name]}
        same += [
            times.get(meeting["key"]) == meeting["starts_at"]
            for meeting in meetings
            if after[name] and not gone & {member["profile_id"] for member in meeting["members"]}
        ]
    return same.count(False), len(same)


def tell_how_it_went(congress: Congress, agendas: Agendas) -> None:
    """One says that they met; nobody else reads or writes there."""
    name, meetings = next((name, meetings) for name, meetings in agendas.items() if meetings)
    place = congress.own(name)
    own = congress.people[name].put(f"{place}/meetings/{meetings[0]['key']}", {"has_met": True, "outcome": "pilot"})
    assert (own.json()["meetings"][0]["has_met"], own.json()["meetings"][0]["outcome"]) == (True, "pilot")
    stranger = next(other for other in congress.people if other != name)
    assert congress.people[stranger].get(f"{place}/agenda").json()["code"] == "participant_unknown"
