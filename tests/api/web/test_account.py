"""One's account: everything is a form that works without a script and leads back to the page."""

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.sessions import start_session
from tests.api.web.persons import Person, at_browser
from tests.factories import NOW, saved_profile, signed_in


@pytest.fixture
def app(service: Service) -> FastAPI:
    return create_app(service)


@pytest.fixture
def ana(app: FastAPI, service: Service) -> Person:
    """Represents a firm."""
    with service.database.transaction() as session:
        acting = signed_in(session)
        saved_profile(session, acting=acting, name="Aguas del Norte")
    return at_browser(app, service, acting)


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_the_page_names_the_members_and_the_browsers(ana: Person, language: str) -> None:
    page = ana.read(f"/{language}/account")
    assert "Aguas del Norte" in page.text
    assert len(page.by_id("session-list").all("li")) == 1


def test_name_and_language_are_saved_and_told(ana: Person) -> None:
    page = ana.done("/es/account", name="Ana María", language="pt")
    assert page.by_id("name")["value"] == "Ana María"
    assert page.by_id("done").text == "El nombre y el idioma quedaron guardados."
    empty = ana.refused("/es/account", name="  ", language="pt")
    assert empty.by_id("name-wrong").text == "Escriba su nombre."


def test_letters_come_as_they_are_wanted(ana: Person) -> None:
    page = ana.done(
        "/es/account/letters", wanted=["alerts"], quiet_from="22", quiet_until="6", time_zone="America/Lima"
    )
    ticked = [box["value"] for box in page.all("input", having=lambda each: each.get("name") == "wanted")
              if box.get("checked") is not None]  # fmt: skip
    assert (ticked, page.by_id("time_zone")["value"]) == (["alerts"], "America/Lima")
    wrong = ana.refused("/es/account/letters", time_zone="Macondo")
    assert (wrong.by_id("time_zone")["value"], bool(wrong.by_id("time_zone-wrong").text)) == ("Macondo", True)


def test_another_browser_can_be_signed_out(ana: Person, app: FastAPI, service: Service) -> None:
    with service.database.transaction() as session:
        account = session.get_one(Account, 1)
        other = Person(app, start_session(session, account=account, device="Chrome, Windows", now=NOW))
    other.read("/es/account")
    ended = ana.read("/es/account").all("input", having=lambda each: each.get("name") == "session_id")
    ana.done("/es/account/sessions/end", session_id=ended[0]["value"])
    other.read("/es/account", status=401)
    ana.read("/es/account")


def test_a_key_is_shown_once_and_can_be_ended(ana: Person) -> None:
    made = ana.post("/es/account/tokens", label="Tablero", scopes=["read"])
    assert 'id="key">mm_' in made.text
    page = ana.read("/es/account")
    assert ("mm_" in page.text, "Tablero" in page.text) == (False, True)
    *_, number = page.all("input", having=lambda each: each.get("name") == "token_id")
    assert "Tablero" not in ana.done("/es/account/tokens/end", token_id=number["value"]).text
    assert ana.refused("/es/account/tokens", label="").by_id("scopes-wrong").text == "Marque al menos una."


def test_the_sheet_of_components_is_for_development_only(app: FastAPI, service: Service) -> None:
    person = Person(app)
    assert person.read("/es/design").all("table")
    public = service.settings.model_copy(update={"public_url": "https://retos.example"})
    object.__setattr__(service, "settings", public)
    person.read("/es/design", status=404)


def test_a_role_of_the_alliance_is_named(app: FastAPI, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session, role=Role.SECRETARIAT)
    assert "Secretaria" in at_browser(app, service, acting).read("/pt/account").text
