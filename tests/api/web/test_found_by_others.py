"""What search engines and messengers read: linked data that stays in its element, and which pages there are."""

import json
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from api.web.linked_data import written
from api.wiring import Service
from tests.api.web.conftest import HOSTILE, Known, Read
from tests.api.web.reading import Element
from tests.databases import statements
from tests.factories import saved_challenge, saved_profile, signed_in

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BREAKING = ["</script><script>alert(1)</script>", "<!--<script>", "]]>&amp;", "\u2028\u2029", '"\\']


@pytest.mark.parametrize("text", BREAKING)
def test_no_text_leaves_its_element(text: str) -> None:
    source = written({"name": text})
    assert not set("<>&\u2028\u2029") & set(source)
    assert json.loads(source) == {"name": text}


def test_a_challenge_is_a_demand_of_who_asks(read: Read, known: Known) -> None:
    found = _linked(read(f"/en/challenges/{known.challenge}"))
    assert found["name"] == "Agua de Sogamoso"
    demand = found["seeks"]
    assert demand["@type"] == "Demand"
    assert HOSTILE in demand["description"]
    assert demand["url"].endswith(f"/en/challenges/{known.challenge}")
    assert [need["name"] for need in demand["itemOffered"]]


def test_a_member_is_told_without_contacts(read: Read, known: Known) -> None:
    page = read(f"/es/profiles/{known.hostile}")
    found = _linked(page)
    assert (found["@type"], found["name"]) == ("Person", HOSTILE)
    assert "sameAs" not in found
    assert "secreto@fugas.example" not in json.dumps(found)


def test_a_page_names_itself_for_messengers(read: Read, known: Known) -> None:
    page = read(f"/pt/challenges/{known.challenge}?shown=25")
    (canonical,) = [link["href"] for link in page.all("link") if link.get("rel") == "canonical"]
    assert canonical.endswith(f"/pt/challenges/{known.challenge}")
    told = {meta["property"]: meta["content"] for meta in page.all("meta") if meta.get("property")}
    assert told["og:url"] == canonical
    assert told["og:title"]
    assert told["og:description"].startswith("Queremos encontrar las fugas")


@pytest.mark.usefixtures("known")
def test_programs_are_told_what_is_private(browser: TestClient) -> None:
    lines = browser.get("/robots.txt").text.splitlines()
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    for private in ("/v1/", "/es/account", "/pt/introductions", "/en/desk", "/es/sign-in", "/pt/work"):
        assert private in closed
    assert not [path for path in closed if "/profiles" in path or "/challenges" in path or path.endswith("/ethics")]
    assert lines[-1].endswith("/sitemap.xml")


def test_the_map_of_the_site_holds_what_a_visitor_may_read(browser: TestClient, known: Known) -> None:
    addresses = _addresses(browser)
    paths = {address.partition("//")[2].partition("/")[2] for address in addresses}
    for path in ("", "profiles", "challenges", "alliance", "privacy", "register", "ethics", f"profiles/{known.firm}",
                 f"challenges/{known.challenge}"):  # fmt: skip
        assert {f"{language}/{path}" for language in ("es", "pt", "en")} <= paths
    assert not {f"es/profiles/{known.hidden}", f"es/profiles/{known.unclaimed}"} & paths
    for address in addresses[:12]:
        assert browser.get("/" + address.partition("//")[2].partition("/")[2]).status_code == 200


def test_the_map_of_the_site_takes_as_many_statements_for_more(service: Service, browser: TestClient) -> None:
    _many(service, 1)
    with statements(service.database) as few:
        before = len(_addresses(browser))
    _many(service, 29)
    with statements(service.database) as many:
        after = len(_addresses(browser))
    assert len(many) == len(few)
    assert after == before + 2 * 3 * 29


def test_a_member_page_takes_as_many_statements_for_more(service: Service, read: Read) -> None:
    _many(service, 1)
    with statements(service.database) as few:
        read("/es/profiles/1")
    with service.database.transaction() as session:
        acting = signed_in(session)
        owner = saved_profile(session, acting=acting, name="Villa")
        for number in range(9):
            saved_challenge(session, acting=acting, owner=owner, title=f"Reto {number}")
        number_of_owner = owner.id
    with statements(service.database) as many:
        page = read(f"/es/profiles/{number_of_owner}")
    assert len(page.by_id("asks").text) > 0
    assert len(many) == len(few)


def _linked(page: Element) -> dict:  # type: ignore[type-arg]
    (script,) = [each for each in page.all("script") if each.get("type") == "application/ld+json"]
    found: dict = json.loads("".join(script.pieces()))  # type: ignore[type-arg]
    return found


def _addresses(browser: TestClient) -> list[str]:
    answer = browser.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    root = ET.fromstring(answer.text)  # noqa: S314 - our own
    return [entry.text or "" for entry in root.iter(f"{SPACE}loc")]


def _many(service: Service, count: int) -> None:
    with service.database.transaction() as session:
        for number in range(count):
            acting = signed_in(session)
            profile = saved_profile(session, acting=acting, name=f"Agente {number}")
            saved_challenge(session, acting=acting, owner=profile, title=f"Reto {number}")
