"""A profile that is begun, tried and published by programs."""

import pytest

from api.wiring import Service
from matchmaker.profiles.models import WorkingCopy
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, profile_body

NEED = "encontrar las fugas que no se ven en la red de agua"
ANSWER = "Sabemos encontrar las fugas que no se ven en la red de agua."
BEGUN = profile_body(name="Fugas del Sur", offers=[{"title": "Fugas", "text": ANSWER}], experience=[])


def begin(person: Person) -> int:
    answer = person.post("/v1/profile-drafts", BEGUN)
    assert answer.status_code == 201, answer.text
    number = int(answer.json()["profile_id"])
    assert answer.headers["location"] == f"/v1/profiles/{number}/copy"
    return number


def test_a_profile_is_begun_once_and_read_by_nobody_before_it_is_published(
    supplier: Person, anyone: Person, service: Service
) -> None:
    number = begin(supplier)
    assert begin(supplier) == number
    assert supplier.get(f"/v1/profiles/{number}/copy").json()["is_first"]
    assert anyone.get(f"/v1/profiles/{number}").status_code == 404
    made = supplier.post(f"/v1/profiles/{number}/copy/publication", None).json()
    assert (made["profile"]["id"], made["profile"]["name"]) == (number, "Fugas del Sur")
    drain(service)
    assert anyone.get(f"/v1/profiles/{number}").status_code == 200
    again = supplier.post(f"/v1/profiles/{number}/copy/publication", None)
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_publish")


@pytest.mark.parametrize("posed_as", ["challenge_id", "problem"])
def test_what_is_being_written_is_quoted_as_it_would_be_and_nothing_is_kept(
    city: Person, supplier: Person, service: Service, posed_as: str
) -> None:
    owner = new_profile(city, name="Ciudad", kind="local_government", offers=[], experience=[])
    challenge = new_challenge(city, owner, needs=[NEED])
    drain(service)
    number = begin(supplier)
    posed = {"challenge_id": challenge, "problem": {"description": "Agua.", "needs": [NEED]}}
    tried = supplier.post(f"/v1/profiles/{number}/copy/preview", {posed_as: posed[posed_as]})
    assert (tried.status_code, tried.headers["cache-control"]) == (200, "no-store")
    assert tried.json()["needs"] == [NEED]
    assert tried.json()["match"]["answers"][0]["quotation"]["text"] == ANSWER
    with service.database.reading() as session:
        assert session.get_one(WorkingCopy, number).is_first


def test_with_nothing_asked_nothing_matches_and_what_nobody_may_see_is_not_tried(supplier: Person) -> None:
    here = f"/v1/profiles/{begin(supplier)}/copy/preview"
    assert supplier.post(here, {}).json()["match"] is None
    unknown = supplier.post(here, {"challenge_id": 999})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "challenge_unknown")
    assert supplier.post(here, {"challenge_id": 0}).status_code == 422


def test_nobody_else_tries_or_publishes_it(supplier: Person, city: Person, anyone: Person) -> None:
    here = f"/v1/profiles/{begin(supplier)}/copy"
    for part in ("preview", "publication"):
        assert city.post(f"{here}/{part}", {}).status_code == 404  # it is hidden: to others it is not there
        assert anyone.post(f"{here}/{part}", {}).status_code == 401
    assert anyone.post("/v1/profile-drafts", BEGUN).status_code == 401
