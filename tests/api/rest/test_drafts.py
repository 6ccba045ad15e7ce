"""Drafts, readers, owners and shortlists by the API."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from api.wiring import Service
from matchmaker.accounts.actions import make_token
from matchmaker.accounts.models import Acting, Role
from tests.factories import NOW, saved_profile

LEAKS = "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores."
Call = Callable[..., dict[str, object]]


@dataclass
class Two:
    """A city and a firm, each with its key."""

    client: TestClient
    city_id: int
    firm_id: int
    keys: dict[str, str]

    def call(self, who: str, method: str, path: str, body: object = None, *, status: int = 200) -> dict[str, object]:
        headers = {"Authorization": f"Bearer {self.keys[who]}"} if who else {}
        answer = self.client.request(method, f"/v1{path}", json=body, headers=headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else {}


@pytest.fixture
def two(service: Service, client: TestClient) -> Two:
    keys, numbers = {}, {}
    with service.database.transaction() as session:
        for name, kind in (("city", "local_government"), ("firm", "company")):
            account, keys[name] = make_token(session, name=name, role=Role.CITY, label="tests", now=NOW)
            acting = Acting(account_id=account.id, role=Role.CITY)
            numbers[name] = saved_profile(session, acting=acting, name=name, kind=kind).id or 0
    service.synchroniser.drain()
    return Two(client, numbers["city"], numbers["firm"], keys)


def begun(two: Two, **said: object) -> str:
    made = two.call("city", "POST", "/challenge-drafts", {"owner_id": two.city_id, **said}, status=201)
    assert (made["status"], made["audience"]) == ("draft", "members")
    return f"/challenges/{made['id']}"


def test_a_draft_is_written_advised_and_posted(two: Two) -> None:
    path = begun(two, title="Agua")
    two.call("firm", "GET", path, status=404)
    two.call("city", "PUT", f"{path}/status", {"status": "open"}, status=422)
    said = {"description": f"{LEAKS} Queremos comprar una aplicación.", "audience": "public"}
    patched = two.call("city", "PATCH", path, said)
    assert (patched["title"], patched["audience"], patched["language"]) == ("Agua", "public", "es")
    advice = two.call("city", "GET", f"{path}/advice")["advice"]
    assert {"hint": "product_named", "field": "description", "quote": "Queremos comprar una aplicación."} in advice  # type: ignore[operator]
    two.call("city", "PUT", f"{path}/status", {"status": "draft"}, status=422)
    two.call("city", "PUT", f"{path}/status", {"status": "open"})
    assert two.call("", "GET", path)["status"] == "open"
    two.call("city", "DELETE", path, status=409)


def test_a_draft_is_discarded(two: Two) -> None:
    path = begun(two)
    two.call("firm", "DELETE", path, status=404)
    two.call("city", "DELETE", path, status=204)
    two.call("city", "GET", path, status=404)


def test_a_challenge_that_says_nothing_of_readers_is_for_members(two: Two) -> None:
    body = {"owner_id": two.city_id, "title": "Agua", "description": LEAKS}
    made = two.call("city", "POST", "/challenges", body, status=201)
    assert made["audience"] == "members"
    path = f"/challenges/{made['id']}"
    two.call("", "GET", path, status=404)
    two.call("firm", "GET", path)
    words = {"title": "Agua", "description": LEAKS}
    assert two.call("city", "PUT", path, words | {"audience": "invited"})["audience"] == "invited"
    assert two.call("city", "PUT", path, words)["audience"] == "invited"
    two.call("firm", "GET", path, status=404)
    named = two.call("city", "POST", f"{path}/readers", {"profile_id": two.firm_id})
    assert [each["id"] for each in named["readers"]] == [two.firm_id]  # type: ignore[attr-defined]
    two.call("firm", "GET", path)
    two.call("firm", "GET", f"{path}/readers", status=403)
    two.call("city", "DELETE", f"{path}/readers/{two.firm_id}", status=204)
    two.call("firm", "GET", path, status=404)


def test_two_have_a_challenge_together(two: Two) -> None:
    path = begun(two, title="Agua", description=LEAKS)
    two.call("city", "POST", f"{path}/owners", {"profile_id": two.firm_id})
    two.call("firm", "PATCH", path, {"title": "Mío"}, status=403)
    two.call("city", "PUT", f"{path}/owners/{two.firm_id}", {"agrees": True}, status=403)
    two.call("firm", "PUT", f"{path}/owners/{two.firm_id}", {"agrees": True}, status=204)
    assert two.call("firm", "PATCH", path, {"title": "Nuestro"})["co_owners"] == [two.firm_id]
    two.call("city", "DELETE", f"{path}/owners/{two.city_id}", status=204)
    owners = two.call("firm", "GET", f"{path}/owners")["owners"]
    assert [(each["profile"]["id"], each["is_first"]) for each in owners] == [(two.firm_id, True)]  # type: ignore[attr-defined]
    refused = two.call("firm", "DELETE", f"{path}/owners/{two.firm_id}", status=409)
    assert refused["code"] == "last_owner"


def test_a_shortlist_is_its_owners_own(two: Two) -> None:
    path = begun(two, title="Agua", description=LEAKS, audience="members")
    noted = two.call("city", "PUT", f"{path}/shortlist/{two.firm_id}", {"note": "Llamar"})
    assert [(each["profile"]["id"], each["note"]) for each in noted["considered"]] == [(two.firm_id, "Llamar")]  # type: ignore[attr-defined]
    two.call("firm", "GET", f"{path}/shortlist", status=404)
    two.call("city", "DELETE", f"{path}/shortlist/{two.firm_id}", status=204)
    assert two.call("city", "GET", f"{path}/shortlist") == {"considered": []}
