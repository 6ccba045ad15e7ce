"""The journeys of admission through HTTP, on both databases."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Account, Role
from matchmaker.exchange.export import export_profiles
from matchmaker.exchange.writers import JsonLinesWriter
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, person, profile_body
from tests.databases import Databases

NAME = "Fugas y Caudales"
REASON = {"reason": "Lo acordó la secretaría"}
DOORS = (
    "profile",
    "profiles",
    "register",
    "matches",
    "peers",
    "opportunities",
    "challenge",
    "challenges",
    "try",
    "export",
)


@pytest.fixture
def service(databases: Databases, new_service: NewService) -> Service:
    """A service that admits before it shows, on each database."""
    return new_service(DATABASE_URL=databases.migrated(), admission="reviewed")


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as opened:
        yield opened


@pytest.fixture
def town(secretariat: Person) -> int:
    """A town that is shown, with a challenge."""
    town = new_profile(secretariat, name="Sogamoso", kind="local_government")
    new_challenge(secretariat, town)
    return town


def applied(who: Person, **changes: Any) -> tuple[int, str]:
    """A profile with an application that was handed in: its number, and the application's address."""
    number = new_profile(who, **changes)
    begun = who.post("/v1/applications", {"profile_id": number, "words": "Por el agua"})
    assert begun.status_code == 201, begun.text
    address = begun.headers["location"]
    assert who.post(f"{address}/submission", None).json()["state"] == "submitted"
    return number, address


def decided(secretariat: Person, address: str, outcome: str = "admitted") -> None:
    answer = secretariat.post(f"{address}/decision", {"outcome": outcome, "reason": "Cuenta lo que hizo"})
    assert (answer.status_code, answer.json()["outcome"]) == (200, outcome)


def exported(service: Service) -> str:
    """What a stranger's export holds."""
    written = BytesIO()
    with service.database.reading() as session:
        export_profiles(session, ANYONE, JsonLinesWriter(written))
    return written.getvalue().decode()


def found(anyone: Person, number: int, challenge: int, service: Service) -> dict[str, bool]:
    """Through which doors a stranger meets an agent and its challenge."""
    listed = {
        "profiles": [row["id"] for row in anyone.get("/v1/profiles").json()["profiles"]],
        "register": [row["profile_id"] for row in anyone.get("/v1/register").json()["members"]],
    }
    texts = {
        "matches": anyone.get("/v1/challenges/1/matches").text,
        "peers": anyone.get("/v1/challenges/1/peers").text + anyone.get("/v1/challenges/1/near-duplicates").text,
        "challenges": anyone.get("/v1/challenges").text,
    }
    return {
        "profile": anyone.get(f"/v1/profiles/{number}").status_code == 200,
        "profiles": number in listed["profiles"],
        "register": number in listed["register"],
        "matches": NAME in texts["matches"],
        "peers": "De este agente" in texts["peers"],
        "opportunities": anyone.get(f"/v1/profiles/{number}/opportunities").status_code == 200,
        "challenge": anyone.get(f"/v1/challenges/{challenge}").status_code == 200,
        "challenges": "De este agente" in texts["challenges"],
        "try": NAME in anyone.post("/v1/try", {"description": "Queremos encontrar las fugas que no se ven."}).text,
        "export": NAME in exported(service),
    }


ALL, NONE = dict.fromkeys(DOORS, True), dict.fromkeys(DOORS, False)


def test_an_agent_applies_is_admitted_and_is_found_until_it_is_held_back(
    town: int, anyone: Person, supplier: Person, secretariat: Person, service: Service
) -> None:
    number, address = applied(supplier)
    challenge = new_challenge(supplier, number, title="De este agente")
    drain(service)
    assert town != number
    assert found(anyone, number, challenge, service) == NONE
    decided(secretariat, address)
    drain(service)
    assert found(anyone, number, challenge, service) == ALL
    for act, expected in (("suspension", NONE), ("reinstatement", ALL), ("withdrawal", NONE)):
        answer = secretariat.post(f"/v1/members/{number}/{act}", REASON)
        assert answer.status_code == 200, answer.text
        if expected == NONE:  # at once, whatever the index still holds
            assert found(anyone, number, challenge, service) == NONE
        drain(service)
        assert found(anyone, number, challenge, service) == expected
    assert supplier.get(f"/v1/members/{number}/history").json()["changes"][-1]["reason"] == REASON["reason"]
    assert supplier.get("/v1/register").json()["members"][0]["status"] == "withdrawn"


def test_a_refusal_hides_and_an_appeal_is_decided_by_another(
    anyone: Person, supplier: Person, secretariat: Person, client: TestClient, service: Service
) -> None:
    number, address = applied(supplier)
    decided(secretariat, address, "refused")
    read = supplier.get(address).json()
    assert (read["state"], read["decisions"][0]["reason"]) == ("refused", "Cuenta lo que hizo")
    assert read["appeal_until"] is not None
    assert supplier.post(f"{address}/appeal", {"words": "Miren otra vez"}).json()["state"] == "appealed"
    again = secretariat.post(f"{address}/decision", {"outcome": "admitted", "reason": "Sí"})
    assert (again.status_code, again.json()["code"]) == (403, "decided_by_you")
    decided(person(client, service, role=Role.SECRETARIAT, name="Inés"), address)
    assert anyone.get(f"/v1/profiles/{number}").status_code == 200


def test_a_draft_is_edited_only_by_who_read_it(supplier: Person) -> None:
    begun = supplier.post("/v1/applications", {"profile_id": new_profile(supplier), "words": "Uno"})
    address, tag = begun.headers["location"], begun.headers["etag"]
    assert supplier.put(address, {"words": "Dos"}, If_Match=tag).json()["words"] == "Dos"
    assert supplier.put(address, {"words": "Tres"}, If_Match=tag).status_code == 412
    assert supplier.post(f"{address}/withdrawal", None).json()["state"] == "withdrawn"


def test_strangers_see_no_application_and_have_no_power(
    anyone: Person, city: Person, supplier: Person, secretariat: Person
) -> None:
    number, address = applied(supplier)
    readers = (anyone, city, supplier, secretariat)
    assert [who.get(address).status_code for who in readers] == [401, 404, 200, 200]
    assert [len(who.get("/v1/applications").json().get("applications", [])) for who in readers] == [0, 0, 1, 1]
    verdict = {"outcome": "admitted", "reason": "Porque sí"}
    for act, body in (
        (f"{address}/decision", verdict),
        (f"{address}/votes", verdict),
        (f"{address}/count", None),
        (f"/v1/members/{number}/suspension", REASON),
        (f"/v1/members/{number}/reinstatement", REASON),
        ("/v1/assessors", {"account_id": 1}),
        ("/v1/assessors/1/dismissal", None),
        ("/v1/assessments/1/replacement", None),
        ("/v1/committees", {"kind": "founding"}),
        ("/v1/committees/1/seats", {"profile_id": 1, "account_id": 1}),
        ("/v1/committees/1/constitution", {"constituted_on": "2027-01-01", "text_version": "1"}),
        ("/v1/committees/1/assembly", {"held_on": "2027-01-01", "text_version": "1"}),
        ("/v1/seats/1/vacancy", None),
        ("/v1/invitations/preview", {}),
        ("/v1/invitations", {"digest": "0" * 64}),
    ):
        assert [who.post(act, body).status_code for who in (anyone, city, supplier)] == [401, 403, 403], act
    for address in ("/v1/assessors", "/v1/invitations"):
        assert [who.get(address).status_code for who in (anyone, city, supplier)] == [401, 403, 403]
    switch = {"has_committee": False, **REASON}
    assert [who.put("/v1/admission", switch).status_code for who in (anyone, city, supplier)] == [401, 403, 403]


def founders(
    secretariat: Person, client: TestClient, service: Service, *, constituted_on: str = "2027-01-11"
) -> list[Person]:
    """Four people of a founding committee in force, who assess too."""
    committee = secretariat.post("/v1/committees", {"kind": "founding"}).headers["location"]
    people = []
    for kind in ("local_government", "company", "academic", "civil_society"):
        who = person(client, service, role=Role.COMMITTEE, name=kind)
        profile_id = new_profile(who, name=kind, kind=kind, email=f"hola@{kind.replace('_', '-')}.example")
        account_id = who_is_numbered(service, kind)
        body = {"profile_id": profile_id, "account_id": account_id}
        assert secretariat.post(f"{committee}/seats", body).status_code == 200
        assert secretariat.post("/v1/assessors", {"account_id": account_id}).status_code == 200
        people.append(who)
    act = {"constituted_on": constituted_on, "text_version": "2017.1"}
    constituted = secretariat.post(f"{committee}/constitution", act).json()
    assert constituted["state"] == "in_force"
    return people


def test_the_committee_decides_with_assessments_by_people_without_a_conflict(
    supplier: Person, secretariat: Person, client: TestClient, service: Service
) -> None:
    people = founders(secretariat, client, service)
    assert secretariat.get("/v1/committees/1").json()["first_assembly_by"] == "2027-07-11"
    process = {"criteria_version": "2017.1", "has_assessors": True, "has_committee": True, **REASON}
    assert secretariat.put("/v1/admission", process).json()["process"]["has_committee"] is True
    number = new_profile(supplier)
    address = supplier.post("/v1/applications", {"profile_id": number}).headers["location"]
    assert supplier.post(f"{address}/submission", None).json()["state"] == "in_assessment"
    vote = {"outcome": "admitted", "reason": "Lo veo bien"}
    assert people[0].post(f"{address}/votes", vote).json()["code"] == "assessments_missing"
    codes = [item["code"] for item in people[0].get("/v1/criteria").json()["criteria"]]
    scores = {"scores": [{"criterion": code, "points": 3, "reason": "Lo cuenta"} for code in codes]}
    given = [(who, row["id"]) for who in people for row in who.get("/v1/assessments").json()["assessments"]]
    assert len(given) == 2
    for who, assessment in given:
        assert who.put(f"/v1/assessments/{assessment}", scores).json()["percent"] == 75
        assert supplier.put(f"/v1/assessments/{assessment}", scores).status_code == 404
    assert supplier.get(f"{address}/assessments").json() == {"assessments": []}
    assert len(people[0].get(f"{address}/assessments").json()["assessments"]) == 2
    states = [who.post(f"{address}/votes", vote).json()["state"] for who in people[:3]]
    assert states == ["in_assessment", "in_assessment", "admitted"]
    assert supplier.get("/v1/register").json()["members"][0]["profile_id"] == number


def who_is_numbered(service: Service, name: str) -> int:
    """The number of the account of this name."""
    with service.database.reading() as session:
        return session.exec(select(Account.id).where(Account.name == name)).one() or 0


def test_the_founding_committee_is_seen_to_be_overdue_until_the_first_assembly(
    anyone: Person, secretariat: Person, client: TestClient, service: Service
) -> None:
    founders(secretariat, client, service, constituted_on="2026-07-01")
    read = anyone.get("/v1/committees/1").json()
    assert (read["first_assembly_by"], read["is_overdue"], read["state"]) == ("2027-01-01", True, "in_force")
    assert [seat["sector"] for seat in read["seats"]] == list(read["seats_by_sector"])
    assert all(seat["name"] == "" for seat in read["seats"])  # their profiles are not admitted, so not named
    secretariat.post("/v1/committees", {"kind": "governance"})
    held = {"held_on": "2027-01-10", "text_version": "2027.1"}
    assert secretariat.post("/v1/committees/1/assembly", held).json()["code"] == "sectors_missing"
    for seat in secretariat.get("/v1/committees/1").json()["seats"]:
        account_id = who_is_numbered(service, secretariat.get(f"/v1/profiles/{seat['profile_id']}").json()["name"])
        body = {"profile_id": seat["profile_id"], "account_id": account_id}
        assert secretariat.post("/v1/committees/2/seats", body).status_code == 200
    assert secretariat.post("/v1/committees/1/assembly", held).json()["kind"] == "governance"
    states = [(row["state"], row["is_overdue"]) for row in anyone.get("/v1/committees").json()["committees"]]
    assert states == [("ended", False), ("in_force", False)]


def test_a_new_profile_is_hidden_until_admitted_unless_the_policy_is_open(
    anyone: Person, supplier: Person, secretariat: Person
) -> None:
    seen = [who.post("/v1/profiles", profile_body()).json()["visibility"] for who in (supplier, secretariat)]
    assert seen == ["hidden", "visible"]
    assert anyone.get("/v1/admission").json()["admission"] == "reviewed"


def test_the_register_tells_no_contact(anyone: Person, supplier: Person, secretariat: Person) -> None:
    _number, address = applied(supplier)
    decided(secretariat, address)
    read = anyone.get("/v1/register").json()["members"]
    assert [{key: row[key] for key in ("name", "kind", "country", "status")} for row in read] == [
        {"name": NAME, "kind": "company", "country": "CO", "status": "active"}
    ]
    assert set(read[0]) == {"profile_id", "name", "kind", "country", "admitted_at", "status"}
