"""An owner refuses what an import made of it: over HTTP, then the next import, on both databases."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import SQLModel, select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Role
from matchmaker.membership.claim_secrets import secret_of
from matchmaker.membership.models import Invitation
from tests.api.cli.conftest import Run
from tests.api.conftest import NewService
from tests.api.rest.callers import person
from tests.databases import Databases

HEADERS = "external_id,kind,name,language,summary,offer 1,email,address,registration_number,website\n"
ROW = ("zafir-7,company,Zafirotec,es,Somos Zafirotec.,Zafirotec encuentra fugas.,zafir@zafirotec.example,"
       "Calle Zafir 7,ZAFIR-900.123.456-7,https://zafirotec.example\n")  # fmt: skip
OTHER = "p2,company,Caudales,es,Redes.,Caudales encuentra fugas.,luis@caudales.example,Calle 9 # 8-7,900777,\n"


@pytest.fixture
def service(databases: Databases, new_service: NewService) -> Service:
    return new_service(DATABASE_URL=databases.migrated(), admission="reviewed")


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as opened:
        yield opened


def report(run: Run, path: Path) -> dict[str, Any]:
    result = run("import", path, "--source", "fair", "--visibility", "unclaimed", "--json")
    found: dict[str, Any] = json.loads(result.stdout)["files"][0]["report"]
    return found


def mentions(service: Service, word: str) -> set[str]:
    """The tables in which a word stands."""
    with service.database.reading() as session:
        return {
            table.name
            for table in SQLModel.metadata.sorted_tables
            if any(word in str(row).lower() for row in session.connection().execute(table.select()).all())
        }


def test_a_refusal_leaves_nothing_behind_and_outlives_the_next_import(
    service: Service, client: TestClient, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "fair.csv"
    path.write_text(HEADERS + ROW + OTHER, encoding="utf-8")
    assert report(run, path)["created"] == 2
    assert {"profile", "offer"} <= mentions(service, "zafir")
    secretary = person(client, service, role=Role.SECRETARIAT)
    preview = secretary.post("/v1/invitations/preview", {}).json()
    assert secretary.post("/v1/invitations", {"digest": preview["digest"]}).status_code == 200
    with service.database.reading() as session:
        row = session.exec(select(Invitation).where(Invitation.profile_id == 1)).one()
        secret = secret_of(service.signing_key, nonce=row.nonce)
    assert client.post("/v1/claims", json={"secret": secret, "answer": "refused"}).status_code == 200
    assert mentions(service, "zafir") == set()
    assert mentions(service, "caudales") != set()
    service.synchroniser.drain()

    again = report(run, path)
    assert (again["created"], again["updated"]) == (0, 0)
    path.write_text(HEADERS + ROW.replace("Somos", "Ahora somos"), encoding="utf-8")
    assert report(run, path)["notices_by_code"]["refused_by_owner"] == 1
    assert mentions(service, "zafir") == set()
    assert [profile["id"] for profile in secretary.get("/v1/profiles").json()["profiles"]] == [2]
    assert secretary.get("/v1/profiles/1").json()["code"] == "profile_unknown"
    assert [row["answer"] for row in secretary.get("/v1/invitations").json()["invitations"]] == ["refused", ""]
    assert secretary.post("/v1/invitations/preview", {}).json()["count"] == 0
