"""Where people, membership and integrity meet, over HTTP on both databases."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, ApiToken, Role
from matchmaker.accounts.seals import digest_of
from matchmaker.letters.models import Letter
from matchmaker.membership.claim_secrets import secret_of
from matchmaker.membership.models import Invitation
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Visibility
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, new_challenge, new_profile, person, profile_body
from tests.api.rest.signing_in import said_yes
from tests.databases import Databases
from tests.factories import desk, profile_draft

API = Path(__file__).parents[3] / "api"


@pytest.fixture
def service(databases: Databases, new_service: NewService) -> Service:
    return new_service(DATABASE_URL=databases.migrated())


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as opened:
        yield opened


def codes(secretariat: Person) -> set[str]:
    """Why two profiles may be in conflict, of all that wait for a person."""
    found = secretariat.get("/v1/conflicts?state=unknown").json()["conflicts"]
    return {ground["code"] for conflict in found for ground in conflict["grounds"]}


def number_of(service: Service, who: Person) -> int:
    with service.database.reading() as session:
        return session.exec(select(ApiToken).where(ApiToken.digest == digest_of(who.token))).one().account_id


def heir_of(service: Service, client: TestClient, who: Person, profile_id: int, address: str) -> Person:
    """Someone named as successor, with a token."""
    body = {"email": address, "name": "Luz"}
    named = who.post(f"/v1/profiles/{profile_id}/people/{number_of(service, who)}/successor", body)
    assert named.status_code == 200, named.text
    number = said_yes(service, address)
    heir = person(client, service, role=Role.CITY, name="Luz")
    with service.database.transaction() as session:
        token = session.exec(select(ApiToken).where(ApiToken.digest == digest_of(heir.token))).one()
        token.account_id = number
    return heir


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"registration_number": "900.123.456-7"}, "same_registration_number"),
        ({"address": "Calle 11 # 10-37"}, "same_address"),
        ({"email": "otra@caudales.example"}, "same_mail_domain"),
    ],
)
def test_a_change_of_a_profile_is_looked_at_in_the_same_moment(
    city: Person, supplier: Person, secretariat: Person, changes: dict[str, str], code: str
) -> None:
    both = {"registration_number": "900.123.456-7", "address": "Cll 11 No. 10-37", "email": "a@caudales.example"}
    new_profile(supplier, **both)
    own = new_profile(city, kind="local_government", email="a@ciudad.example")
    assert codes(secretariat) == set()
    changed = profile_body(kind="local_government", **({"email": "a@ciudad.example"} | changes))
    assert city.put(f"/v1/profiles/{own}", changed).status_code == 200
    assert codes(secretariat) == {code}


def test_a_person_added_and_a_successor_are_looked_at_in_the_same_moment(
    service: Service, client: TestClient, city: Person, supplier: Person, secretariat: Person
) -> None:
    new_profile(supplier, email="a@caudales.example")
    own = new_profile(city, kind="local_government", email="a@ciudad.example")
    added = city.post(f"/v1/profiles/{own}/people", {"email": "eva@caudales.example", "name": "Eva", "part": "editor"})
    assert (added.json()["name"], codes(secretariat)) == ("Eva", set())
    said_yes(service, "eva@caudales.example")
    assert codes(secretariat) == {"same_mail_domain"}
    third = person(client, service, role=Role.CITY, name="Eva")
    other = new_profile(third, kind="local_government", email="a@villa.example")
    heir_of(service, client, third, other, "eva@caudales.example")
    assert codes(secretariat) == {"same_mail_domain", "same_account"}


def test_a_claim_is_looked_at_in_the_same_moment(
    service: Service, client: TestClient, supplier: Person, secretariat: Person
) -> None:
    new_profile(supplier, email="a@caudales.example")
    with service.database.transaction() as session:
        draft = profile_draft(external_id="s-1", email="luis@caudales.example", name="Importado")
        import_profile(session, desk=desk(), source="fair", draft=draft, visibility=Visibility.UNCLAIMED)
    digest = secretariat.post("/v1/invitations/preview", {}).json()["digest"]
    secretariat.post("/v1/invitations", {"digest": digest})
    with service.database.reading() as session:
        secret = secret_of(service.signing_key, nonce=session.exec(select(Invitation)).one().nonce)
    assert codes(secretariat) == set()
    claimed = client.post("/v1/claims", json={"secret": secret, "answer": "claimed", "name": "Luis"})
    assert (claimed.status_code, codes(secretariat)) == (200, {"same_mail_domain"})


def test_only_one_module_saves_profiles_for_people() -> None:
    """A page or a route that saved by itself would leave the look for conflicts out."""
    saving = re.compile(r"profiles\.actions import .*\b(create_profile|save_profile)\b")
    assert [path.name for path in API.rglob("*.py") if saving.search(path.read_text(encoding="utf-8"))] == []


def test_a_successor_answers_for_the_member_what_another_was_asked(
    service: Service, client: TestClient, city: Person, supplier: Person, secretariat: Person
) -> None:
    town = new_profile(city, kind="local_government", email="")
    firm = new_profile(supplier)
    challenge = new_challenge(city, town)
    proposal = {"challenge_id": challenge, "profile_id": firm, "message": "¿Se conocen?"}
    asked = secretariat.post("/v1/introductions", proposal).json()["id"]
    heir = heir_of(service, client, city, town, "luz@ciudad.example")
    assert city.put(f"/v1/introductions/{asked}/answer", {"answer": "yes"}).status_code == 404
    assert heir.put(f"/v1/introductions/{asked}/answer", {"answer": "yes"}).status_code == 200
    assert supplier.put(f"/v1/introductions/{asked}/answer", {"answer": "yes"}).status_code == 200
    contacts = supplier.get(f"/v1/introductions/{asked}/contacts").text
    assert "luz@ciudad.example" in contacts
    assert heir.put(f"/v1/challenges/{challenge}/status", {"status": "closed"}).status_code == 200


def test_the_secretariat_is_told_of_a_member_without_a_voice_and_what_waits(
    service: Service, client: TestClient, city: Person, supplier: Person, secretariat: Person
) -> None:
    town = new_profile(city, kind="local_government", email="")
    firm = new_profile(supplier)
    challenge = new_challenge(city, town)
    secretariat.post("/v1/introductions", {"challenge_id": challenge, "profile_id": firm, "message": "¿Se conocen?"})
    administrator = person(client, service, role=Role.ADMINISTRATOR)
    assert secretariat.get("/v1/members/silent").json() == {"members": []}
    left = number_of(service, city)
    assert administrator.delete(f"/v1/accounts/{left}").status_code == 204
    [silent] = secretariat.get("/v1/members/silent").json()["members"]
    assert silent == {
        "profile_id": town, "name": "Fugas y Caudales", "representatives": [left], "challenges": 1,
        "introductions": 1, "mentorings": 0, "applications": 0,
    }  # fmt: skip
    assert city.get("/v1/members/silent").status_code == 401
    assert supplier.get("/v1/members/silent").json()["code"] == "secretariat_only"
    with service.database.reading() as session:
        letter = session.exec(select(Letter).where(Letter.kind == "member_silent")).one()
        assert session.get_one(Account, letter.account_id).role == Role.SECRETARIAT
    body = {"email": "luz@ciudad.example", "name": "Luz"}
    assert secretariat.post(f"/v1/profiles/{town}/people/{left}/successor", body).status_code == 200
    assert len(secretariat.get("/v1/members/silent").json()["members"]) == 1
    said_yes(service, "luz@ciudad.example")
    assert secretariat.get("/v1/members/silent").json() == {"members": []}
