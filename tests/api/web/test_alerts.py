"""Alerts on pages: what is sought, what was found and why, rest, feed, end."""

from dataclasses import dataclass
from typing import Any

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.alerts.actions import save_alert, send_digests
from matchmaker.alerts.drafts import AlertDraft
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.factories import desk

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@dataclass
class Looking:
    """An alert of who acts for the firm, with that person and one of the city at their browsers."""

    path: str
    firm: Person
    city: Person


@pytest.fixture
def looking(service: Service, known: Known) -> Looking:
    return _looking(service, known)


def _looking(service: Service, known: Known, **changes: Any) -> Looking:
    draft = AlertDraft.model_validate({"name": f"Lo nuestro {HOSTILE}", "frequency": "weekly"} | changes)
    with service.database.transaction() as session:
        number = save_alert(session, desk=desk(), acting=FIRM, profile_id=known.firm, draft=draft).id
    with service.database.transaction() as session:
        send_digests(session, index=service.index, taxonomy=service.taxonomy, now=service.clock())
    app = create_app(service)
    firm, city = (at_browser(app, service, acting) for acting in (FIRM, CITY))
    return Looking(f"/alerts/{number}", firm, city)


@pytest.mark.parametrize(
    ("language", "weekly"), [("es", "una vez por semana"), ("pt", "uma vez por semana"), ("en", "once a week")]
)
def test_it_says_how_often_it_writes_and_what_it_found(
    looking: Looking, known: Known, language: str, weekly: str
) -> None:
    page = looking.firm.read(f"/{language}{looking.path}")
    assert weekly in page.of_class("state")[0].text
    cards = {card.one("h3").one("a")["href"]: card for card in page.of_class("card")}
    found = cards[f"/{language}/challenges/{known.challenge}"]
    assert found.of_class("quotation")


def test_what_narrows_it_is_said_in_words(service: Service, known: Known) -> None:
    looking = _looking(
        service, known, text="fugas de agua", language="es", countries=["CO"], languages=["pt"],
        areas=["energy_environment"], sizes=["village", "town", "large_metropolis"],
        place={"name": "Sogamoso", "country": "CO"}, radius_kilometres=1200,
    )  # fmt: skip
    said = looking.firm.read(f"/es{looking.path}").of_class("facts-list")[0].text
    for part in ("Colombia", "hasta 1.200 km de Sogamoso", "Menos de 5.000 habitantes", "De 5.000 a 10.000 habitantes",
                 "1.500.000 habitantes o más", "portugués"):  # fmt: skip
        assert part in said


def test_it_rests_and_looks_again(looking: Looking) -> None:
    paused = looking.firm.done(f"/es{looking.path}/pause", rests="yes")
    assert "Está en pausa" in paused.of_class("state")[0].text
    again = looking.firm.done(f"/es{looking.path}/pause", rests="no")
    assert again.by_id("done").text == "La alerta vuelve a buscar."


def test_the_address_of_its_feed_is_shown_once_and_works(looking: Looking) -> None:
    shown = looking.firm.refused(f"/en{looking.path}/feed", status=200)
    address = shown.by_id("content").one("code").text
    feed = "/v1/feeds/" + address.rpartition("/")[2]
    assert looking.city.client.get(feed).status_code == 200
    assert not looking.firm.read(f"/en{looking.path}").by_id("content").all("code")
    looking.firm.done(f"/en{looking.path}/feed/end")
    assert looking.city.client.get(feed).status_code == 404


def test_it_is_deleted_after_it_was_named(looking: Looking) -> None:
    assert "Lo nuestro" in looking.firm.read(f"/pt{looking.path}").by_id("content").all("details")[0].text
    gone = looking.firm.done(f"/pt{looking.path}/deletion")
    assert gone.by_id("done").text == "O alerta foi apagado, com tudo o que havia encontrado."
    assert gone.of_class("empty")
    looking.firm.read(f"/pt{looking.path}", status=404)


def test_nobody_else_reads_it_though_they_have_alerts_of_their_own(looking: Looking) -> None:
    looking.city.read(f"/es{looking.path}", status=404)
    assert looking.city.post(f"/es{looking.path}/deletion").status_code == 404
    assert looking.path not in {link.get("href") for link in looking.city.read("/es/alerts").all("a")}
    assert f"/es{looking.path}" in {link.get("href") for link in looking.firm.read("/es/alerts").all("a")}
