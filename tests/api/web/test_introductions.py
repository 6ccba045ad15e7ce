"""Introductions on pages, from the proposal to what came of it, without a script."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.introductions import proposing
from matchmaker.introductions.drafts import ProposalDraft
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element
from tests.factories import signed_in

MESSAGE = "Los dos hablaron de fugas en la misma reunión."
PRIVATE = "No confiamos en sus plazos, zarigüeya."


@dataclass
class Table:
    """An introduction that the secretariat proposed, with both sides and the secretariat at their browsers."""

    path: str
    city: Person
    firm: Person
    secretariat: Person

    def both_say_yes(self) -> None:
        for person in (self.city, self.firm):
            person.done(f"/es{self.path}/answer", answer="yes")


@pytest.fixture
def table(service: Service, known: Known) -> Table:
    with service.database.transaction() as session:
        secretariat = signed_in(session, role=Role.SECRETARIAT)
        draft = ProposalDraft(challenge_id=known.challenge, profile_id=known.firm, message=MESSAGE)
        office = service.introduction_office()
        number = proposing.propose(session, office=office, acting=secretariat, draft=draft).id
    app = create_app(service)
    firm, city = Acting(account_id=1, role=Role.CITY), Acting(account_id=2, role=Role.CITY)
    people = (at_browser(app, service, acting) for acting in (city, firm, secretariat))
    return Table(f"/introductions/{number}", *people)


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_each_side_finds_it_in_its_list_and_reads_the_message(table: Table, language: str) -> None:
    for person in (table.city, table.firm, table.secretariat):
        (link,) = person.read(f"/{language}/introductions").all("a", having=lambda each: _leads(each, table.path))
        page = person.read(link["href"])
        assert page.one("h1").text == "Fugas en la red de El Carmen" or page.one("h1").text
        assert MESSAGE in page.text
        assert "questions-title" in {each.get("id") for each in page.walk()}


def test_a_yes_of_one_side_is_told_to_nobody_else(table: Table) -> None:
    page = table.city.done(f"/es{table.path}/answer", answer="yes")
    assert (
        page.by_id("done").text
        == "Su respuesta quedó guardada. Puede cambiarla mientras la presentación siga en espera."
    )
    before = table.firm.read(f"/es{table.path}")
    assert "Espera su respuesta" in before.of_class("state")[0].text
    assert "Su respuesta se conoce solo cuando ambas partes dicen que sí" in before.of_class("demand-side")[0].text


def test_contacts_are_shown_after_the_second_yes_and_not_before(table: Table) -> None:
    assert table.city.post(f"/es{table.path}/contacts").status_code == 409
    table.both_say_yes()
    opened = table.city.read(f"/es{table.path}")
    assert "los contactos están abiertos" in opened.of_class("state")[0].text
    assert "mailto:" not in str(sorted(_links(opened)))
    shown = table.city.post(f"/es{table.path}/contacts")
    assert (shown.status_code, 'role="status"' in shown.text) == (200, True)
    assert table.secretariat.post(f"/es{table.path}/contacts").status_code == 403


def test_a_no_without_its_reason_keeps_the_words(table: Table) -> None:
    page = table.firm.refused(f"/es{table.path}/answer", answer="no", words=PRIVATE)
    assert page.by_id("words").text == PRIVATE
    assert page.of_class("summary")[0].all("a")
    table.firm.done(f"/es{table.path}/answer", answer="no", reason="no_capacity", words=PRIVATE)
    for other in (table.city.read(f"/es{table.path}"), table.city.read("/es/introductions")):
        assert PRIVATE not in other.text
        assert "No llegó a darse" not in other.text


def test_questions_and_replies_are_read_by_both(table: Table) -> None:
    table.firm.done(f"/pt{table.path}/questions", question="Há macromedidores?")
    page = table.city.read(f"/pt{table.path}")
    (form,) = page.all("form", having=lambda each: (each.get("action") or "").rpartition("/")[0].endswith("questions"))
    assert table.city.refused(form["action"], reply=" … ").by_id("conversation").of_class("wrong")
    table.city.done(form["action"], reply="Dois de cinco.")
    assert "Dois de cinco." in table.firm.read(f"/pt{table.path}").by_id("conversation").text


def test_an_answer_can_be_taken_back(table: Table) -> None:
    table.firm.done(f"/en{table.path}/answer", answer="not_now")
    page = table.firm.done(f"/en{table.path}/withdrawal")
    assert "Waits for your answer" in page.of_class("state")[0].text


def test_who_proposes_changes_the_message_and_withdraws(table: Table) -> None:
    table.secretariat.done(f"/es{table.path}/message", message="Hablen antes de junio.")
    assert "Hablen antes de junio." in table.firm.read(f"/es{table.path}").text
    assert table.firm.post(f"/es{table.path}/message", message="x y z").status_code == 403
    table.secretariat.done(f"/es{table.path}/withdrawal")
    assert "No llegó a darse" in table.firm.read(f"/es{table.path}").of_class("state")[0].text


def test_both_say_whether_they_met(table: Table) -> None:
    table.both_say_yes()
    table.city.done(f"/es{table.path}/met", has_met="yes")
    assert "Ya se reunieron: lo dicen ambas partes." in table.firm.done(f"/es{table.path}/met", has_met="yes").text
    too_early = table.city.post(f"/es{table.path}/outcome", days="30", outcome="pilot")
    assert too_early.status_code == 409


def test_nobody_else_learns_that_it_exists(table: Table, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session)
    stranger = at_browser(table.city.app, service, acting)
    stranger.read(f"/es{table.path}", status=404)
    assert stranger.post(f"/es{table.path}/answer", answer="yes").status_code == 404
    Person(table.city.app).read(f"/es{table.path}", status=401)


def _leads(link: Element, path: str) -> bool:
    return link["href"].endswith(path)


def _links(page: Element) -> set[str]:
    return {link["href"] for link in page.all("a")}
