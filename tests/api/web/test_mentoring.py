"""Mentoring on pages: from the request to what came of it; and who has hours left."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.mentoring.actions import propose_mentoring
from matchmaker.mentoring.drafts import MentoringDraft, MentorOfferDraft
from matchmaker.mentoring.offers import save_offer
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.factories import desk, signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)
MESSAGE = "¿Nos ayudan a leer los sensores?"


@dataclass
class Pair:
    """A request of the city to the firm, with both and a member that has nothing to do with it."""

    path: str
    city: Person
    firm: Person
    stranger: Person

    def both_say_yes(self) -> None:
        self.firm.done(f"/es{self.path}/answer", answer="yes")


@pytest.fixture
def pair(service: Service, known: Known) -> Pair:
    with service.database.transaction() as session:
        offer = MentorOfferDraft(areas=["energy_environment"], languages=["es", "pt"], hours_a_month=6, text=HOSTILE)
        save_offer(session, desk=desk(), acting=FIRM, profile_id=known.firm, draft=offer)
        draft = MentoringDraft(mentor_id=known.firm, mentee_id=known.city, hours_a_month=2, message=MESSAGE)
        row = propose_mentoring(session, acting=CITY, draft=draft, lists=service.lists, now=service.clock())
        number, stranger = row.id, signed_in(session)
    app = create_app(service)
    city, firm, other = (at_browser(app, service, acting) for acting in (CITY, FIRM, stranger))
    return Pair(f"/mentorings/{number}", city, firm, other)


@pytest.mark.parametrize(
    ("language", "hours"), [("es", "2 horas al mes"), ("pt", "2 horas por mês"), ("en", "2 hours a month")]
)
def test_both_read_the_request_and_nobody_else(pair: Pair, language: str, hours: str) -> None:
    for person in (pair.city, pair.firm):
        page = person.read(f"/{language}{pair.path}")
        assert MESSAGE in page.text
        assert hours in page.text
    pair.stranger.read(f"/{language}{pair.path}", status=404)


def test_who_asked_learns_of_an_answer_only_when_both_have_said_yes(pair: Pair) -> None:
    before = pair.city.read(f"/es{pair.path}")
    assert before.of_class("supply-side")[0].one("strong").text.startswith("Su respuesta se conoce solo cuando")
    pair.firm.done(f"/es{pair.path}/answer", answer="not_now")
    assert "Ahora no" not in pair.city.read(f"/es{pair.path}").text


def test_contacts_are_shown_after_the_second_yes_and_not_before(pair: Pair) -> None:
    assert pair.city.post(f"/es{pair.path}/contacts").status_code == 409
    pair.both_say_yes()
    assert "los contactos están abiertos" in pair.city.read(f"/es{pair.path}").of_class("state")[0].text
    shown = pair.city.post(f"/es{pair.path}/contacts")
    assert (shown.status_code, 'role="status"' in shown.text) == (200, True)
    assert pair.stranger.post(f"/es{pair.path}/contacts").status_code == 404


def test_both_say_what_came_of_it(pair: Pair) -> None:
    early = pair.city.refused(f"/es{pair.path}/result", result="helped", status=409)
    assert early.of_class("summary")
    pair.both_say_yes()
    assert pair.city.refused(f"/pt{pair.path}/result").by_id("result").of_class("wrong")
    pair.city.done(f"/pt{pair.path}/result", result="helped")
    page = pair.firm.done(f"/pt{pair.path}/result", result="did_not_happen")
    assert "As duas partes discordam sobre o resultado." in page.text


def test_who_asked_takes_it_back(pair: Pair) -> None:
    assert pair.firm.post(f"/es{pair.path}/withdrawal").status_code == 403
    assert "No llegó a darse" in pair.city.done(f"/es{pair.path}/withdrawal").of_class("state")[0].text
    again = pair.city.refused(f"/es{pair.path}/withdrawal", status=409)
    assert again.of_class("summary")


def test_an_answer_that_is_none_keeps_the_form(pair: Pair) -> None:
    assert pair.firm.refused(f"/en{pair.path}/answer").by_id("answer").of_class("wrong")


@pytest.mark.parametrize(
    ("language", "left"),
    [("es", "Le quedan 4 horas al mes"), ("pt", "Restam 4 horas por mês"), ("en", "4 hours a month left")],
)
def test_mentors_are_listed_with_the_hours_they_have_left(pair: Pair, known: Known, language: str, left: str) -> None:
    pair.both_say_yes()
    page = pair.stranger.read(f"/{language}/mentors?language=pt&area=energy_environment")
    (line,) = page.of_class("lines")
    assert line.one("h2").one("a")["href"] == f"/{language}/profiles/{known.firm}"
    assert left in line.text


def test_nobody_is_listed_for_what_nobody_offers(pair: Pair) -> None:
    assert pair.stranger.read("/es/mentors?language=fr").of_class("empty")
    assert pair.stranger.read("/es/mentors?area=nichts&after=999").of_class("empty")


def test_a_mentor_is_asked_from_its_own_page(pair: Pair, known: Known) -> None:
    here = f"/es/profiles/{known.firm}/mentoring"
    for page in (pair.city.read(f"/es/profiles/{known.firm}"), pair.city.read("/es/mentors")):
        assert here in {link.get("href") for link in page.all("a")}
    assert here not in {link.get("href") for link in pair.firm.read(f"/es/profiles/{known.firm}").all("a")}
    wrong = pair.city.refused(here, mentee=str(known.city), hours="muchas", message="¿Nos ayudan?")
    assert wrong.of_class("wrong")
    assert wrong.one("textarea").text.strip() == "¿Nos ayudan?"
    again = pair.city.refused(here, status=409, mentee=str(known.city), hours="1", message="¿Nos ayudan?")
    assert "mentoría" in again.of_class("summary")[0].text  # they have been asked already
    pair.city.done(f"/es{pair.path}/withdrawal")
    answer = pair.city.post(here, mentee=str(known.city), hours="1", message="¿Nos ayudan?")
    assert answer.status_code == 303
    assert "¿Nos ayudan?" in pair.firm.read(answer.headers["location"]).text


def test_who_speaks_for_nobody_is_led_to_a_profile_and_who_mentors_nobody_is_not_asked(
    pair: Pair, known: Known
) -> None:
    assert not pair.stranger.read(f"/pt/profiles/{known.firm}/mentoring").all("textarea")
    pair.stranger.read(f"/pt/profiles/{known.city}/mentoring", status=404)


def test_requests_are_found_again_from_the_list_of_mentors(pair: Pair) -> None:
    for person in (pair.city, pair.firm):
        own = person.read("/es/mentors").all("section", having=lambda each: each.get("aria-labelledby") == "own")
        assert [link["href"] for part in own for link in part.all("a")] == [f"/es{pair.path}"]
    before = pair.firm.read("/es/mentors").text
    assert "Espera su respuesta hasta el" in before
    assert "Espera su respuesta hasta el" not in pair.city.read("/es/mentors").text
    assert pair.path not in " ".join(link["href"] for link in pair.stranger.read("/es/mentors").all("a"))


OFFER: dict[str, str | list[str]] = {
    "areas": ["energy_environment"],
    "languages": ["es"],
    "hours_a_month": "8",
    "text": "Leemos sensores.",
}


def test_mentoring_is_offered_changed_let_rest_and_withdrawn(service: Service, known: Known) -> None:
    app = create_app(service)
    city, anyone = at_browser(app, service, CITY), Person(app)
    here = f"/es/profiles/{known.city}/mentoring/offer"
    assert here in {link.get("href") for link in city.read(f"/es/profiles/{known.city}").all("a")}
    assert here in {link.get("href") for link in city.read("/es/mentors").all("a")}
    wrong = city.refused(here, hours_a_month="muchas", text="Leemos sensores.", languages=["es"])
    assert wrong.by_id("areas-wrong").text == "Elija al menos un área."
    assert wrong.by_id("hours_a_month-wrong").text == "Escriba un número de horas al mes, de 1 a 160."
    assert wrong.by_id("text").text.strip() == "Leemos sensores."
    assert city.done(here, **OFFER).by_id("done").text.startswith("Está guardado")
    assert "Agua de Sogamoso" in anyone.read("/es/mentors").text
    city.done(here, **{**OFFER, "hours_a_month": "5"}, is_paused="1")
    assert "ninguna mientras esté en pausa" in city.read(here).text
    assert "Agua de Sogamoso" not in anyone.read("/es/mentors").text
    for _ in range(2):  # sent twice, it is done once
        assert city.done(f"{here}/end").by_id("done").text.startswith("Ya no ofrece")
    anyone.read(here, status=401)


@pytest.mark.parametrize(
    ("language", "load"),
    [
        ("es", ["6 horas al mes", "0 horas al mes", "2 horas al mes", "6 horas al mes"]),
        ("pt", ["6 horas por mês", "0 horas por mês", "2 horas por mês", "6 horas por mês"]),
        ("en", ["6 hours a month", "0 hours a month", "2 hours a month", "6 hours a month"]),
    ],
)
def test_a_mentor_sees_its_load_and_answers_from_there(
    pair: Pair, known: Known, language: str, load: list[str]
) -> None:
    here = f"/{language}/profiles/{known.firm}/mentoring/offer"
    page = pair.firm.read(here)
    assert [given.text for given in page.of_class("load")[0].all("dd")] == load
    assert f"/{language}{pair.path}" in {link.get("href") for link in page.all("a")}
    pair.both_say_yes()
    after = [given.text for given in pair.firm.read(here).of_class("load")[0].all("dd")]
    assert [words.split()[0] for words in after] == ["6", "2", "0", "4"]
    for person in (pair.city, pair.stranger):
        person.read(here, status=403)


def test_a_city_finds_a_mentor_for_its_challenge_and_asks_it(pair: Pair, known: Known) -> None:
    pair.city.done(f"/es{pair.path}/withdrawal")
    mentors = f"/es/challenges/{known.challenge}/mentors"
    assert mentors in {link.get("href") for link in pair.city.read(f"/es/challenges/{known.challenge}").all("a")}
    ask = f"/es/profiles/{known.firm}/mentoring?challenge={known.challenge}"
    assert ask in {link.get("href") for link in pair.city.read(mentors).all("a")}
    form = pair.city.read(ask)
    (about,) = form.all("input", having=lambda each: each.get("name") == "challenge")
    answer = pair.city.post(ask, mentee=str(known.city), hours="1", message="¿Nos ayudan?", challenge=about["value"])
    assert answer.status_code == 303
    asked = pair.firm.read(answer.headers["location"])
    assert f"/es/challenges/{known.challenge}" in {link.get("href") for link in asked.all("a")}
    pair.firm.read(mentors, status=403)
    pair.city.read(f"/es/profiles/{known.firm}/mentoring?challenge=999", status=404)
