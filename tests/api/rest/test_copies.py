"""ETags: copies that are still right, and edits of what has changed meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Role
from matchmaker.profiles.models import Visibility
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, challenge_body, new_challenge, new_profile, person, profile_body, show
from tests.databases import Databases

READS = [
    "/v1/taxonomy",
    "/v1/places?q=sog",
    "/v1/profiles",
    "/v1/profiles/1",
    "/v1/profiles/1/opportunities",
    "/v1/challenges",
    "/v1/challenges/1",
    "/v1/challenges/1/matches",
    "/v1/challenges/1/peers",
    "/v1/challenges/1/near-duplicates",
    "/v1/challenges/1/showings",
]


@pytest.fixture(autouse=True)
def _stored(city: Person) -> None:
    new_challenge(city, new_profile(city))


@pytest.mark.parametrize("address", READS)
def test_a_copy_that_is_still_right_is_not_sent_again(city: Person, address: str) -> None:
    first = city.get(address)
    tag = first.headers["etag"]
    assert (first.status_code, tag[0], tag[-1]) == (200, '"', '"')
    again = city.get(address, If_None_Match=f'"other", W/{tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert city.get(address, If_None_Match='"other"').status_code == 200


def test_a_change_changes_the_tag(city: Person) -> None:
    before = city.get("/v1/profiles/1").headers["etag"]
    saved = city.put("/v1/profiles/1", profile_body(summary="Otra cosa."))
    assert saved.headers["etag"] != before
    assert city.get("/v1/profiles/1").headers["etag"] == saved.headers["etag"]


@pytest.mark.parametrize(
    ("address", "resource", "body"),
    [
        ("/v1/profiles/1", "/v1/profiles/1", profile_body()),
        ("/v1/challenges/1", "/v1/challenges/1", challenge_body(None) | {"title": "Otro título"}),
        ("/v1/challenges/1/needs", "/v1/challenges/1", {"needs": ["encontrar fugas"]}),
        ("/v1/challenges/1/status", "/v1/challenges/1", {"status": "closed"}),
    ],
)
def test_an_edit_of_what_changed_meanwhile_is_refused(
    city: Person, address: str, resource: str, body: dict[str, object]
) -> None:
    body = {name: value for name, value in body.items() if name != "owner_id"}
    tag = city.get(resource).headers["etag"]
    saved = city.put(address, body, If_Match=tag)
    assert saved.status_code == 200
    stale = city.put(address, body, If_Match=tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert city.get(resource).json()["version"] == saved.json()["version"]
    assert city.put(address, body, If_Match="*").status_code == 200
    assert city.put(address, body, If_Match=f"W/{saved.headers['etag']}").status_code == 412


def test_a_tag_read_in_one_language_holds_in_another(city: Person) -> None:
    french = profile_body(language="fr")
    city.put("/v1/profiles/1", french)
    tag = city.get("/v1/profiles/1", Accept_Language="pt").headers["etag"]
    assert city.get("/v1/profiles/1", Accept_Language="es").headers["etag"] != tag
    assert city.put("/v1/profiles/1", french, If_Match=tag, Accept_Language="es").status_code == 200


def test_of_two_edits_at_once_under_one_tag_one_is_refused(new_service: NewService, databases: Databases) -> None:
    service = new_service(DATABASE_URL=databases.migrated())
    someone = person(TestClient(create_app(service)), service, role=Role.SUPPLIER)
    address = f"/v1/profiles/{new_profile(someone)}"
    tag = someone.get(address).headers["etag"]

    def edit(name: str) -> int:
        return someone.put(address, profile_body(name=name), If_Match=tag).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(edit, "ABCD")) == [200, 412, 412, 412]


def test_a_profile_that_was_hidden_and_shown_again_is_another_version(city: Person, service: Service) -> None:
    before = city.get("/v1/profiles/1")
    show(service, 1, Visibility.HIDDEN)
    show(service, 1, Visibility.VISIBLE)
    after = city.get("/v1/profiles/1")
    assert after.json()["version"] == before.json()["version"] + 2
    assert after.headers["etag"] != before.headers["etag"]
    refused = city.put("/v1/profiles/1", profile_body(), If_Match=before.headers["etag"])
    assert (refused.status_code, refused.json()["code"]) == (412, "stale")
    show(service, 1, Visibility.VISIBLE)
    assert city.get("/v1/profiles/1").headers["etag"] == after.headers["etag"]
