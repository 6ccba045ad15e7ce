"""Integrity through HTTP: a conflict vanishes from everywhere, and nobody else learns of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.profiles.models import Profile
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, person, profile_body
from tests.databases import Databases

WORDS = {"summary": "Encontramos fugas que no se ven.", "experience": []}
TRIED = {"description": "Queremos encontrar las fugas que no se ven."}


@dataclass
class Town:
    """A city with a challenge and two firms that answer it, over HTTP."""

    client: TestClient
    service: Service
    city: Person
    firm: Person
    other: Person
    secretariat: Person
    city_id: int
    firm_id: int
    other_id: int
    challenge_id: int
    firms_challenge_id: int

    def everyone(self) -> list[Person]:
        return [self.city, self.firm, self.other, self.secretariat, Person(self.client)]

    def matches(self, who: Person, **query: int) -> list[int]:
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        found = who.get(f"/v1/challenges/{self.challenge_id}/matches?{asked}").json()
        return [match["profile"]["id"] for match in found["matches"]]

    def tried(self, who: Person) -> dict[str, list[int]]:
        """Profiles that answer, and owners of challenges that resemble, a text that is tried."""
        found = who.post("/v1/try", TRIED).json()
        named = {"matches": [match["profile"]["id"] for match in found["matches"]]}
        for part in ("peers", "near_duplicates"):
            named[part] = [peer["challenge"]["id"] for peer in found[part]]
        return named

    def declare(self, **changes: Any) -> dict[str, Any]:
        body = {"with_profile_id": self.firm_id, "nature": "family"} | changes
        answer = self.city.post(f"/v1/profiles/{self.city_id}/conflicts", body)
        assert answer.status_code == 201, answer.text
        declared: dict[str, Any] = answer.json()
        return declared

    def decide(self, decision: str) -> None:
        [conflict] = self.secretariat.get("/v1/conflicts?state=unknown").json()["conflicts"]
        body = {"decision": decision, "reason": "Leímos el registro."}
        answer = self.secretariat.post(f"/v1/conflicts/{conflict['id']}/decision", body)
        assert (answer.status_code, answer.json()["state"]) == (200, decision)


@pytest.fixture
def town(new_service: NewService, databases: Databases) -> Iterator[Town]:
    service = new_service(DATABASE_URL=databases.migrated())
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as client:
        city, firm = person(client, service, role=Role.CITY), person(client, service, role=Role.SUPPLIER)
        other, secretariat = person(client, service, role=Role.SUPPLIER), person(client, service, role=Role.SECRETARIAT)
        city_id = new_profile(city, kind="local_government", name="Sogamoso", email="a@ciudad.example", offers=[])
        firm_id = new_profile(firm, name="Firma", email="a@firma.example", **WORDS)
        other_id = new_profile(other, name="Otra", email="a@otra.example", **WORDS)
        challenge_id = new_challenge(city, city_id)
        firms_challenge_id = new_challenge(firm, firm_id)
        drain(service)
        yield Town(
            client, service, city, firm, other, secretariat, city_id, firm_id, other_id, challenge_id,
            firms_challenge_id,
        )  # fmt: skip


@pytest.fixture
def settled(town: Town) -> Town:
    """The same town after its conflict with the firm was declared and confirmed; a list was shown before."""
    assert town.firm_id in town.matches(town.city)
    assert town.declare()["state"] == "unknown"
    assert town.firm_id in town.matches(town.city)
    town.decide("confirmed")
    return town


def test_a_confirmed_conflict_vanishes_from_matches_whoever_looks(settled: Town) -> None:
    for who in settled.everyone():
        assert settled.firm_id not in settled.matches(who)
    assert len(settled.matches(settled.city, limit=1)) == 1


def test_a_confirmed_conflict_vanishes_from_peers_near_duplicates_and_opportunities(settled: Town) -> None:
    for who in settled.everyone():
        for part in ("peers", "near-duplicates"):
            found = who.get(f"/v1/challenges/{settled.challenge_id}/{part}").json()["peers"]
            assert settled.firms_challenge_id not in [peer["challenge"]["id"] for peer in found]
        fitting = who.get(f"/v1/profiles/{settled.firm_id}/opportunities").json()["opportunities"]
        assert settled.challenge_id not in [opportunity["challenge"]["id"] for opportunity in fitting]


def test_a_confirmed_conflict_vanishes_from_what_either_side_tries_and_from_nothing_else(settled: Town) -> None:
    tried = settled.tried(settled.city)
    assert settled.firm_id not in tried["matches"]
    assert settled.firms_challenge_id not in (*tried["peers"], *tried["near_duplicates"])
    assert settled.city_id not in settled.tried(settled.firm)["matches"]
    assert settled.firm_id in settled.tried(settled.other)["matches"]


def test_a_confirmed_conflict_vanishes_from_lists_that_were_shown_before(settled: Town) -> None:
    lists = settled.city.get(f"/v1/challenges/{settled.challenge_id}/showings").json()["showings"]
    assert lists
    for number in (row["id"] for row in lists):
        shown = settled.city.get(f"/v1/showings/{number}").json()["matches"]
        assert settled.firm_id not in [match["profile"]["id"] for match in shown if match["profile"]]


def test_a_confirmed_conflict_vanishes_from_pages(settled: Town) -> None:
    page = settled.client.get(f"/en/challenges/{settled.challenge_id}")
    assert page.status_code == 200
    assert f"/profiles/{settled.firm_id}" not in page.text
    assert f"/profiles/{settled.other_id}" in page.text
    opportunities = settled.client.get(f"/en/profiles/{settled.firm_id}/opportunities")
    assert opportunities.status_code == 200
    assert f"/challenges/{settled.challenge_id}" not in opportunities.text


def test_the_side_that_declared_is_told_and_the_other_is_not(settled: Town) -> None:
    assert settled.firm.get(f"/v1/profiles/{settled.firm_id}/conflicts").json() == {"conflicts": []}
    [declared] = settled.city.get(f"/v1/profiles/{settled.city_id}/conflicts").json()["conflicts"]
    assert (declared["state"], declared["with_profile_id"]) == ("confirmed", settled.firm_id)


def test_a_dismissed_conflict_changes_nothing(town: Town) -> None:
    before = town.matches(town.city)
    town.declare()
    town.decide("dismissed")
    assert town.matches(town.city) == before


@pytest.mark.parametrize(
    "address",
    [
        "/v1/conflicts",
        "/v1/conflicts?state=unknown",
        "/v1/conflicts/1",
        "/v1/profiles/{city}/conflicts",
        "/v1/profiles/{city}/declarations",
        "/v1/profiles/{city}/signature",
    ],
)
def test_strangers_and_the_other_side_read_nothing_of_a_conflict(town: Town, address: str) -> None:
    town.declare()
    place = address.format(city=town.city_id)
    assert town.firm.get(place).status_code == 403
    assert town.other.get(place).status_code == 403
    assert Person(town.client).get(place).status_code == 401
    assert town.secretariat.get(place).status_code == 200
    assert person(town.client, town.service, role=Role.COMMITTEE).get(place).status_code == 200


def test_a_save_finds_what_two_profiles_share_and_tells_only_the_office(town: Town) -> None:
    answer = town.other.put(
        f"/v1/profiles/{town.other_id}",
        profile_body(name="Otra", email="b@firma.example", registration_number="800197268", **WORDS),
    )
    assert answer.status_code == 200
    assert "firma.example" not in answer.text
    [conflict] = town.secretariat.get("/v1/conflicts").json()["conflicts"]
    assert (conflict["first_id"], conflict["second_id"], conflict["state"]) == (town.firm_id, town.other_id, "unknown")
    assert [ground["code"] for ground in conflict["grounds"]] == ["same_mail_domain"]
    assert "firma.example" not in town.secretariat.get("/v1/conflicts").text


def test_what_nobody_is_shown_stays_when_a_save_leaves_it_out(town: Town) -> None:
    place = f"/v1/profiles/{town.firm_id}"
    unshown = {"email": "a@firma.example", "registration_number": "800197268", "address": "Calle 1 # 2-3"}
    for body in (profile_body(**unshown), {"kind": "company", "name": "Nueva"}):
        answer = town.firm.put(place, body)
        assert answer.status_code == 200
        assert not any(value in answer.text for value in unshown.values())
    with town.service.database.reading() as session:
        row = session.exec(select(Profile).where(Profile.id == town.firm_id)).one()
    assert {name: getattr(row, name) for name in unshown} == unshown


def test_the_code_is_read_by_anyone_and_signed_by_its_representative(town: Town) -> None:
    code = Person(town.client).get("/v1/code-of-ethics").json()
    assert Person(town.client).get(f"/v1/code-of-ethics/{code['version']}").json() == code
    assert town.client.get("/v1/code-of-ethics/1999.1").status_code == 404
    place = f"/v1/profiles/{town.city_id}"
    assert town.city.get(f"{place}/signature").json()["state"] == "due"
    signed = town.city.post(f"{place}/signatures", {"version": code["version"]})
    assert (signed.status_code, signed.json()["state"]) == (201, "signed")
    assert town.firm.post(f"{place}/signatures", {"version": code["version"]}).status_code == 403


def test_interests_are_declared_and_those_with_members_go_to_the_secretariat(town: Town) -> None:
    place = f"/v1/profiles/{town.city_id}/declarations"
    interests = [
        {"nature": "contract_in_progress", "with_profile_id": town.firm_id, "until": "2020-01-01"},
        {"nature": "ownership", "with_profile_id": town.other_id},
        {"nature": "advisory", "with_name": "Fundación Aguas Claras"},
    ]
    assert town.city.get(place).json()["duties"][0]["state"] == "due"
    answer = town.city.post(place, {"interests": interests})
    assert answer.status_code == 201, answer.text
    assert [item["is_past"] for item in answer.json()["interests"]] == [True, False, False]
    assert town.city.get(place).json()["duties"][0]["state"] == "declared"
    conflicts = town.secretariat.get("/v1/conflicts").json()["conflicts"]
    assert [(row["first_id"], row["second_id"]) for row in conflicts] == [(town.city_id, town.other_id)]
    wrong = town.city.post(place, {"interests": [{"nature": "family"}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "#/interests/0")


def test_an_incident_is_reported_examined_and_decided(town: Town) -> None:
    examiner = person(town.client, town.service, role=Role.COMMITTEE, name="Inés")
    body = {"about_id": town.firm_id, "article": "honest_words", "text": "Esa obra es nuestra.", "is_protected": True}
    sent = town.other.post("/v1/incidents", body)
    assert sent.status_code == 201, sent.text
    place = sent.headers["location"]
    assert town.firm.get(place).status_code == 404
    assert town.firm.get("/v1/incidents").json() == {"incidents": []}
    for step in (
        {"to": "examined", "reason": "Pedimos las actas."},
        {"to": "decided", "reason": "Corrigió el perfil.", "measure": "warning"},
    ):
        answer = examiner.post(f"{place}/steps", step)
        assert (answer.status_code, answer.json()["state"]) == (200, step["to"])
    told = town.firm.get(place).json()
    assert (told["side"], told["reporter"], told["text"], told["measure"]) == ("accused", None, None, "warning")
    assert town.secretariat.get(place).json()["reporter"] is None
    assert examiner.get(place).json()["reporter"] == "Ana"
    appealed = town.firm.post(f"{place}/steps", {"to": "appealed", "reason": "Hubo un malentendido."})
    assert (appealed.status_code, appealed.json()["state"]) == (200, "appealed")
    second = person(town.client, town.service, role=Role.COMMITTEE, name="Raúl")
    with town.service.database.reading() as session:
        second_id = session.exec(select(Account.id).where(Account.name == "Raúl")).one()
    assigned = town.secretariat.post(f"{place}/assignment", {"account_id": second_id})
    assert assigned.json()["assigned_id"] == second_id
    closed = second.post(f"{place}/steps", {"to": "closed", "reason": "Fue un error.", "measure": "none"})
    assert (closed.status_code, closed.json()["due_at"]) == (200, None)
