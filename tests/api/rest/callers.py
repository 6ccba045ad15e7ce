"""People who call the API in tests, and what they send."""

from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response

from api.wiring import Service
from matchmaker.accounts.actions import make_token
from matchmaker.accounts.models import Role
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from tests.factories import NOW, challenge_draft, profile_draft

EMAIL = "campo@fugas.example"


@dataclass(frozen=True)
class Person:
    """Someone with a token, or without one."""

    client: TestClient
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers=self._headers(headers))

    def post(self, address: str, body: object, **headers: str) -> Response:
        return self.client.post(address, json=body, headers=self._headers(headers))

    def put(self, address: str, body: object, **headers: str) -> Response:
        return self.client.put(address, json=body, headers=self._headers(headers))

    def delete(self, address: str, **headers: str) -> Response:
        return self.client.delete(address, headers=self._headers(headers))

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        sent = {name.replace("_", "-"): value for name, value in more.items()}
        return ({"Authorization": f"Bearer {self.token}"} if self.token else {}) | sent


def person(client: TestClient, service: Service, *, role: Role, name: str = "Ana") -> Person:
    """Someone new with a token of this role."""
    with service.database.transaction() as session:
        _, token = make_token(session, name=name, role=role, label="tests", now=NOW)
    return Person(client, token)


def profile_body(**changes: Any) -> dict[str, Any]:
    """A profile as a caller sends it."""
    return profile_draft(**changes).model_dump(mode="json", exclude_unset=True)


def challenge_body(owner_id: int | None, **changes: Any) -> dict[str, Any]:
    """A challenge as a caller sends it."""
    return challenge_draft(**changes).model_dump(mode="json", exclude_unset=True) | {"owner_id": owner_id}


def new_profile(person: Person, **changes: Any) -> int:
    """The number of a profile just saved."""
    answer = person.post("/v1/profiles", profile_body(**changes))
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def new_challenge(person: Person, owner_id: int, **changes: Any) -> int:
    """The number of a challenge just posted."""
    answer = person.post("/v1/challenges", challenge_body(owner_id, **changes))
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def show(service: Service, profile_id: int, visibility: Visibility) -> None:
    """Give a profile a visibility, as admission will."""
    with service.database.transaction() as session:
        set_visibility(session, profile=session.get_one(Profile, profile_id), visibility=visibility, now=NOW)


def drain(service: Service) -> None:
    """Bring the index to what the database says."""
    service.synchroniser.drain()
