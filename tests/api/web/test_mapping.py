"""The map and the table of areas: the same numbers drawn and written, of what the reader may see."""

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.pages import environment
from api.web.mapping import picture_of, standing_by_side
from api.wiring import Service
from matchmaker.accounts.models import ANYONE
from matchmaker.languages import WorkingLanguage
from tests.api.conftest import NewService
from tests.api.web.conftest import Known, Read
from tests.api.web.reading import Element, read_html
from tests.databases import statements
from tests.factories import saved_challenge, saved_profile, signed_in

LANGUAGES = [str(language) for language in WorkingLanguage]
LARGEST_PAGE = 150_000  # bytes that a page may weigh


def discs(page: Element) -> list[Element]:
    return page.one("svg").all("a")


def cells(page: Element, number: int = 0) -> dict[str, list[str]]:
    rows = page.all("table")[number].one("tbody").all("tr")
    return {row.all("th")[0].text: [cell.text for cell in row.all("td")] for row in rows}


def test_the_map_draws_what_its_table_says(read: Read, known: Known) -> None:
    page = read("/en/map")
    assert known.firm
    assert [disc["aria-label"] for disc in discs(page)] == ["Colombia: 5 (2 challenges, 3 members)"]
    assert cells(page) == {"Colombia": ["Challenges 2", "Members 3"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_country_is_drawn_with_its_places_and_names_them(read: Read, known: Known, language: str) -> None:
    page = read(f"/{language}/map?country=CO")
    links = {link["href"] for link in page.one("table").all("a")}
    assert {f"/{language}/challenges/{known.challenge}", f"/{language}/profiles/{known.firm}"} <= links
    assert not any(f"profiles/{known.hidden}" in link for link in links)
    assert discs(page) == []


def test_codes_that_nothing_stands_for_narrow_nothing(read: Read, known: Known) -> None:
    assert known.city
    assert cells(read("/en/map?country=XX&area=none&side=none")) == cells(read("/en/map"))


def test_one_side_alone_is_drawn(read: Read, known: Known) -> None:
    assert known.city
    assert [disc["aria-label"] for disc in discs(read("/en/map?side=members"))] == [
        "Colombia: 3 (0 challenges, 3 members)"
    ]
    assert [disc["aria-label"] for disc in discs(read("/en/map?side=challenges&country="))] == [
        "Colombia: 2 (2 challenges, 0 members)"
    ]


def test_areas_count_both_sides_and_say_where_nobody_answers(read: Read, service: Service) -> None:
    with service.database.transaction() as session:
        city, firm = signed_in(session), signed_in(session)
        owner = saved_profile(session, acting=city, kind="local_government", name="Ibagué", areas=[])
        saved_challenge(session, acting=city, owner=owner, areas=["energy_environment", "resilience_security"])
        saved_profile(session, acting=firm, areas=["energy_environment"], delivery_area=["LATAM"])
    page = read("/en/areas")
    counts = cells(page)
    assert [counts["Energy and environment"][side] for side in (0, 2)] == ["Challenges 1", "Members 1"]
    (gap,) = page.of_class("gaps")[0].all("li")
    assert gap.text == "Colombia: Resilience and security 1 challenge"
    assert gap.one("a")["href"] == "/en/challenges?country=CO&area=resilience_security"
    assert "nobody yet" in next(name for name in counts if name.startswith("Resilience"))


def test_areas_of_one_country_name_no_other(read: Read, known: Known) -> None:
    assert known.city
    page = read("/pt/areas?country=CO")
    assert len(page.all("table")) == 1
    assert page.one("h1").text == "Demanda e oferta: Colômbia"


def test_a_grid_leads_from_every_disc_to_its_sentence(read: Read, known: Known) -> None:
    listed = read(f"/es/challenges/{known.challenge}")
    (switch,) = [link["href"] for link in listed.all("a") if link["href"].endswith("view=grid")]
    page = read(switch)
    marks = page.of_class("level")
    links = [mark for mark in marks if mark.tag == "a"]
    quoted = listed.of_class("quotation")
    assert links
    assert len(quoted) <= len(links) < len(marks) + 1
    for link in links:
        assert page.by_id(link["href"].removeprefix("#")).one("blockquote").text
    assert f"/es/challenges/{known.challenge}" in {link["href"] for link in page.all("a")}


def test_a_grid_keeps_the_filters_of_the_list(read: Read, known: Known) -> None:
    page = read(f"/es/challenges/{known.challenge}?kinds=company&delivering=1&view=grid")
    back = f"/es/challenges/{known.challenge}?kinds=company&delivering=1"
    assert back in {link["href"] for link in page.all("a")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_small_map_is_one_picture_with_one_address(service: Service, known: Known, language: str) -> None:
    with service.database.reading() as session:
        challenges, members = standing_by_side(session, acting=ANYONE)
    picture = picture_of(challenges, members)
    assert (picture.challenges, picture.members, picture.countries) == (2, 3, 1)
    part = read_html(environment(language).get_template("map_small.html").render(picture=picture, language=language))
    assert known.city
    assert {link["href"] for link in part.all("a")} == {f"/{language}/map"}
    assert part.one("svg")["role"] == "img"


def test_the_map_weighs_less_than_a_page_may(browser: TestClient, known: Known) -> None:
    assert known.city
    for address in ("/es/map", "/es/map?country=BR", "/es/areas"):
        assert len(browser.get(address).content) < LARGEST_PAGE


def test_statements_of_the_map_do_not_grow_with_what_stands_on_it(new_service: NewService) -> None:
    counted = [_statements(new_service(), count) for count in (1, 30)]
    assert counted[0] == counted[1]


def _statements(service: Service, count: int) -> list[int]:
    with service.database.transaction() as session:
        acting = signed_in(session)
        for number in range(count):
            owner = saved_profile(session, acting=acting, name=f"Ciudad {number}", kind="local_government")
            saved_challenge(session, acting=acting, owner=owner)
    found = []
    with TestClient(create_app(service)) as client:
        for address in ("/es/map", "/es/map?country=CO", "/es/areas"):
            with statements(service.database) as seen:
                client.get(address)
            found.append(len(seen))
    return found
