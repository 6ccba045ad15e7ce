import pytest

from api.wiring import Service
from matchmaker.profiles.models import Profile, Visibility
from tests.api.rest.callers import EMAIL, Person, new_profile, profile_body, show


def test_a_saved_profile_is_read_as_it_was_written(anyone: Person, supplier: Person) -> None:
    saved = supplier.post("/v1/profiles", profile_body())
    assert (saved.status_code, saved.headers["location"]) == (201, f"/v1/profiles/{saved.json()['id']}")
    read = anyone.get(saved.headers["location"])
    assert (read.status_code, read.json()) == (200, saved.json())
    assert read.headers["etag"] == saved.headers["etag"]
    assert read.json()["offers"] == profile_body()["offers"]
    assert read.json()["experience"][0]["place"]["name"] == "Sogamoso"


def test_no_answer_holds_the_contact_of_a_profile(anyone: Person, supplier: Person, secretariat: Person) -> None:
    number = new_profile(supplier)
    for reader in (anyone, supplier, secretariat):
        for address in (f"/v1/profiles/{number}", "/v1/profiles"):
            assert EMAIL not in reader.get(address).text


def test_an_edit_that_leaves_the_contact_out_keeps_it(supplier: Person, service: Service) -> None:
    number = new_profile(supplier)
    body = profile_body(name="Otro nombre")
    del body["email"]
    assert supplier.put(f"/v1/profiles/{number}", body).json()["name"] == "Otro nombre"
    with service.database.reading() as session:
        assert session.get_one(Profile, number).email == EMAIL
    supplier.put(f"/v1/profiles/{number}", body | {"email": ""})
    with service.database.reading() as session:
        assert session.get_one(Profile, number).email == ""


def test_only_who_represents_a_profile_or_the_secretariat_edits_it(
    anyone: Person, city: Person, supplier: Person, secretariat: Person
) -> None:
    number = new_profile(supplier)
    answers = [who.put(f"/v1/profiles/{number}", profile_body()) for who in (anyone, city, supplier, secretariat)]
    assert [answer.status_code for answer in answers] == [401, 403, 200, 200]
    assert answers[0].headers["www-authenticate"] == "Bearer"
    assert [answer.json()["code"] for answer in answers[:2]] == ["sign_in_needed", "not_your_profile"]


def test_nobody_saves_a_profile_without_a_token(anyone: Person) -> None:
    refused = anyone.post("/v1/profiles", {"nonsense": 1})
    assert (refused.status_code, refused.json()["code"]) == (401, "sign_in_needed")


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.UNCLAIMED])
def test_a_profile_that_is_not_shown_is_not_there_for_others(
    anyone: Person, city: Person, supplier: Person, secretariat: Person, service: Service, visibility: Visibility
) -> None:
    number = new_profile(supplier)
    show(service, number, visibility)
    readers = (anyone, city, supplier, secretariat)
    assert [who.get(f"/v1/profiles/{number}").status_code for who in readers] == [404, 404, 200, 200]
    assert [who.get(f"/v1/profiles/{number}/opportunities").status_code for who in readers] == [404, 404, 200, 200]
    assert [len(who.get("/v1/profiles").json()["profiles"]) for who in readers] == [0, 0, 1, 1]
    assert city.put(f"/v1/profiles/{number}", profile_body()).status_code == 404


def test_a_list_is_filtered_by_kind_and_country(anyone: Person, supplier: Person) -> None:
    new_profile(supplier, name="A")
    new_profile(supplier, name="B", place={"name": "Curitiba", "country": "BR"}, kind="expert")
    listed = {
        query: [item["name"] for item in anyone.get(f"/v1/profiles?{query}").json()["profiles"]]
        for query in ("", "kind=company", "country=BR", "country=BR&country=CO", "kind=company&country=BR")
    }
    assert listed == {
        "": ["A", "B"],
        "kind=company": ["A"],
        "country=BR": ["B"],
        "country=BR&country=CO": ["A", "B"],
        "kind=company&country=BR": [],
    }


def test_an_unknown_code_is_answered_with_those_there_are(supplier: Person) -> None:
    refused = supplier.post("/v1/profiles", profile_body(kind="wizard")).json()
    assert (refused["status"], refused["code"], refused["values"]["value"]) == (422, "unknown_code", "wizard")
    assert "company" in refused["values"]["known"]
    assert [(fault["pointer"], fault["code"]) for fault in refused["errors"]] == [("#/kind", "unknown_code")]


def test_a_number_of_another_record_is_a_conflict(supplier: Person) -> None:
    new_profile(supplier, external_id="7")
    refused = supplier.post("/v1/profiles", profile_body(external_id="7"))
    assert (refused.status_code, refused.json()["code"]) == (409, "external_id_taken")
