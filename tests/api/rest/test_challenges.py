from api.wiring import Service
from matchmaker.profiles.models import Visibility
from tests.api.rest.callers import Person, challenge_body, drain, new_challenge, new_profile, show
from tests.factories import challenge_draft


def test_a_posted_challenge_is_read_with_its_needs_suggested(anyone: Person, city: Person) -> None:
    saved = city.post("/v1/challenges", challenge_body(new_profile(city)))
    assert (saved.status_code, saved.headers["location"]) == (201, "/v1/challenges/1")
    read = anyone.get("/v1/challenges/1")
    assert read.json() == saved.json()
    assert [need["is_suggested"] for need in read.json()["needs"]] == [True, True]
    assert read.json()["warnings"] == []


def test_needs_that_the_author_edits_count_as_confirmed(anyone: Person, city: Person) -> None:
    number = new_challenge(city, new_profile(city))
    city.put(f"/v1/challenges/{number}/needs", {"needs": ["encontrar fugas", "medir presiones"]})
    assert anyone.get(f"/v1/challenges/{number}").json()["needs"] == [
        {"text": "encontrar fugas", "is_suggested": False},
        {"text": "medir presiones", "is_suggested": False},
    ]


def test_a_list_of_needs_says_something(city: Person) -> None:
    number = new_challenge(city, new_profile(city))
    for needs in ([], ["¿?"], ["agua"] * 13):
        assert city.put(f"/v1/challenges/{number}/needs", {"needs": needs}).status_code == 422


def test_only_the_author_and_the_secretariat_change_a_challenge(
    anyone: Person, city: Person, supplier: Person, secretariat: Person
) -> None:
    number = new_challenge(city, new_profile(city))
    people = (anyone, supplier, city, secretariat)
    edits = {
        "": challenge_draft().model_dump(mode="json", exclude_unset=True),
        "/needs": {"needs": ["encontrar fugas"]},
        "/status": {"status": "open"},
    }
    for part, body in edits.items():
        answers = [who.put(f"/v1/challenges/{number}{part}", body) for who in people]
        assert [answer.status_code for answer in answers] == [401, 403, 200, 200]


def test_nobody_posts_for_a_profile_that_is_not_theirs(city: Person, supplier: Person) -> None:
    owner = new_profile(city)
    for owner_id in (owner, None):
        refused = supplier.post("/v1/challenges", challenge_body(owner_id))
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_profile")
    assert supplier.post("/v1/challenges", challenge_body(99)).status_code == 404


def test_the_secretariat_may_post_for_nobody(secretariat: Person) -> None:
    assert secretariat.post("/v1/challenges", challenge_body(None)).json()["owner_id"] is None


def test_a_withdrawn_challenge_is_not_there_for_others(anyone: Person, city: Person, supplier: Person) -> None:
    number = new_challenge(city, new_profile(city))
    city.put(f"/v1/challenges/{number}/status", {"status": "withdrawn"})
    for part in ("", "/matches", "/peers", "/near-duplicates", "/showings"):
        seen = [who.get(f"/v1/challenges/{number}{part}").status_code for who in (supplier, city)]
        assert seen == [404, 200]
    assert anyone.get("/v1/challenges").json() == {"challenges": []}


def test_a_hidden_owner_hides_its_challenge_through_every_door(
    anyone: Person, city: Person, supplier: Person, service: Service
) -> None:
    owner, other = new_profile(city), new_profile(supplier, name="Otra")
    hidden, shown = new_challenge(city, owner), new_challenge(supplier, other)
    drain(service)
    show(service, owner, Visibility.HIDDEN)
    for part in ("peers", "near-duplicates"):
        assert anyone.get(f"/v1/challenges/{shown}/{part}").json() == {"peers": []}
        assert anyone.get(f"/v1/challenges/{hidden}/{part}").status_code == 404
    tried = anyone.post("/v1/try", {"description": challenge_draft().description}).json()
    assert [peer["challenge"]["id"] for peer in tried["peers"]] == [shown]
    found = anyone.get(f"/v1/profiles/{other}/opportunities").json()
    assert found["opportunities"] == []


def test_dates_that_run_backwards_are_refused(city: Person) -> None:
    body = challenge_body(new_profile(city)) | {"starts_on": "2027-05-02", "ends_on": "2027-05-01"}
    refused = city.post("/v1/challenges", body)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [("#", "dates_out_of_order")]
