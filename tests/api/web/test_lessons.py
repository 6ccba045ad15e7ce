"""Lessons on pages: read by everyone, named in only by who has agreed."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.lessons.actions import set_lesson_state, write_lesson
from matchmaker.lessons.models import LessonState
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.factories import desk, lesson_draft

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@dataclass
class Told:
    """A lesson that the city told of the firm, with both and a stranger at their browsers."""

    number: int
    path: str
    city: Person
    firm: Person
    stranger: Person


@pytest.fixture
def told(service: Service, known: Known) -> Told:
    with service.database.transaction() as session:
        draft = lesson_draft(partner_id=known.firm, challenge_id=known.challenge)
        row = write_lesson(session, desk=desk(), acting=CITY, author_id=known.city, draft=draft)
        number = row.id or 0
    app = create_app(service)
    city, firm = (at_browser(app, service, acting) for acting in (CITY, FIRM))
    return Told(number, f"/lessons/{number}", city, firm, Person(app))


@pytest.mark.parametrize(
    ("language", "failed"), [("es", "No funcionó."), ("pt", "Não funcionou."), ("en", "It did not work.")]
)
def test_everyone_reads_what_was_tried_and_that_it_failed(told: Told, language: str, failed: str) -> None:
    page = told.stranger.read(f"/{language}{told.path}")
    assert page.one("h1").text == "Escuchar la red de noche"
    assert page.of_class("state")[0].text.startswith(failed)
    assert [each.text for each in page.of_class("written")] == [
        "La mitad del agua se perdía y la cuadrilla era de tres personas.",
        "Alquilamos sensores acústicos por tres meses.",
        "Los sensores llegaron tarde y nadie sabía leerlos.",
    ]
    assert page.all("form", having=lambda each: "partner" in (each.get("action") or "")) == []


def test_a_partner_is_named_to_others_once_it_has_agreed(told: Told, known: Known) -> None:
    (name,) = {link.text for link in told.firm.read(f"/es{told.path}").all("a") if _is_of(link.get("href"), known.firm)}
    assert name not in told.stranger.read(f"/es{told.path}").text
    agreed = told.firm.done(f"/es{told.path}/partner", answer="agree")
    assert agreed.by_id("done").text == "Gracias: desde ahora la lección puede nombrarles."
    assert name in told.stranger.read(f"/es{told.path}").text


def test_a_partner_declines_and_declining_twice_is_harmless(told: Told, known: Known) -> None:
    for _ in range(2):
        page = told.firm.done(f"/pt{told.path}/partner", answer="decline")
        assert page.by_id("done").text == "Seu nome já não está nesta lição, nem voltará a estar."
    assert not [link for link in told.city.read(f"/es{told.path}").all("a") if _is_of(link.get("href"), known.firm)]


def test_an_answer_that_is_none_is_said_beside_the_form(told: Told) -> None:
    page = told.firm.refused(f"/es{told.path}/partner", answer="quizá")
    (said,) = page.of_class("summary")[0].all("a")
    assert (said.text, page.by_id(said["href"].removeprefix("#")).tag) == ("Elija una de las respuestas.", "h2")


def test_nobody_but_the_partner_answers(told: Told) -> None:
    assert told.city.post(f"/es{told.path}/partner", answer="agree").status_code == 403
    assert told.stranger.post(f"/es{told.path}/partner", answer="agree").status_code == 401


def test_a_lesson_withdrawn_is_read_by_its_author_alone(told: Told, service: Service) -> None:
    with service.database.transaction() as session:
        set_lesson_state(session, desk=desk(), acting=CITY, lesson_id=told.number, state=LessonState.WITHDRAWN)
    told.stranger.read(f"/es{told.path}", status=404)
    assert "retirada" in told.city.read(f"/es{told.path}").of_class("notice")[0].text


def _is_of(address: str | None, profile_id: int) -> bool:
    return (address or "").endswith(f"/profiles/{profile_id}")
