"""A challenge that is tried: answered, refined, refused beside the field, and never stored."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.web.forms import needs_digest
from api.wiring import Service
from matchmaker.challenges.models import Challenge
from tests.api.web.conftest import HOSTILE, LEAKS, Known
from tests.api.web.reading import Element
from tests.databases import statements
from tests.factories import saved_profile, signed_in

Attempt = Callable[..., Element]
NEEDS = ["encontrar las fugas que no se ven", "dividir la red en sectores"]


def test_a_text_alone_gives_numbered_needs_and_quoted_answers(attempt: Attempt, known: Known) -> None:
    page = attempt(description=LEAKS)
    assert [item.text for item in _needs(page).all("li")] == [f"1 {NEEDS[0]}", f"2 {NEEDS[1]}"]
    assert _needs(page)["lang"] == "es"
    card = _card(page, known.firm)
    quotation = card.all("blockquote")[0]
    assert quotation.text == "Encontramos fugas que no se ven y marcamos dónde excavar."
    assert quotation["lang"] == "es"
    assert card.all("abbr")[0].text == "ES"


def test_a_card_says_which_needs_are_answered_and_which_are_missing(attempt: Attempt, known: Known) -> None:
    card = _card(attempt(description=LEAKS), known.firm)
    assert [mark.classes for mark in card.of_class("marks")[0].all("li")] == [{"mark", "full"}, {"mark", "hollow"}]
    assert [mark.text for mark in card.of_class("marks")[0].all("li")] == [
        "1necesidad 1: respondida",
        "2necesidad 2: sin respuesta",
    ]
    assert "Responde a 1 de 2 necesidades" in card.text
    assert card.of_class("missing")[0].text == f"Falta: 2 {NEEDS[1]}"


def test_the_arithmetic_of_a_strength_can_be_opened(attempt: Attempt, known: Known) -> None:
    why = _card(attempt(description=LEAKS), known.firm).one("details")
    assert why.one("summary").text == "¿Por qué esta fuerza?"
    assert [item.text.split(":")[0] for item in why.all("li")] == ["Necesidad 1", "Necesidad 2"]


def test_nobody_who_is_hidden_or_unclaimed_answers(attempt: Attempt, known: Known) -> None:
    page = attempt(description=LEAKS, shown="50")
    assert known.firm in _answering(page)
    assert {known.hidden, known.unclaimed} & _answering(page) == set()
    assert "Oculta" not in page.text
    assert "Callada" not in page.text


@pytest.mark.usefixtures("known")
def test_nothing_tried_is_stored(service: Service, attempt: Attempt) -> None:
    with statements(service.database) as sent:
        attempt(description=LEAKS, town="Sogamoso", country="CO", principles=["quality_of_life"])
    assert [statement for statement in sent if not statement.startswith(("SELECT", "BEGIN"))] == []
    with service.database.reading() as session:
        assert len(session.exec(select(Challenge)).all()) == 2


@pytest.mark.usefixtures("known")
def test_the_page_is_kept_by_its_reader_alone_for_the_way_back(browser: TestClient) -> None:
    assert browser.post("/es/try", data={"description": LEAKS}).headers["cache-control"] == "private, no-cache"


@pytest.mark.usefixtures("known")
def test_edited_needs_are_used_and_stay_in_the_form(attempt: Attempt) -> None:
    page = attempt(description=LEAKS, needs="Luminarias que gasten menos\n\n  Bicicletas para todos ")
    assert [item.text for item in _needs(page).all("li")] == [
        "1 Luminarias que gasten menos",
        "2 Bicicletas para todos",
    ]
    assert page.by_id("needs").text == "Luminarias que gasten menos Bicicletas para todos"
    assert page.by_id("description").text == LEAKS


@pytest.mark.usefixtures("known")
def test_suggested_needs_follow_a_new_description(attempt: Attempt) -> None:
    page = attempt(
        description="Necesitamos luminarias que gasten menos.", needs="\n".join(NEEDS), suggested=needs_digest(NEEDS)
    )
    assert [item.text for item in _needs(page).all("li")] == ["1 luminarias que gasten menos"]


@pytest.mark.usefixtures("known")
def test_an_empty_description_is_refused_beside_its_field(attempt: Attempt) -> None:
    page = attempt(status=422, title="Fugas", language="pt")
    field = page.by_id("description")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"].split() == ["description-wrong", "description-help"]
    assert "Basta uma frase." in page.by_id("description-wrong").text
    assert page.of_class("summary")[0].one("a")["href"] == "#description"
    assert page.by_id("title")["value"] == "Fugas"


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"description": "a" * 20_001}, "description", "hasta 20.000 caracteres"),
        ({"description": "fugas\x00 de agua"}, "description", "Ya se quitó"),
        ({"description": LEAKS, "needs": "\n".join(["luz"] * 13)}, "needs", "hasta 12 a la vez"),
        ({"description": LEAKS, "needs": "luz\n---"}, "needs", "una necesidad por línea"),
        ({"description": LEAKS, "town": "Nowhere"}, "town", "ningún lugar llamado Nowhere"),
        ({"description": LEAKS, "town": "Nowhere", "country": "CO"}, "town", "llamado Nowhere en Colombia"),
        ({"description": LEAKS, "title": "t" * 401}, "title", "hasta 400 caracteres"),
    ],
    ids=["too long", "NUL", "too many needs", "a need without words", "no such town", "nor in Colombia", "long title"],
)
def test_errors_stand_beside_their_field_and_nothing_is_lost(
    attempt: Attempt, typed: dict[str, str], field: str, words: str
) -> None:
    page = attempt(status=422, **typed)
    assert words in page.by_id(f"{field}-wrong").text
    kept = typed["description"].replace("\x00", "")
    assert page.by_id("description").text == kept


@pytest.mark.usefixtures("known")
def test_a_town_of_several_names_is_chosen_from_a_list(attempt: Attempt) -> None:
    page = attempt(status=422, description=LEAKS, town="San Carlos")
    choices = {option["value"]: option.text for option in page.by_id("geonameid").all("option")}
    assert choices["101"] == "San Carlos, Ñuble, Chile"
    chosen = attempt(description=LEAKS, town="San Carlos", geonameid="101")
    assert chosen.of_class("challenge")[0].of_class("kicker")[0].text == "Su reto · San Carlos, Ñuble, Chile"


def test_a_country_alone_narrows_to_those_who_work_there(attempt: Attempt, known: Known) -> None:
    there = attempt(description=LEAKS, country="CO", delivering="1")
    elsewhere = attempt(description=LEAKS, country="BR", delivering="1")
    assert known.firm in _answering(there)
    assert _answering(elsewhere) == set()
    assert elsewhere.by_id("candidates").text == "Nadie responde todavía a este reto"


def test_kinds_narrow_and_stay_chosen(attempt: Attempt, known: Known) -> None:
    page = attempt(description=LEAKS, kinds=["expert", "nonsense"])
    assert known.firm not in _answering(page)
    chosen = page.all("input", having=lambda box: box.get("name") == "kinds" and box.get("checked") is not None)
    assert [box["value"] for box in chosen] == ["expert"]


@pytest.mark.usefixtures("known")
def test_a_text_in_another_language_is_answered_with_a_warning(attempt: Attempt) -> None:
    page = attempt(description="Nous cherchons à localiser les fuites invisibles dans le réseau de notre ville.")
    assert "francés" in page.by_id("tongue").text or "francés" in page.of_class("notice")[0].text
    (selected,) = page.by_id("spoken").all("option", having=lambda option: option.get("selected") is not None)
    assert selected["value"] == "fr"


@pytest.mark.usefixtures("known")
def test_a_corrected_language_is_believed(attempt: Attempt) -> None:
    assert _needs(attempt(description=LEAKS, spoken="pt"))["lang"] == "pt"


def test_a_principle_is_quoted_or_said_to_be_unsaid(attempt: Attempt, known: Known) -> None:
    card = _card(attempt(description=LEAKS, principles=["quality_of_life"]), known.firm)
    (principles,) = card.of_class("principles")
    assert "Incremento de la calidad de vida" in principles.text


def test_those_who_answer_beyond_the_first_ten_are_a_button_away(
    service: Service, attempt: Attempt, known: Known
) -> None:
    with service.database.transaction() as session:
        for number in range(12):
            saved_profile(session, acting=signed_in(session), name=f"Firma {number}")
    service.synchroniser.drain()
    first = attempt(description=LEAKS)
    (button,) = first.all("button", having=lambda button: button.get("name") == "shown")
    assert (len(first.of_class("candidates")[0].all("article")), button["value"]) == (10, "25")
    second = attempt(description=LEAKS, shown="25")
    assert second.all("button", having=lambda button: button.get("name") == "shown") == []
    assert _answering(first) < _answering(second) >= {known.firm}


@pytest.mark.usefixtures("known")
def test_equals_are_said_to_be_equal(service: Service, attempt: Attempt) -> None:
    with service.database.transaction() as session:
        twins = [saved_profile(session, acting=signed_in(session), name=name).id or 0 for name in ("Gemela", "Gemela")]
    service.synchroniser.drain()
    page = attempt(description=LEAKS)
    assert [bool(_card(page, twin).of_class("tie")) for twin in twins] == [True, True]
    assert "Hay empates" in page.of_class("candidates")[0].text


def test_a_sentence_that_answers_two_needs_is_quoted_once(attempt: Attempt, known: Known) -> None:
    page = attempt(description=LEAKS, needs="fugas que no se ven\nencontramos fugas que no se ven")
    card = _card(page, known.firm)
    assert len(card.all("blockquote")) == 1
    assert len(card.of_class("need")) == 2


def test_similar_and_equal_challenges_of_others_are_shown(attempt: Attempt, known: Known) -> None:
    page = attempt(description=LEAKS)
    links = {link["href"] for link in page.all("a") if "/challenges/" in link["href"]}
    assert f"/es/challenges/{known.challenge}" in links


@pytest.mark.usefixtures("known")
def test_hostile_text_comes_back_as_text(browser: TestClient, attempt: Attempt) -> None:
    page = attempt(description=f"{LEAKS} {HOSTILE}", title=HOSTILE, needs=HOSTILE, town="Sogamoso")
    assert all(script.get("src") and not script.text for script in page.all("script"))
    assert page.by_id("title")["value"] == HOSTILE
    assert "<script>" not in browser.post("/es/try", data={"description": HOSTILE, "town": HOSTILE}).text


@pytest.mark.usefixtures("known")
def test_a_change_of_language_posts_the_form_again(attempt: Attempt) -> None:
    page = attempt(description=LEAKS)
    buttons = page.all("button", having=lambda button: button.get("formaction") is not None)
    assert [button["formaction"] for button in buttons] == ["/pt/try", "/en/try"]
    assert {button["form"] for button in buttons} == {page.by_id("challenge-form")["id"]}


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize(
    ("language", "heading"),
    [("es", "Quién responde a su reto"), ("pt", "Quem responde ao seu desafio"), ("en", "Who answers your challenge")],
)
def test_results_speak_three_languages(attempt: Attempt, language: str, heading: str) -> None:
    page = attempt(language=language, description=LEAKS)
    assert page.one("h1").text == heading
    assert page.one("html")["lang"] == language


def _needs(page: Element) -> Element:
    return page.of_class("needs")[0]


def _card(page: Element, profile_id: int) -> Element:
    (found,) = [card for card in page.all("article") if profile_id in _linked(card)]
    return found


def _answering(page: Element) -> set[int]:
    return {number for section in page.of_class("candidates") for number in _linked(section)}


def _linked(part: Element) -> set[int]:
    return {int(link["href"].rsplit("/", 1)[1]) for link in part.all("a") if "/profiles/" in link["href"]}
