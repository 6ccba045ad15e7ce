"""The alliance's lists over REST: read, tried, published, and noticed by every process."""

import pytest
from fastapi.testclient import TestClient

from api.wiring import Service
from matchmaker.accounts.models import Role
from matchmaker.taxonomy.models import AllianceList
from tests.api.rest.callers import Person, person
from tests.factories import NOW
from tests.fakes import HashingEncoder
from tests.matchmaker.publishing.documents import shipped, texts


@pytest.fixture
def secretary(client: TestClient, service: Service) -> Person:
    return person(client, service, role=Role.SECRETARIAT, name="Rosa")


def test_a_version_is_read_changed_tried_and_published(secretary: Person, anyone: Person, service: Service) -> None:
    document = secretary.get("/v1/lists/taxonomy/2017.1").json()
    assert document == shipped(AllianceList.TAXONOMY, "2017.1")
    document["version"] = "2027.1"
    document["areas"].append(
        {"code": "food", "name": texts("Alimentos"), "description": texts("Huertas y mercados."), "sub_areas": []}
    )
    tried = secretary.post("/v1/lists/trial", document)
    assert (tried.status_code, tried.headers["cache-control"]) == (200, "no-store")
    assert [(each["list"], each["fate"], each["code"]) for each in tried.json()["changes"]] == [
        ("areas", "added", "food")
    ]
    assert anyone.get("/v1/taxonomy").json()["version"] == "2017.1"
    made = secretary.post("/v1/lists", document)
    assert (made.status_code, made.headers["location"]) == (201, "/v1/lists/taxonomy/2027.1")
    assert secretary.post("/v1/lists", document).json()["is_known"]
    assert anyone.get("/v1/taxonomy").json()["areas"][-1]["code"] == "food"
    placed = anyone.post("/v1/areas", {"text": "Alimentos (es). Huertas y mercados. (es)"}).json()
    assert placed["areas"][0]["area"] == "food"
    assert anyone.get("/v1/taxonomy?version=2017.1").json()["areas"][-1]["code"] != "food"
    listed = secretary.get("/v1/lists").json()["versions"]
    assert [(each["version"], each["is_in_force"], each["published_by"]) for each in listed[:2]] == [
        ("2027.1", True, "Rosa"), ("2017.1", False, ""),
    ]  # fmt: skip
    assert secretary.get("/v1/lists/taxonomy/2027.1").json() == document
    assert service.taxonomy.version == "2027.1"


def test_what_is_wrong_is_told_at_its_place_in_the_callers_language(secretary: Person) -> None:
    document = shipped(AllianceList.CRITERIA, "2027.1")
    del document["criteria"][1]["name"]["pt"]
    document["criteria"][2]["weight"] = 0
    wanted = [
        ("#/criteria/1/name/pt", "missing", "Falta este dato; agréguelo."),
        ("#/criteria/2/weight", "greater_than_equal", "El número debe ser 1 o más."),
    ]
    tried = secretary.post("/v1/lists/trial", document, Accept_Language="es").json()
    assert [(each["pointer"], each["code"], each["detail"]) for each in tried["faults"]] == wanted
    refused = secretary.post("/v1/lists", document, Accept_Language="es")
    assert (refused.status_code, refused.json()["code"], refused.json()["values"]) == (
        422, "list_refused", {"count": 2},
    )  # fmt: skip
    assert [(each["pointer"], each["code"], each["detail"]) for each in refused.json()["errors"]] == wanted
    assert "2" in refused.json()["detail"]


def test_a_version_that_is_not_there_is_named_with_those_that_are(secretary: Person) -> None:
    refused = secretary.get("/v1/lists/code/1999.1")
    assert (refused.status_code, refused.json()["values"]) == (404, {"version": "1999.1", "known": "2026.1"})


def test_others_neither_read_nor_publish(supplier: Person, anyone: Person) -> None:
    document = shipped(AllianceList.CRITERIA, "2027.1")
    for caller, status in ((supplier, 403), (anyone, 401)):
        assert caller.get("/v1/lists").status_code == status
        assert caller.get("/v1/lists/code/2026.1").status_code == status
        assert caller.post("/v1/lists", document).status_code == status
        assert caller.post("/v1/lists/trial", document).status_code == status


def test_every_process_notices_what_another_one_published(secretary: Person, service: Service) -> None:
    other = Service(service.settings, clock=lambda: NOW, encoder=HashingEncoder())
    try:
        assert other.rulebook.in_force(NOW).version == "2026.1"
        code = shipped(AllianceList.CODE, "2027.1") | {"in_force_from": NOW.date().isoformat()}
        assert secretary.post("/v1/lists", code).json()["grace_days"] == 30
        other.shelf.look()
        assert other.rulebook.in_force(NOW).version == "2027.1"
    finally:
        other.close()
