"""A congress of the demo over HTTP: forty cities, a hundred and twenty others, and what they agreed to."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.wiring import Service
from matchmaker.accounts.models import Role
from tests.api.rest.callers import Person, person
from tests.api.rest.papers import Entry, entries

DEMO = Path(__file__).parents[3] / "data"
CITIES, OTHERS = 40, 120
PATIENCE_SECONDS = 120.0
Agendas = dict[str, list[dict[str, Any]]]
Calendars = dict[str, dict[str, Entry]]
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
            answer = self.people[name].put(f"{self.own(name)}/presence", {"presence": "cancelled"})
            assert answer.status_code == 200, answer.text

    def publish(self) -> dict[str, Any]:
        answer = self.rosa.post(f"{self.address}/versions", {})
        assert answer.status_code == 201, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def agendas(self) -> Agendas:
        """Everyone's own agenda, as each reads it."""
        found = {}
        for name, own in self.people.items():
            answer = own.get(f"{self.own(name)}/agenda")
            assert answer.status_code == 200, answer.text
            found[name] = answer.json()["meetings"]
        return found

    def own(self, name: str) -> str:
        """The address of somebody's own papers."""
        return f"{self.address}/participants/{self.registrations[name]}"

    def calendars(self) -> Calendars:
        """Everyone's calendar, as another library than ours reads it."""
        return {name: entries(own.get(f"{self.own(name)}/agenda.ics")) for name, own in self.people.items()}


def lines(folder: str) -> Iterator[dict[str, Any]]:
    for batch in "abcd":
        for line in (DEMO / folder / f"{batch}.jsonl").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


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
