"""Every page in three languages: readable, escaped, with nobody on it who should not be."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.files import STATIC
from api.web.lines import PAGE_LINES
from api.wiring import Service
from matchmaker.languages import WorkingLanguage
from tests.api.conftest import NewService
from tests.api.web.conftest import HOSTILE, Known, Read
from tests.api.web.reading import Element, read_html
from tests.databases import statements
from tests.factories import saved_challenge, saved_profile, signed_in

LANGUAGES = [str(language) for language in WorkingLanguage]
ADDRESSES: dict[str, Callable[[Known], str]] = {
    "landing": lambda _known: "/",
    "profiles": lambda _known: "/profiles",
    "profile": lambda known: f"/profiles/{known.firm}",
    "hostile profile": lambda known: f"/profiles/{known.hostile}",
    "opportunities": lambda known: f"/profiles/{known.firm}/opportunities",
    "challenges": lambda _known: "/challenges",
    "challenge": lambda known: f"/challenges/{known.challenge}",
    "tender": lambda known: f"/challenges/{known.tender}",
    "alliance": lambda _known: "/alliance",
}
LEAST_CONTRAST = 7.0  # WCAG 2.2, 1.4.6
pages = pytest.mark.parametrize("name", ADDRESSES)


@pages
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_whole_in_every_language(read: Read, known: Known, name: str, language: str) -> None:
    page = read(f"/{language}{ADDRESSES[name](known)}")
    assert page.one("html")["lang"] == language
    assert page.one("title").text
    assert page.one("main").one("h1").text
    scripts = [script for script in page.all("script") if script.get("type") != "application/ld+json"]
    assert all(script.get("src") and not script.text for script in scripts)
    assert page.all("style") == []
    assert all(element.get("style") is None for element in page.walk())
    _assert_accessible(page)


@pages
def test_a_change_of_language_keeps_the_page(read: Read, known: Known, name: str) -> None:
    address = ADDRESSES[name](known)
    page = read(f"/es{address}?country=CO")
    links = [link["href"] for link in page.of_class("tongues")[0].all("a")]
    assert links == [f"/pt{address}?country=CO", f"/en{address}?country=CO"]


@pages
def test_hidden_profiles_contacts_and_codes_are_on_no_page(browser: TestClient, known: Known, name: str) -> None:
    text = browser.get(f"/en{ADDRESSES[name](known)}").text
    for secret in ("Oculta", "Callada", "@fugas.example", HOSTILE, 'href="javascript'):
        assert secret not in text
    words = read_html(text).text
    for code in ("local_government", "company", "energy_environment", "same_country", "undecided", "strong"):
        assert not re.search(rf"\b{code}\b", words.replace("“strong”", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["hidden", "unclaimed", "unknown", "no number", "too large"])
def test_what_nobody_may_see_is_not_there(browser: TestClient, known: Known, language: str, what: str) -> None:
    number = {
        "hidden": known.hidden,
        "unclaimed": known.unclaimed,
        "unknown": 999,
        "no number": "x",
        "too large": 2**80,
    }
    answer = browser.get(f"/{language}/profiles/{number[what]}")
    assert answer.status_code == 404
    assert read_html(answer.text).one("html")["lang"] == language


def test_the_root_leads_to_the_language_of_the_browser(browser: TestClient) -> None:
    for accepted, language in (("pt-BR,pt;q=0.9,en;q=0.5", "pt"), ("en-GB", "en"), ("de", "es"), ("", "es")):
        answer = browser.get("/", headers={"Accept-Language": accepted}, follow_redirects=False)
        assert answer.headers["location"] == f"/{language}/"
        assert answer.headers["vary"] == "Accept-Language"


def test_the_first_page_without_profiles_teaches_the_first_steps(read: Read) -> None:
    page = read("/es/")
    steps = page.of_class("empty")[0].all("h3")
    assert [step.text for step in steps] == ["Cree una clave de acceso", "Importe perfiles", "Publique el primer reto"]
    assert page.all("form") == []


@pytest.mark.usefixtures("known")
def test_the_first_page_counts_what_everyone_may_see(read: Read) -> None:
    page = read("/en/")
    numbers = {part.one("dt").text: part.one("dd").text for part in page.of_class("numbers")[0].all("div")}
    assert numbers == {"profiles": "3", "open challenges": "2", "country": "1", "language": "1"}
    assert "Demonstration" not in page.text


def test_a_profile_says_what_it_offers_and_has_done(read: Read, known: Known) -> None:
    page = read(f"/pt/profiles/{known.firm}")
    assert page.one("h1")["lang"] == "es"
    assert "Encontramos fugas que no se ven y marcamos dónde excavar." in page.text
    assert "Resultado: 212 fugas halladas." in page.text
    assert "Colômbia" in page.one("aside").text
    (website,) = [link for link in page.all("a") if link["href"] == "https://fugas.example"]
    assert website["rel"] == "noopener nofollow"


def test_a_tender_is_labelled_and_leads_to_its_portal(read: Read, known: Known) -> None:
    page = read(f"/es/challenges/{known.tender}")
    (portal,) = [link for link in page.all("a") if link["href"] == "https://portal.example/1"]
    assert portal["rel"] == "noopener nofollow"
    assert "licitación pública" in page.of_class("notice")[0].text
    assert "referencia: licitación pública" in read("/es/challenges").text


def test_a_challenge_shows_its_needs_and_who_answers_each(read: Read, known: Known) -> None:
    page = read(f"/es/challenges/{known.challenge}")
    assert page.of_class("needs")[0].all("li")[0].text == "1 encontrar las fugas que no se ven"
    answering = {link["href"] for link in page.of_class("candidates")[0].all("a")}
    assert f"/es/profiles/{known.firm}" in answering
    assert f"/es/profiles/{known.city}" not in answering


def test_a_supplier_reads_the_reasons_that_the_city_reads(read: Read, known: Known) -> None:
    seen = read(f"/es/profiles/{known.firm}/opportunities")
    (card,) = [card for card in seen.all("article") if f"/es/challenges/{known.challenge}" in _links(card)]
    city = read(f"/es/challenges/{known.challenge}")
    (mirrored,) = [other for other in city.all("article") if f"/es/profiles/{known.firm}" in _links(other)]
    assert [quote.text for quote in card.all("blockquote")] == [quote.text for quote in mirrored.all("blockquote")]
    assert card.of_class("strength")[0].text == mirrored.of_class("strength")[0].text


def test_the_alliance_shows_its_lists_as_provisional(read: Read, service: Service) -> None:
    page = read("/en/alliance")
    names = [heading.text for heading in page.all("h3")]
    lists = service.taxonomy
    assert names == [term.name["en"] for term in (*lists.areas, *lists.principles, *lists.kinds)]
    assert f"Provisional lists, version {lists.version}." in page.text
    subareas = sum(len(area.sub_terms) for area in lists.areas)
    assert sum(len(details.all("dt")) for details in page.all("details")) == subareas


@pytest.mark.parametrize("name", ["profiles", "challenges"])
def test_lists_turn_pages_and_ask_the_database_no_more_for_more(service: Service, read: Read, name: str) -> None:
    _many(service, first=0, count=2)
    with statements(service.database) as few:
        assert len(read(f"/es/{name}").of_class("lines")[0].all("h2")) in {2, 3}
    _many(service, first=2, count=PAGE_LINES + 3)
    with statements(service.database) as many:
        page = read(f"/es/{name}")
    assert len(many) == len(few)
    seen: list[str] = []
    while True:
        seen += [heading.one("a")["href"] for heading in page.of_class("lines")[0].all("h2")]
        following = [link["href"] for link in page.all("a") if link.get("rel") == "next"]
        if not following:
            break
        page = read(following[0])
    assert len(seen) == len(set(seen)) == PAGE_LINES + 5


def test_who_asks_too_often_reads_so_on_a_page(new_service: NewService) -> None:
    with TestClient(create_app(new_service(tries_per_minute=1)), headers={"Accept-Language": "en"}) as caller:
        assert caller.post("/pt/try", data={"description": "Faltam luminárias."}).status_code == 200
        answer = caller.post("/pt/try", data={"description": "Faltam luminárias."})
    page = read_html(answer.text)
    assert (answer.status_code, page.one("html")["lang"]) == (429, "pt")
    assert page.one("main").one("h1").text
    assert page.one("main").one("a")["href"] == "/pt/"


def test_lists_are_narrowed_by_what_is_chosen(read: Read, known: Known) -> None:
    page = read("/es/profiles?kind=expert&country=CO")
    assert [link["href"] for link in page.of_class("lines")[0].all("a")] == [f"/es/profiles/{known.hostile}"]
    (chosen,) = page.by_id("kind").all("option", having=lambda option: option.get("selected") is not None)
    assert chosen["value"] == "expert"


@pytest.mark.usefixtures("known")
def test_pages_keep_to_the_policy_and_their_files_are_kept(browser: TestClient) -> None:
    answer = browser.get("/es/")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    (sheet,) = [link for link in read_html(answer.text).all("link") if link.get("rel") == "stylesheet"]
    style = browser.get(sheet["href"])
    assert style.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in style.headers["cache-control"]
    assert browser.get("/static/../pages.py").status_code == browser.get("/static/none").status_code == 404


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_paper_in_both_themes(theme: str) -> None:
    source = (STATIC / "style.css").read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    ]
    tokens = found[0] | (found[1] if theme == "dark" else {})
    for ink in ("ink", "ink-soft", "action", "demand", "supply", "wrong", "right"):
        for paper in ("paper", "sheet"):
            assert _contrast(tokens[ink], tokens[paper]) >= LEAST_CONTRAST, (ink, paper)
    assert _contrast(tokens["on-action"], tokens["action"]) >= LEAST_CONTRAST


def _links(part: Element) -> set[str]:
    return {link["href"] for link in part.all("a")}


def _assert_accessible(page: Element) -> None:
    levels = [int(element.tag[1]) for element in page.walk() if re.fullmatch(r"h[1-6]", element.tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels
    ids = [element["id"] for element in page.walk() if element.get("id")]
    assert len(ids) == len(set(ids)), ids
    labelled = {label.get("for") for label in page.all("label")}
    for tag in ("input", "textarea", "select"):
        for control in page.all(tag):
            is_plain = control.get("type") in {"hidden", "checkbox", "radio"}
            assert is_plain or control["id"] in labelled, control
    for box in page.all("input", having=lambda control: control.get("type") == "checkbox"):
        assert any(box in label.all("input") for label in page.all("label"))
    assert all(nav.get("aria-label") for nav in page.all("nav"))
    for element in page.walk():
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((element.get(name) or "").split()) <= set(ids), element


def _many(service: Service, *, first: int, count: int) -> None:
    with service.database.transaction() as session:
        for number in range(first, first + count):
            acting = signed_in(session)
            profile = saved_profile(session, acting=acting, name=f"Agente {number}")
            saved_challenge(session, acting=acting, owner=profile, title=f"Reto {number}")


def _contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.2 (relative luminance of sRGB)."""
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
