"""The directory and the list of challenges: searched by meaning, narrowed, with what narrows them to be taken off."""

from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from matchmaker.places.sizes import SizeBand
from tests.api.conftest import NewService
from tests.api.web.conftest import HOSTILE, Known, Read
from tests.api.web.reading import Element


def test_a_text_finds_members_and_quotes_the_sentence(read: Read, known: Known) -> None:
    page = read(f"/es/profiles?q={quote('encontrar las fugas que no se ven')}")
    (line,) = [line for line in _lines(page) if f"/es/profiles/{known.firm}" in _links(line)]
    assert "fugas que no se ven" in line.one("blockquote").text
    assert line.one("blockquote")["lang"] == "es"


def test_a_text_finds_challenges_and_quotes_the_sentence(read: Read, known: Known) -> None:
    page = read(f"/pt/challenges?q={quote('encontrar las fugas que no se ven')}")
    (line,) = [line for line in _lines(page) if f"/pt/challenges/{known.challenge}" in _links(line)]
    assert "fugas" in line.one("blockquote").text


def test_members_are_found_by_name(read: Read, known: Known) -> None:
    page = read(f"/en/profiles?q={quote('agua de SOGAMOSO')}")
    assert f"/en/profiles/{known.city}" in _links(_lines(page)[0])
    assert all(f"/en/profiles/{hidden}" not in _links(page) for hidden in (known.hidden, known.unclaimed))


@pytest.mark.parametrize("name", ["profiles", "challenges"])
@pytest.mark.usefixtures("known")
def test_what_narrows_a_list_can_be_taken_off(read: Read, name: str) -> None:
    page = read(f"/es/{name}?q=agua&country=CO&size=medium_city&kind=nothing&other=1")
    chips = page.of_class("chips")[0].all("a")
    assert [chip["href"].partition("?")[2] for chip in chips] == [
        "country=CO&size=medium_city", "q=agua&size=medium_city", "q=agua&country=CO", "",
    ]  # fmt: skip
    assert page.by_id("q")["value"] == "agua"
    assert read(f"/es/{name}").of_class("chips") == []


@pytest.mark.usefixtures("known")
def test_a_list_that_holds_nothing_says_what_to_do(read: Read) -> None:
    for name in ("profiles", "challenges"):
        page = read(f"/pt/{name}?size={SizeBand.VILLAGE}")
        assert _lines(page) == []
        assert "retire algum filtro" in page.of_class("empty")[0].text


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("text", [HOSTILE, "\x00", "a" * 5_000, "%", "\ud800".encode("utf-8", "surrogatepass")])
def test_any_text_may_be_sought(browser: TestClient, text: str | bytes) -> None:
    for name in ("profiles", "challenges"):
        answer = browser.get(f"/es/{name}?q={quote(text)}")
        assert answer.status_code == 200
        assert HOSTILE not in answer.text


def test_searches_of_lists_are_counted_and_reading_them_is_not(new_service: NewService) -> None:
    with TestClient(create_app(new_service(tries_per_minute=1)), headers={"Accept": "text/html"}) as caller:
        assert [caller.get("/es/profiles").status_code for _ in range(3)] == [200, 200, 200]
        caller.post("/es/try", data={"description": "Faltan luminarias."})
        assert caller.get("/es/profiles?q=agua").status_code == 429


def _lines(page: Element) -> list[Element]:
    lists = page.of_class("lines")
    return [line for line in lists[0].children if isinstance(line, Element)] if lists else []


def _links(part: Element) -> set[str]:
    return {link["href"] for link in part.all("a")}
