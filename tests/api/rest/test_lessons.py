from typing import Any

import pytest

from api.wiring import Service
from matchmaker.profiles.models import Visibility
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, show
from tests.factories import lesson_draft

NEED = "encontrar las fugas que no se ven en la red de agua"
TRIED = "Quisimos encontrar las fugas que no se ven en la red de agua con sensores."


def lesson_body(author_id: int, **changes: Any) -> dict[str, Any]:
    return lesson_draft(**changes).model_dump(mode="json", exclude_unset=True) | {"author_id": author_id}


def new_lesson(person: Person, author_id: int, **changes: Any) -> int:
    answer = person.post("/v1/lessons", lesson_body(author_id, **changes))
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"/v1/lessons/{answer.json()['id']}"
    return int(answer.json()["id"])


@pytest.fixture
def author(supplier: Person) -> int:
    return new_profile(supplier, name="Curitiba", kind="local_government", offers=[], experience=[], summary="Cidade.")


def test_a_lesson_is_written_read_and_listed(anyone: Person, supplier: Person, author: int) -> None:
    number = new_lesson(supplier, author)
    told = anyone.get(f"/v1/lessons/{number}").json()
    assert (told["author"]["name"], told["is_failure"], told["would_repeat"]) == ("Curitiba", True, "with_changes")
    assert (told["place"]["name"], told["origin"], told["state"], told["warnings"]) == ("Sogamoso", "free", "shown", [])
    for query, count in (("", 1), ("failed=true", 1), ("failed=false", 0), ("country=BR", 0), (f"author={author}", 1)):
        assert len(anyone.get(f"/v1/lessons?{query}").json()["lessons"]) == count


def test_lists_of_lessons_have_pages(anyone: Person, supplier: Person, author: int) -> None:
    numbers = [new_lesson(supplier, author) for _ in range(3)]
    first = anyone.get("/v1/lessons?limit=2&failed=true")
    assert [line["id"] for line in first.json()["lessons"]] == numbers[:2]
    rest = anyone.get(first.headers["link"].split(">")[0].strip("<"))
    assert [line["id"] for line in rest.json()["lessons"]] == numbers[2:]


def test_words_are_corrected_withdrawn_and_erased_by_their_author(
    anyone: Person, city: Person, supplier: Person, author: int
) -> None:
    number = new_lesson(supplier, author)
    address = f"/v1/lessons/{number}"
    tag = supplier.get(address).headers["etag"]
    body = lesson_draft(title="Otra vez").model_dump(mode="json", exclude_unset=True)
    assert city.put(address, body).json()["code"] == "not_your_lesson"
    assert supplier.put(address, body, If_Match=tag).json()["title"] == "Otra vez"
    assert supplier.put(address, body, If_Match=tag).status_code == 412
    assert supplier.put(f"{address}/state", {"state": "withdrawn"}).json()["state"] == "withdrawn"
    assert (anyone.get(address).status_code, supplier.get(address).status_code) == (404, 200)
    assert city.delete(address).status_code == 404
    assert supplier.delete(address).status_code == 204
    assert supplier.get(address).json()["code"] == "lesson_unknown"


def test_lessons_are_found_for_a_challenge_and_beside_peers(
    anyone: Person, city: Person, supplier: Person, service: Service, author: int
) -> None:
    told = new_lesson(supplier, author, tried=TRIED)
    new_lesson(supplier, author, title="Libros", context="Un barrio.", tried="Leímos cuentos.", result="Bien.")
    asked = new_challenge(city, new_profile(city, kind="local_government", name="Sogamoso"), needs=[NEED])
    drain(service)
    found = anyone.get(f"/v1/challenges/{asked}/lessons").json()["lessons"]
    assert [one["lesson"]["id"] for one in found] == [told]
    assert found[0]["answers"][0]["quotation"] == {
        "text": TRIED, "language": "es", "field": "tried", "points": found[0]["answers"][0]["quotation"]["points"]
    }  # fmt: skip
    assert [one["code"] for one in found[0]["circumstances"]] == ["like_size"]
    tried = anyone.post("/v1/try", {"description": f"Queremos {NEED}."}).json()
    assert tried["lessons"][0]["lesson"]["id"] == told
    show(service, author, Visibility.HIDDEN)
    assert anyone.get(f"/v1/challenges/{asked}/lessons").json()["lessons"] == []
    assert anyone.get(f"/v1/lessons/{told}").status_code == 404
    assert anyone.get("/v1/lessons").json()["lessons"] == []
    assert anyone.post("/v1/try", {"description": f"Queremos {NEED}."}).json()["lessons"] == []


def test_a_partner_is_named_once_it_agrees_and_takes_its_name_off(
    anyone: Person, city: Person, supplier: Person, author: int
) -> None:
    partner = new_profile(city, name="Fugas y Caudales")
    number = new_lesson(supplier, author, partner_id=partner)
    address = f"/v1/lessons/{number}"
    assert "Fugas y Caudales" not in anyone.get(address).text
    for person in (city, supplier):
        assert person.get(address).json()["asked"]["name"] == "Fugas y Caudales"
    assert supplier.put(f"{address}/partner", {}).json()["code"] == "not_named_there"
    assert city.put(f"{address}/partner", {}).json()["asked"] is None
    assert anyone.get(address).json()["partner"]["name"] == "Fugas y Caudales"
    assert supplier.delete(f"/v1/lessons/{number}/partner").json()["code"] == "not_named_there"
    assert city.delete(f"/v1/lessons/{number}/partner").status_code == 204
    assert anyone.get(f"/v1/lessons/{number}").json()["partner"] is None
    again = lesson_draft(partner_id=partner).model_dump(mode="json", exclude_unset=True)
    assert supplier.put(f"/v1/lessons/{number}", again).json()["code"] == "partner_not_to_be_named"


def test_nobody_writes_without_a_token_or_for_another(anyone: Person, city: Person, author: int) -> None:
    assert anyone.post("/v1/lessons", lesson_body(author)).status_code == 401
    assert city.post("/v1/lessons", lesson_body(author)).json()["code"] == "not_your_profile"
    assert city.post("/v1/lessons", lesson_body(author) | {"result": "…"}).json()["errors"][0]["code"] == "no_words"
