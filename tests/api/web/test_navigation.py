"""The masthead says where its reader can go, in place of what nobody has built or may open; so do pages of errors."""

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from api.app import create_app
from api.pages import environment
from api.web.navigation import FURTHER, SECTIONS, served_paths
from api.web.problems import NOT_FOUND
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from tests.api.conftest import NewService
from tests.api.web.conftest import Known, Read
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element
from tests.factories import signed_in


@pytest.fixture
def ana(service: Service, known: Known) -> Person:
    """Represents the firm."""
    assert known.firm
    return at_browser(create_app(service), service, Acting(account_id=1, role=Role.SUPPLIER))


@pytest.fixture
def rosa(service: Service) -> Person:
    """Works at the secretariat."""
    with service.database.transaction() as session:
        acting = signed_in(session, role=Role.SECRETARIAT)
    return at_browser(create_app(service), service, acting)


def test_sections_are_those_of_the_reader(read: Read, ana: Person, rosa: Person) -> None:
    visitor, member, office = (_sections(page) for page in (read("/es/"), ana.read("/es/"), rosa.read("/es/")))
    assert {"/es/", "/es/challenges", "/es/profiles", "/es/alliance"} <= visitor
    assert not {"/es/introductions", "/es/alerts", "/es/work", "/es/desk"} & visitor
    assert {"/es/introductions", "/es/alerts"} <= member - visitor
    assert "/es/desk" not in member
    assert "/es/introductions" in office - visitor
    assert not {"/es/alerts", "/es/work"} & office


def test_every_link_of_the_masthead_and_the_foot_leads_to_a_page(ana: Person, rosa: Person) -> None:
    for person in (ana, rosa):
        page = person.read("/pt/alliance")
        for address in _sections(page) | _links(page, "colophon"):
            person.read(address)


def test_a_section_appears_with_its_page_and_not_before() -> None:
    router = APIRouter()
    assert served_paths(router.routes) == frozenset()
    router.add_api_route("/es/desk", lambda: None)
    router.add_api_route("/es/{anything}/map", lambda: None)
    router.add_api_route("/es/work", lambda: None, methods=["POST"])
    assert served_paths(router.routes) == {"/desk"}


def test_the_page_that_is_read_is_marked(ana: Person) -> None:
    page = ana.read("/en/introductions")
    marked = [link["href"] for link in page.all("a") if link.get("aria-current") == "page"]
    assert marked == ["/en/introductions"]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_section_has_words(language: str) -> None:
    words = environment(language).get_template("navigation.html").module
    said = [words.section(section.code).strip() for section in (*SECTIONS, *FURTHER)]  # type: ignore[attr-defined]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("address", ["/pt/profiles/999", "/pt/nowhere", "/pt/desk/none", "/pt/profiles/x"])
def test_what_is_not_there_knows_who_is_signed_in(ana: Person, browser: TestClient, address: str) -> None:
    page = ana.read(address, status=NOT_FOUND)
    assert page.one("html")["lang"] == "pt"
    assert "Ana" in page.of_class("oneself")[0].text
    assert "/pt/sign-in" not in {link["href"] for link in page.all("a")}
    assert {"/pt/", "/pt/challenges", "/pt/profiles"} <= {link["href"] for link in page.one("main").all("a")}
    assert "/pt/introductions" in _sections(page)
    assert "/pt/sign-in" in browser.get(address).text


def test_what_is_refused_knows_who_is_signed_in(ana: Person, known: Known) -> None:
    page = ana.read(f"/en/profiles/{known.city}/ethics", status=403)
    assert "Ana" in page.of_class("oneself")[0].text
    assert page.one("main").one("h1").text
    assert "/en/account" in {link["href"] for link in page.one("main").all("a")}
    forged = ana.client.post("/en/account", data={"name": "Eva", "csrf_token": "x"})
    assert (forged.status_code, '/account">Ana<' in forged.text) == (403, True)


def test_who_is_asked_to_wait_can_try_once_more(new_service: NewService) -> None:
    service = new_service(requests_per_minute=1)
    with service.database.transaction() as session:
        acting = signed_in(session)
    person = at_browser(create_app(service), service, acting)
    person.read("/es/alliance")
    page = person.read("/es/challenges?country=CO", status=429)
    assert "Ana" in page.of_class("oneself")[0].text
    assert "/es/challenges?country=CO" in {link["href"] for link in page.one("main").all("a")}
    assert person.post("/es/account", name="Ana").status_code == 429


def test_who_must_sign_in_first_is_led_back_with_what_was_asked(browser: TestClient) -> None:
    answer = browser.get("/pt/account?done=letters")
    assert answer.status_code == 401
    assert 'name="wanted" value="/pt/account?done=letters"' in answer.text


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/pt/account?done=letters", ["next"]),
        ("/es/profiles/3/propose?challenge=5", ["next"]),
        ("//evil.example/", []),
        ("https://evil.example/", []),
        ("/es/\\evil.example", []),
        ("/es/profiles?next=https://evil.example", []),
        ("/es/\r\nSet-Cookie: a=b", []),
    ],
)
def test_only_paths_of_this_site_are_led_back_to(browser: TestClient, wanted: str, kept: list[str]) -> None:
    answer = browser.post("/es/sign-in", data={"email": "ana@agua.example", "wanted": wanted})
    assert answer.status_code == 200
    assert [name for name in answer.cookies if name == "next"] == kept


def _sections(page: Element) -> set[str]:
    return _links(page, "masthead")


def _links(page: Element, name: str) -> set[str]:
    return {link["href"] for part in page.of_class(name) for nav in part.of_class("sections") + part.of_class("further")
            for link in nav.all("a")}  # fmt: skip
