import pytest

from api.wiring import Service
from matchmaker.profiles.models import Visibility
from tests.api.rest.callers import EMAIL, Person, drain, new_challenge, new_profile, show

NEED = "encontrar las fugas que no se ven en la red de agua"
OFFER = {"areas": ["energy_environment"], "languages": ["es"], "hours_a_month": 5}


@pytest.fixture
def mentor(supplier: Person) -> int:
    """A profile that helps others to find leaks."""
    offers = [{"title": "Fugas", "text": f"Sabemos {NEED}."}]
    number = new_profile(supplier, name="Curitiba", kind="local_government", offers=offers, experience=[])
    assert supplier.put(f"/v1/profiles/{number}/mentor-offer", OFFER).status_code == 200
    return number


@pytest.fixture
def town(city: Person) -> int:
    summary = f"Somos un municipio y queremos {NEED}."
    return new_profile(
        city, name="Sogamoso", kind="local_government", offers=[], experience=[], summary=summary, email=""
    )


def asked(person: Person, mentor: int, town: int, **changes: object) -> int:
    body = {"mentor_id": mentor, "mentee_id": town, "hours_a_month": 5, "message": "¿Nos ayudan?"} | changes
    answer = person.post("/v1/mentorings", body)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def test_an_offer_is_said_read_changed_and_taken_back(
    anyone: Person, city: Person, supplier: Person, mentor: int
) -> None:
    address = f"/v1/profiles/{mentor}/mentor-offer"
    read = anyone.get(address)
    assert {name: read.json()[name] for name in OFFER} == OFFER
    assert city.put(address, OFFER).json()["code"] == "not_your_profile"
    changed = OFFER | {"hours_a_month": 7}
    assert supplier.put(address, changed, If_Match=read.headers["etag"]).json()["hours_a_month"] == 7
    assert supplier.put(address, changed, If_Match=read.headers["etag"]).status_code == 412
    assert supplier.put(address, OFFER | {"areas": ["x"]}).json()["code"] == "unknown_code"
    assert supplier.delete(address).status_code == 204
    assert anyone.get(address).json()["code"] == "mentor_unknown"


def test_mentors_are_found_for_a_challenge_and_for_a_member_until_their_hours_are_promised(
    city: Person, supplier: Person, service: Service, mentor: int, town: int
) -> None:
    challenge = new_challenge(city, town, needs=[NEED])
    drain(service)
    for address in (f"/v1/challenges/{challenge}/mentors", f"/v1/profiles/{town}/mentors"):
        [found] = city.get(address).json()["mentors"]
        assert (found["profile"]["id"], found["hours_left"], found["languages"]) == (mentor, 5, ["es"])
        assert found["answers"][0]["quotation"]["text"] == f"Sabemos {NEED}."
        assert city.get(f"{address}?language=pt").json()["mentors"] == []
    number = asked(city, mentor, town)
    supplier.put(f"/v1/mentorings/{number}/answer", {"answer": "yes"})
    assert city.get(f"/v1/challenges/{challenge}/mentors").json()["mentors"] == []


def test_contacts_open_on_the_second_yes_and_each_reads_its_own_answer(
    city: Person, supplier: Person, secretariat: Person, mentor: int, town: int
) -> None:
    number = asked(city, mentor, town)
    address = f"/v1/mentorings/{number}"
    assert city.get(address).json()["own_answers"] == {"mentee": "yes"}
    assert supplier.get(address).json()["own_answers"] == {"mentor": None}
    assert city.get(f"{address}/contacts").json()["code"] == "mentoring_not_agreed"
    assert EMAIL not in city.get(address).text + city.get("/v1/mentorings").text
    assert supplier.put(f"{address}/answer", {"answer": "yes"}).json()["state"] == "agreed"
    assert {"name": "Curitiba", "email": EMAIL} in city.get(f"{address}/contacts").json()["contacts"]
    assert [contact["name"] for contact in supplier.get(f"{address}/contacts").json()["contacts"]] == ["Ana"]
    assert secretariat.get(f"{address}/contacts").status_code == 404
    assert secretariat.get(address).json()["own_answers"] == {}


def test_a_result_counts_when_both_say_the_same(city: Person, supplier: Person, mentor: int, town: int) -> None:
    number = asked(city, mentor, town)
    address = f"/v1/mentorings/{number}"
    assert city.put(f"{address}/result", {"result": "helped"}).json()["code"] == "mentoring_not_agreed"
    supplier.put(f"{address}/answer", {"answer": "yes"})
    first = city.put(f"{address}/result", {"result": "helped"}).json()
    assert (first["state"], first["together"]) == ("ended", "one_sided")
    assert supplier.get(address).json()["own_results"] == {"mentor": None}
    assert supplier.put(f"{address}/result", {"result": "did_not_help"}).json()["together"] == "disputed"


def test_a_no_closes_and_a_proposal_is_taken_back(city: Person, supplier: Person, mentor: int, town: int) -> None:
    number = asked(city, mentor, town)
    assert supplier.delete(f"/v1/mentorings/{number}").json()["code"] == "not_your_answer"
    assert city.delete(f"/v1/mentorings/{number}").status_code == 204
    assert supplier.put(f"/v1/mentorings/{number}/answer", {"answer": "yes"}).json()["code"] == "mentoring_closed"
    again = asked(city, mentor, town)
    assert supplier.put(f"/v1/mentorings/{again}/answer", {"answer": "no"}).json()["state"] == "declined"
    assert [row["state"] for row in city.get("/v1/mentorings").json()["mentorings"]] == ["withdrawn", "declined"]


def test_strangers_and_nobody_read_no_request(
    anyone: Person, city: Person, supplier: Person, service: Service, mentor: int, town: int
) -> None:
    number = asked(city, mentor, town)
    assert anyone.get(f"/v1/mentorings/{number}").status_code == 401
    show(service, town, Visibility.HIDDEN)
    assert supplier.get("/v1/mentorings").json()["mentorings"] == []
    assert supplier.get(f"/v1/mentorings/{number}").json()["code"] == "mentoring_unknown"
