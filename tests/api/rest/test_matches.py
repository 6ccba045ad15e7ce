from typing import Any

import pytest
from sqlmodel import func, select

from api.wiring import Service
from matchmaker.matching.models import Showing, ShownMatch
from matchmaker.profiles.models import Visibility
from tests.api.rest.callers import EMAIL, Person, drain, new_challenge, new_profile, show

NEED = "encontrar las fugas que no se ven en la red de agua"
ANSWER = "Sabemos encontrar las fugas que no se ven en la red de agua."


@pytest.fixture
def challenge(city: Person, supplier: Person, service: Service) -> int:
    """A challenge of profile 1, answered by profile 2; profile 3 is about something else."""
    owner = new_profile(city, name="Ciudad", kind="local_government", offers=[], experience=[], summary="Un municipio.")
    new_profile(supplier, name="Fugas", offers=[{"title": "Fugas", "text": ANSWER}], experience=[])
    other: dict[str, Any] = {"place": {"name": "Curitiba", "country": "BR"}, "delivery_area": ["BR"], "areas": []}
    text = "Publicamos libros infantiles ilustrados."
    new_profile(supplier, name="Libros", summary=text, offers=[{"text": text}], experience=[], **other)
    number = new_challenge(city, owner, needs=[NEED])
    drain(service)
    return number


def test_a_match_quotes_the_sentence_that_answers(anyone: Person, challenge: int) -> None:
    found = anyone.get(f"/v1/challenges/{challenge}/matches").json()
    best = found["matches"][0]
    assert (best["place"], best["profile"]["name"], best["is_tie"]) == (1, "Fugas", False)
    assert (best["answered"], best["missing"]) == ({"count": 1, "of": 1}, [])
    assert best["answers"][0]["need"] == NEED
    quote = best["answers"][0]["quotation"]
    assert (quote["text"], quote["language"], quote["field"]) == (ANSWER, "es", "offer")
    assert {"code": "delivers_there", "values": {"country": "CO"}} in best["circumstances"]
    assert [principle["code"] for principle in best["principles"]] == ["urban_service_efficiency"]
    assert (found["needs"], found["language"], found["made_by"]["model"]) == ([NEED], "es", "fake-1")


def test_the_owner_is_no_match_of_its_own_challenge(city: Person, challenge: int) -> None:
    names = [match["profile"]["name"] for match in city.get(f"/v1/challenges/{challenge}/matches").json()["matches"]]
    assert names == ["Fugas", "Libros"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=company", ["Fugas", "Libros"]),
        ("kind=academic", []),
        ("country=BR", ["Libros"]),
        ("area=energy_environment", ["Fugas"]),
        ("language=pt", []),
        ("delivering_only=true", ["Fugas"]),
        ("limit=1", ["Fugas"]),
    ],
)
def test_matches_are_filtered(anyone: Person, challenge: int, query: str, names: list[str]) -> None:
    found = anyone.get(f"/v1/challenges/{challenge}/matches?{query}").json()["matches"]
    assert [match["profile"]["name"] for match in found] == names


def test_a_filter_that_the_lists_do_not_know_is_refused(anyone: Person, challenge: int) -> None:
    refused = anyone.get(f"/v1/challenges/{challenge}/matches?kind=wizard")
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_code")


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.UNCLAIMED])
@pytest.mark.parametrize("is_drained", [False, True])
def test_a_profile_that_is_not_shown_matches_for_nobody_else(
    anyone: Person, city: Person, challenge: int, service: Service, visibility: Visibility, *, is_drained: bool
) -> None:
    show(service, 2, visibility)
    if is_drained:
        drain(service)
    for who in (anyone, city):
        found = who.get(f"/v1/challenges/{challenge}/matches").json()["matches"]
        tried = who.post("/v1/try", {"description": NEED}).json()["matches"]
        assert "Fugas" not in {match["profile"]["name"] for match in [*found, *tried]}


def test_the_secretariat_alone_is_shown_unclaimed_profiles(
    secretariat: Person, challenge: int, service: Service
) -> None:
    show(service, 2, Visibility.UNCLAIMED)
    drain(service)
    found = secretariat.get(f"/v1/challenges/{challenge}/matches").json()["matches"]
    assert found[0]["profile"]["name"] == "Fugas"


def test_a_list_that_was_shown_can_be_explained_later(city: Person, secretariat: Person, challenge: int) -> None:
    answer = city.get(f"/v1/challenges/{challenge}/matches")
    assert answer.headers["link"] == '</v1/showings/1>; rel="describedby"'
    kept = city.get("/v1/showings/1").json()
    assert [(shown["place"], shown["profile"]["name"]) for shown in kept["matches"]] == [(1, "Fugas"), (2, "Libros")]
    assert (kept["model"], kept["challenge_version"]) == ("fake-1", 1)
    listed = secretariat.get(f"/v1/challenges/{challenge}/showings").json()["showings"]
    assert [showing["id"] for showing in listed] == [1]


def test_a_copy_that_is_still_right_is_not_shown_anew(city: Person, challenge: int, service: Service) -> None:
    address = f"/v1/challenges/{challenge}/matches"
    again = city.get(address, If_None_Match=city.get(address).headers["etag"])
    with service.database.reading() as session:
        assert (again.status_code, session.exec(select(func.count()).select_from(Showing)).one()) == (304, 1)


def test_how_a_list_came_about_is_for_the_author_and_the_secretariat(
    anyone: Person, city: Person, supplier: Person, secretariat: Person, challenge: int
) -> None:
    anyone.get(f"/v1/challenges/{challenge}/matches")
    for address in (f"/v1/challenges/{challenge}/showings", "/v1/showings/1"):
        seen = [who.get(address).status_code for who in (anyone, supplier, city, secretariat)]
        assert seen == [401, 403, 200, 200]
    assert city.get("/v1/showings/7").json()["code"] == "showing_unknown"


def test_a_profile_hidden_since_is_no_longer_named_in_a_list(city: Person, challenge: int, service: Service) -> None:
    city.get(f"/v1/challenges/{challenge}/matches")
    show(service, 2, Visibility.HIDDEN)
    kept = city.get("/v1/showings/1").json()["matches"]
    assert [shown["profile"] and shown["profile"]["name"] for shown in kept] == [None, "Libros"]


def test_opportunities_show_what_the_author_sees(anyone: Person, supplier: Person, challenge: int) -> None:
    for who in (anyone, supplier):
        found = who.get("/v1/profiles/2/opportunities").json()["opportunities"]
        match = who.get(f"/v1/challenges/{challenge}/matches").json()["matches"][0]
        assert [one["challenge"]["id"] for one in found] == [challenge]
        same = ("strength", "answered", "answers", "missing", "principles", "circumstances")
        assert {name: found[0][name] for name in same} == {name: match[name] for name in same}
    assert anyone.get("/v1/profiles/2/opportunities?country=BR").json()["opportunities"] == []
    assert anyone.get("/v1/profiles/1/opportunities").json()["opportunities"] == []


def test_those_who_act_for_a_profile_read_whether_it_can_propose_itself(
    anyone: Person, city: Person, supplier: Person, challenge: int
) -> None:
    def proposal(who: Person) -> Any:
        found = who.get("/v1/profiles/2/opportunities", accept_language="es").json()
        return found["opportunities"][0]["proposal"]

    assert [proposal(who) for who in (anyone, city)] == [None, None]
    refused = proposal(supplier)
    assert (refused["is_possible"], refused["code"]) == (False, "asking_not_allowed")
    assert "La secretaría puede proponer" in refused["detail"]
    city.put("/v1/profiles/1/asking-policy", {"kinds": ["company"], "per_week": 2})
    assert proposal(supplier) == {"is_possible": True, "code": None, "detail": None, "introduction_id": None}
    made = supplier.post("/v1/introductions", {"challenge_id": challenge, "profile_id": 2, "message": "Hola"}).json()
    assert proposal(supplier)["introduction_id"] == made["id"]


def test_peers_are_the_similar_challenges_of_others(
    anyone: Person, supplier: Person, challenge: int, service: Service
) -> None:
    similar = new_challenge(supplier, 3, needs=[NEED], place={"name": "Sogamoso", "country": "CO"})
    drain(service)
    found = anyone.get(f"/v1/challenges/{challenge}/peers").json()["peers"]
    assert [peer["challenge"]["id"] for peer in found] == [similar]
    assert [circumstance["code"] for circumstance in found[0]["circumstances"]] == ["like_size"]
    assert found[0]["answered"]["of"] == 1


def test_no_list_holds_a_contact_or_an_unseen_row(anyone: Person, secretariat: Person, challenge: int) -> None:
    addresses = [f"/v1/challenges/{challenge}{part}" for part in ("", "/matches", "/peers", "/near-duplicates")]
    for who in (anyone, secretariat):
        for address in [*addresses, "/v1/profiles/2/opportunities", "/v1/challenges"]:
            assert EMAIL not in who.get(address).text
        assert EMAIL not in who.post("/v1/try", {"description": NEED}).text
    assert EMAIL not in secretariat.get("/v1/showings/1").text


def test_each_match_of_a_showing_is_counted_once(anyone: Person, challenge: int, service: Service) -> None:
    anyone.get(f"/v1/challenges/{challenge}/matches?limit=1")
    with service.database.reading() as session:
        assert session.exec(select(ShownMatch.profile_id)).all() == [2]
