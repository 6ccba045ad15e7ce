"""Imported, invited, claimed or refused: through HTTP, on both databases."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from api.app import create_app
from api.wiring import Service
from matchmaker.letters.models import Letter
from matchmaker.membership.claim_secrets import secret_of
from matchmaker.membership.models import Invitation
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Visibility
from tests.api.conftest import NewService
from tests.api.rest.callers import EMAIL, Person, drain, profile_body
from tests.databases import Databases
from tests.factories import desk, profile_draft


@pytest.fixture
def service(databases: Databases, new_service: NewService) -> Service:
    return new_service(DATABASE_URL=databases.migrated(), admission="reviewed")


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as opened:
        yield opened


@pytest.fixture
def imported(service: Service) -> int:
    """A profile that an import brought, unclaimed."""
    with service.database.transaction() as session:
        draft = profile_draft(external_id="s-1")
        row, _ = import_profile(session, desk=desk(), source="fair", draft=draft, visibility=Visibility.UNCLAIMED)
        return row.id or 0


def invited(secretariat: Person, service: Service) -> str:
    """The secret in the one letter that leaves."""
    preview = secretariat.post("/v1/invitations/preview", {}).json()
    sent = secretariat.post("/v1/invitations", {"digest": preview["digest"]})
    assert (sent.status_code, len(sent.json()["invitations"])) == (200, 1)
    with service.database.reading() as session:
        row = session.exec(select(Invitation).order_by(col(Invitation.id))).one()
        return secret_of(service.signing_key, nonce=row.nonce)


def test_the_secretariat_sees_whom_it_writes_to_and_nothing_leaves(
    imported: int, secretariat: Person, service: Service
) -> None:
    preview = secretariat.post("/v1/invitations/preview", {"sources": ["fair"], "countries": ["CO"]}).json()
    assert (preview["count"], preview["left"]) == (1, 0)
    assert preview["addressees"][0] | {"send_at": ""} == {
        "profile_id": imported,
        "name": "Fugas y Caudales",
        "address": "c…@fugas.example",
        "language": "es",
        "send_at": "",
    }
    assert [text["language"] for text in preview["letters"]] == ["es"]
    assert "Fugas y Caudales" in preview["letters"][0]["text"]
    assert secretariat.post("/v1/invitations/preview", {"sources": ["other"]}).json()["count"] == 0
    with service.database.reading() as session:
        assert session.exec(select(Letter)).all() == []
    stale = secretariat.post("/v1/invitations", {"digest": "0" * 64})
    assert (stale.status_code, stale.json()["code"]) == (409, "preview_changed")


def test_an_owner_claims_and_then_applies(imported: int, anyone: Person, secretariat: Person, service: Service) -> None:
    secret = invited(secretariat, service)
    opened = anyone.post("/v1/claims/preview", {"secret": secret}).json()
    assert opened["profile"]["id"] == imported
    assert EMAIL not in str(opened)
    claimed = anyone.post("/v1/claims", {"secret": secret, "answer": "claimed", "name": "Ana Ruiz"}).json()
    assert (claimed["profile_id"], claimed["visibility"]) == (imported, "hidden")
    assert claimed["application_id"] is not None
    used = anyone.post("/v1/claims", {"secret": secret, "answer": "refused"})
    assert (used.status_code, used.json()["code"]) == (404, "claim_not_valid")
    assert secretariat.get("/v1/invitations").json()["invitations"][0]["answer"] == "claimed"


def test_an_owner_corrects(imported: int, anyone: Person, secretariat: Person, service: Service) -> None:
    body = {"secret": invited(secretariat, service), "answer": "corrected"}
    assert anyone.post("/v1/claims", body).json()["code"] == "claim_profile_mismatch"
    corrected = anyone.post("/v1/claims", body | {"profile": profile_body(name="El nombre bueno")})
    assert corrected.json()["answer"] == "corrected"
    assert secretariat.get(f"/v1/profiles/{imported}").json()["name"] == "El nombre bueno"


def test_an_owner_refuses_and_nothing_of_it_is_found(
    imported: int, anyone: Person, secretariat: Person, service: Service
) -> None:
    drain(service)
    secret = invited(secretariat, service)
    refused = anyone.post("/v1/claims", {"secret": secret, "answer": "refused"}).json()
    assert refused == {"answer": "refused", "profile_id": None, "visibility": "hidden", "application_id": None}
    drain(service)
    for reader in (anyone, secretariat):
        assert "Fugas" not in reader.get("/v1/profiles").text
    assert "fugas" not in secretariat.get(f"/v1/profiles/{imported}").text.lower()
    assert anyone.post("/v1/claims/preview", {"secret": secret}).status_code == 404


@pytest.mark.parametrize("secret", ["x", "x.y", "ñ.ñ", "."])
def test_a_wrong_secret_says_nothing(anyone: Person, secret: str) -> None:
    answer = anyone.post("/v1/claims/preview", {"secret": secret})
    assert (answer.status_code, answer.json()["code"], answer.json()["values"]) == (404, "claim_not_valid", {})
