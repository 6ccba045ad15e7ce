"""A whole event through HTTP: forty cities and a hundred and twenty others of the demo, from consents to agendas."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Role
from tests.api.rest.callers import Person, person
from tests.conftest import Tally
from tests.fakes import HashingEncoder

DEMO = Path(__file__).parents[3] / "data"
CITIES, OTHERS = 40, 120
PATIENCE_SECONDS = 120.0
CANCELLING = 0.05  # of all who take part
Agendas = dict[str, list[dict[str, Any]]]
EVENT = {
    "name": "Encuentro de ciudades",
    "city": "Bogotá",
    "country": "CO",
    "time_zone": "America/Bogota",
    "languages": ["es", "pt"],
    "slot_minutes": 20,
    "pause_minutes": 5,
    "days": [
        {"on": day, "starts": "09:00", "ends": "13:00", "keeps_free": [{"starts": "11:00", "ends": "13:00"}]}
        for day in ("2030-05-14", "2030-05-15")
    ],
    "tables": [{"id": f"{number}", "room": "Salón A"} for number in range(1, 41)],
    "policy": {"city_floor": 1, "small_city_floor": 1, "most_in_row": 4},
    "opens_at": "2020-01-01T00:00:00Z",
    "closes_at": "2030-05-01T00:00:00Z",
}


@dataclass
class Congress:
    """Who is there, by external id: the person, its profile, its registration."""

    rosa: Person
    people: dict[str, Person] = field(default_factory=dict)
    profiles: dict[str, int] = field(default_factory=dict)
    registrations: dict[str, int] = field(default_factory=dict)
    address: str = ""

    def join(self, client: TestClient, service: Service, line: dict[str, Any], role: Role) -> None:
        own = person(client, service, role=role, name=f"Alguien de {line['name']}")
        kept = {"kind", "name", "language", "summary", "offers", "languages", "areas"}
        answer = own.post("/v1/profiles", {name: value for name, value in line.items() if name in kept})
        assert answer.status_code == 201, answer.text
        self.people[line["external_id"]], self.profiles[line["external_id"]] = own, answer.json()["id"]

    def register(self) -> None:
        for name, own in self.people.items():
            answer = own.post(f"{self.address}/participants", {"profile_id": self.profiles[name]})
            assert answer.status_code == 201, answer.text
            self.registrations[name] = answer.json()["id"]

    def solve(self, **asked: object) -> dict[str, Any]:
        begun = self.rosa.post(f"{self.address}/runs", asked)
        assert begun.status_code == 201, begun.text
        run = self.await_end(begun.headers["location"])
        assert (run["state"], run["problem"]) == ("done", "")
        return run

    def await_end(self, address: str) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            run: dict[str, Any] = self.rosa.get(address).json()
            if run["state"] not in {"waiting", "running"}:
                return run
            time.sleep(0.1)
        raise AssertionError(run)

    def cancel(self, names: list[str]) -> None:
        for name in names:
            place = f"{self.address}/participants/{self.registrations[name]}/presence"
            assert self.people[name].put(place, {"presence": "cancelled"}).status_code == 200

    def publish(self) -> dict[str, Any]:
        answer = self.rosa.post(f"{self.address}/versions", {})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def agendas(self) -> Agendas:
        """Everyone's own agenda, as each reads it."""
        found = {}
        for name, own in self.people.items():
            answer = own.get(f"{self.address}/participants/{self.registrations[name]}/agenda")
            assert answer.status_code == 200, answer.text
            found[name] = answer.json()["meetings"]
        return found


def lines(folder: str) -> Iterator[dict[str, Any]]:
    for batch in "abcd":
        for line in (DEMO / folder / f"{batch}.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


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


def agree(congress: Congress, graded: dict[str, dict[str, int]]) -> None:
    """Cities propose to whoever was judged to answer their challenges; those say yes."""
    for line in lines("demo/challenges"):
        city = congress.people[line["owner"]]
        text = line["texts"]["es"]
        body = {"language": "es", "title": text["title"], "description": text["description"], "areas": line["areas"]}
        posted = city.post("/v1/challenges", body | {"owner_id": congress.profiles[line["owner"]]})
        assert posted.status_code == 201, posted.text
        for name, grade in graded[line["external_id"]].items():
            if grade > 1 and name in congress.people:
                proposal = {"challenge_id": posted.json()["id"], "profile_id": congress.profiles[name]}
                proposed = city.post("/v1/introductions", proposal | {"message": "¿Nos vemos en el encuentro?"})
                assert proposed.status_code == 201, proposed.text
                answer = congress.people[name].put(
                    f"/v1/introductions/{proposed.json()['id']}/answer", {"answer": "yes"}
                )
                assert answer.json()["state"] == "open", answer.text


def test_from_consents_to_agendas_that_people_read(congress: Congress, tally: Tally) -> None:
    rosa, address = congress.rosa, congress.address
    check = rosa.get(f"{address}/check").json()
    assert (check["participants"], check["slots"]) == (CITIES + OTHERS, 18)
    assert check["agreed"] == check["candidates"] > 100
    assert all(low["obstacle"] == "candidates" for low in check["low"])
    stop_at_once(congress)
    assert congress.solve()["figures"]["quality"] >= 0.999
    certificate = congress.publish()["certificate"]
    assert certificate["missing"] == sum(low["lacking"] for low in check["low"])
    before = congress.agendas()
    assert sum(map(len, before.values())) == 2 * certificate["meetings"]

    leaving = [name for name, meetings in before.items() if meetings][:: round(1 / CANCELLING)]
    congress.cancel(leaving)
    assert rosa.post(f"{address}/versions", {}).json()["code"] == "agenda_outdated"
    assert congress.solve(mode="locked")["figures"]["quality"] >= 0.98
    assert congress.publish()["number"] == 2
    after = congress.agendas()
    assert all(after[name] == [] for name in leaving)
    moved, of_all = seats_moved(before, after, {congress.profiles[name] for name in leaving})
    assert moved <= 0.005 * of_all
    tally(f"a whole event: {certificate['meetings']} meetings of {CITIES + OTHERS}, {len(leaving)} cancel, "
          f"{moved} of {of_all} seats move")  # fmt: skip
    tell_how_it_went(congress, after)
    told = rosa.get(f"{address}/report").json()
    assert (told["number"], told["outcomes"], told["presence"]["cancelled"]) == (2, {"pilot": 1}, len(leaving))
    assert rosa.get(f"{address}/report.csv").text.count("\n") == told["meetings"] + 1


def stop_at_once(congress: Congress) -> None:
    """A second search is refused while one is under way; a stop is answered before the search has ended."""
    begun = congress.rosa.post(f"{congress.address}/runs", {})
    assert congress.rosa.post(f"{congress.address}/runs", {}).json()["code"] == "agenda_run_active"
    assert congress.rosa.post(f"{begun.headers['location']}/stop", {}).status_code == 200
    congress.await_end(begun.headers["location"])


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
    place = f"{congress.address}/participants/{congress.registrations[name]}"
    own = congress.people[name].put(f"{place}/meetings/{meetings[0]['key']}", {"has_met": True, "outcome": "pilot"})
    assert (own.json()["meetings"][0]["has_met"], own.json()["meetings"][0]["outcome"]) == (True, "pilot")
    stranger = next(other for other in congress.people if other != name)
    assert congress.people[stranger].get(f"{place}/agenda").json()["code"] == "participant_unknown"
