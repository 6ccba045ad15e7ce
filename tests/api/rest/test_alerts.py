from typing import Any

import feedparser
import pytest
from sqlmodel import select

from api.rounds import follow_once
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Visibility
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, show
from tests.factories import NOW

NEED = "encontrar las fugas que no se ven en la red de agua"
ANSWER = "Sabemos encontrar las fugas que no se ven en la red de agua."


@pytest.fixture
def firm(supplier: Person) -> int:
    return new_profile(supplier, name="Fugas", offers=[{"title": "Fugas", "text": ANSWER}], experience=[])


@pytest.fixture
def town(city: Person) -> int:
    return new_profile(city, name="Sogamoso", kind="local_government", offers=[], experience=[], summary="Municipio.")


def new_alert(person: Person, profile_id: int, **changes: Any) -> int:
    answer = person.post("/v1/alerts", {"profile_id": profile_id, "name": "Agua & <más>"} | changes)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def new_feed(person: Person, alert: int) -> str:
    answer = person.client.post(f"/v1/alerts/{alert}/feed", headers={"Authorization": f"Bearer {person.token}"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["address"].endswith(answer.headers["location"])
    return str(answer.headers["location"])


def test_an_alert_is_saved_read_changed_and_forgotten(
    anyone: Person, city: Person, supplier: Person, firm: int
) -> None:
    number = new_alert(supplier, firm, text="redes de agua", sizes=["town"], place={"geonameid": 3667873},
                       radius_kilometres=90)  # fmt: skip
    address = f"/v1/alerts/{number}"
    read = supplier.get(address)
    kept = read.json()
    assert (kept["text"], kept["sizes"], kept["place"]["name"], kept["radius_kilometres"]) == (
        "redes de agua", ["town"], "Sogamoso", 90
    )  # fmt: skip
    assert (kept["frequency"], kept["is_paused"], kept["has_feed"]) == ("daily", False, False)
    assert anyone.get(address).status_code == 401
    assert city.get(address).json()["code"] == "alert_unknown"
    assert city.get("/v1/alerts").json() == {"alerts": []}
    changed = supplier.put(address, {"name": "Otra", "frequency": "weekly"}, If_Match=read.headers["etag"]).json()
    assert (changed["name"], changed["text"], changed["place"]) == ("Otra", "", None)
    assert supplier.put(address, {"name": "Otra"}, If_Match=read.headers["etag"]).status_code == 412
    assert supplier.put(f"{address}/pause", {"is_paused": True}).json()["is_paused"]
    assert [alert["id"] for alert in supplier.get("/v1/alerts").json()["alerts"]] == [number]
    assert supplier.delete(address).status_code == 204
    assert supplier.get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"radius_kilometres": 5}, "#", "radius_and_place"),
        ({"sizes": ["huge"]}, "#/sizes/0", "enum"),
        ({"countries": ["Colombia"]}, "#/countries/0", "string_pattern_mismatch"),
        ({"text": "x" * 401}, "#/text", "string_too_long"),
    ],
)
def test_what_cannot_be_looked_for_is_told(
    supplier: Person, firm: int, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    refused = supplier.post("/v1/alerts", {"profile_id": firm, "name": "A"} | wrong)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == [(pointer, code)]


def test_alerts_look_by_themselves_and_are_told_with_the_evidence(
    city: Person, supplier: Person, service: Service, firm: int, town: int
) -> None:
    challenge = new_challenge(city, town, needs=[NEED], procurement="open")
    number = new_alert(supplier, firm)
    drain(service)
    assert [follow_once(service) for _ in range(2)] == [1, 0]
    [found] = supplier.get(f"/v1/alerts/{number}/findings").json()["findings"]
    assert (found["challenge"]["id"], found["procurement"]) == (challenge, "open")
    assert found["quoted"] == [{"need": NEED, "text": ANSWER, "language": "es"}]
    with service.database.reading() as session:
        [letter] = session.exec(select(Letter).where(Letter.kind == "alert_digest")).all()
    assert letter.codes == {"alert_id": number, "challenge_ids": str(challenge)}


def test_a_feed_reads_back_whole_and_says_why(
    anyone: Person, city: Person, supplier: Person, service: Service, firm: int, town: int
) -> None:
    number = new_alert(supplier, firm)
    by_text = new_alert(supplier, firm, text=NEED, name="Texto")
    challenge = new_challenge(
        city, town, needs=[f"{NEED} <i>ya</i>"], title="Agua & \u000b<b>fugas</b> 🚰", procurement="open"
    )
    drain(service)
    follow_once(service)
    address = new_feed(supplier, number)
    answer = anyone.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    assert answer.headers["referrer-policy"] == "no-referrer"
    feed = feedparser.parse(answer.content)
    assert (feed.bozo, feed.version, feed.feed.language) == (False, "atom10", "es")
    assert (feed.feed.title, feed.feed.id[:9]) == ("Retos: Agua & <más>", "urn:uuid:")
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"].endswith(address)
    [entry] = feed.entries
    assert entry.link == f"http://127.0.0.1:8000/challenges/{challenge}"
    assert (entry.title, entry.updated) == ("Agua & <b>fugas</b> 🚰, Sogamoso", NOW.strftime("%Y-%m-%dT%H:%M:%S+00:00"))
    assert entry.summary.count(f'<blockquote lang="es">{ANSWER}</blockquote>') == 1
    assert f"{NEED} &lt;i&gt;ya&lt;/i&gt;" in entry.summary
    assert "La compra de este reto está abierta" in entry.summary
    assert [tag.term for tag in entry.tags] == ["energy_environment"]
    other = feedparser.parse(anyone.get(new_feed(supplier, by_text)).content)
    assert "El reto dice" in other.entries[0].summary
    assert other.entries[0].id != entry.id


def test_a_feed_that_has_not_changed_is_not_sent_again(
    anyone: Person, city: Person, supplier: Person, service: Service, firm: int, town: int
) -> None:
    address = new_feed(supplier, new_alert(supplier, firm))
    empty = anyone.get(address)
    assert feedparser.parse(empty.content).entries == []
    assert anyone.get(address, If_None_Match=empty.headers["etag"]).status_code == 304
    new_challenge(city, town, needs=[NEED])
    drain(service)
    follow_once(service)
    assert anyone.get(address, If_None_Match=empty.headers["etag"]).status_code == 200


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_a_feed_speaks_the_language_of_its_reader(
    anyone: Person, supplier: Person, service: Service, firm: int, language: str
) -> None:
    with service.database.transaction() as session:
        account = session.exec(select(Account).where(Account.name == "Luís")).one()
        account.language = language
        session.add(account)
    feed = feedparser.parse(anyone.get(new_feed(supplier, new_alert(supplier, firm, name="X"))).content)
    assert feed.feed.title == {"pt": "Desafios: X", "en": "Challenges: X"}.get(language, "Retos: X")
    assert feed.feed.language == ("es" if language == "fr" else language)


def test_a_feed_ends_when_it_is_replaced_closed_or_its_reader_is_hidden(
    anyone: Person, supplier: Person, service: Service, firm: int
) -> None:
    number = new_alert(supplier, firm)
    first, second = new_feed(supplier, number), new_feed(supplier, number)
    assert (anyone.get(first).json()["code"], anyone.get(second).status_code) == ("feed_unknown", 200)
    show(service, firm, Visibility.HIDDEN)
    assert anyone.get(second).status_code == 404
    show(service, firm, Visibility.VISIBLE)
    assert supplier.delete(f"/v1/alerts/{number}/feed").status_code == 204
    assert anyone.get(second).status_code == 404
    assert not supplier.get(f"/v1/alerts/{number}").json()["has_feed"]
    assert anyone.get("/v1/feeds/nothing.atom").json()["code"] == "feed_unknown"


def test_who_is_hidden_leaves_every_feed_at_once(
    anyone: Person, city: Person, supplier: Person, service: Service, firm: int, town: int
) -> None:
    number = new_alert(supplier, firm)
    new_challenge(city, town, needs=[NEED])
    drain(service)
    follow_once(service)
    address = new_feed(supplier, number)
    assert len(feedparser.parse(anyone.get(address).content).entries) == 1
    show(service, town, Visibility.HIDDEN)
    assert feedparser.parse(anyone.get(address).content).entries == []
    assert supplier.get(f"/v1/alerts/{number}/findings").json() == {"findings": []}
