"""Events on pages: planned, joined, agreed, searched, changed, published, held, reported."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from fastapi import FastAPI

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import OPERATOR, Acting, Role
from matchmaker.events.models import Participant
from matchmaker.events.running import run_search
from matchmaker.events.runs import ask_run
from tests.api.web.persons import Person, at_browser
from tests.factories import NOW, lists, saved_profile, signed_in

TYPED = {
    "name": "Encuentro de Bogotá",
    "time_zone": "America/Bogota",
    "slot_minutes": "20",
    "pause_minutes": "5",
    "days": "2027-03-10 09:00-12:00",
    "keeps_free": "11:00-12:00",
    "tables": "1; Salón A\n2; Salón A; señas",
    "opens_at": "2027-01-01T00:00",
    "closes_at": "2027-03-01T00:00",
    "agenda_sight": "participants",
    "city_floor": "1",
    "small_city_floor": "1",
    "small_supplier_floor": "0",
    "most_meetings": "9",
    "most_in_row": "4",
}


@dataclass
class Fair:
    """An open event with a city and a firm that have not registered."""

    service: Service
    app: FastAPI
    rosa: Person
    city: Person
    firm: Person
    numbers: tuple[int, int]

    def join(self) -> None:
        for person, number in zip((self.city, self.firm), self.numbers, strict=True):
            page = person.done("/es/events/1/participants", profile_id=str(number), name="Alguien")
            assert page.by_id("done").text == "Su inscripción quedó hecha."

    def agree(self) -> None:
        for person, seat, other in ((self.city, "1", self.numbers[1]), (self.firm, "2", self.numbers[0])):
            person.done("/es/events/1/wishes", participant_id=seat, about=[str(other)], degree=["must"])

    def search(self) -> None:
        with self.service.database.transaction() as session:
            run = ask_run(session, acting=OPERATOR, event_id=1, lists=lists(), now=NOW)
        run_search(self.service.database, run.id or 0)


@pytest.fixture
def fair(service: Service) -> Fair:
    with service.database.transaction() as session:
        people = {name: signed_in(session, role=role, name=name) for name, role in
                  (("Rosa", Role.SECRETARIAT), ("Ana", Role.CITY), ("Luis", Role.SUPPLIER))}  # fmt: skip
        city = saved_profile(session, acting=people["Ana"], kind="local_government", name="Sogamoso", email="")
        firm = saved_profile(session, acting=people["Luis"], name="Fugas", email="")
        numbers = (city.id or 0, firm.id or 0)
    app = create_app(service)

    def open_browser(name: str) -> Person:
        acting: Acting = people[name]
        return at_browser(app, service, acting)

    rosa = open_browser("Rosa")
    assert "quedó planeado" in rosa.done("/es/desk/events/new", **TYPED).by_id("done").text
    rosa.done("/es/desk/events/1/state", state="open")
    return Fair(service, app, rosa, open_browser("Ana"), open_browser("Luis"), numbers)


def test_an_event_is_planned_with_lines_of_text_and_what_is_wrong_stands_beside_it(fair: Fair) -> None:
    refused = fair.rosa.refused("/es/desk/events/new", status=422, **TYPED | {"time_zone": "Luna", "name": "<b>x</b>"})
    assert "Ninguna zona horaria tiene este nombre" in refused.of_class("summary")[0].text
    assert refused.by_id("name")["value"] == "<b>x</b>"
    edited = fair.rosa.read("/es/desk/events/1/edit")
    assert (edited.by_id("days").text, edited.by_id("name")["value"]) == ("2027-03-10 09:00-12:00", TYPED["name"])
    fair.rosa.done("/es/desk/events/1/edit", **TYPED | {"name": "Otro nombre"})
    assert "Otro nombre" in fair.city.read("/es/events").text


def test_from_registration_to_ones_own_agenda(fair: Fair) -> None:
    fair.join()
    assert "no puede llegar a lo garantizado" in fair.rosa.read("/es/desk/events/1").text
    fair.agree()
    desk = fair.rosa.read("/es/desk/events/1")
    assert "Todos pueden llegar a lo garantizado" in desk.text
    fair.search()
    assert "La agenda está lista" in fair.rosa.read("/es/desk/events/1/runs/1").text
    fair.rosa.done("/es/desk/events/1/versions")
    told = fair.rosa.read("/es/desk/events/1").of_class("certificate")[0].text
    assert "Alcanza el 100,00 % de lo mejor posible" in told
    event = fair.city.read("/es/events/1")
    own = event.text
    [link] = [each for each in event.all("a") if each.text == "Su agenda"]
    agenda = fair.city.read(link["href"])
    assert "Fugas" in agenda.by_id("next-meeting").text
    back = next(each["href"] for each in agenda.all("a") if each.text == TYPED["name"])
    assert fair.city.read(back).by_id("own-1").text == "Sogamoso"
    assert "Mesa 1" in own or "Mesa 2" in own
    assert "Se reúne con Alguien" in own
    assert "Fugas" in fair.city.read("/es/events/1/agenda").text
    fair.city.done("/es/events/1/meetings", participant_id="1", key="p1-p2", has_met="yes", outcome="pilot")
    assert "Usted dijo que se reunieron" in fair.city.read("/es/events/1").text


@pytest.mark.parametrize("page", ["work", "account"])
def test_ones_own_agenda_is_one_click_away_while_an_event_is_to_come(fair: Fair, page: str) -> None:
    assert not fair.city.read(f"/pt/{page}").of_class("coming")
    fair.join()
    (coming,) = fair.city.read(f"/pt/{page}").of_class("coming")
    (link,) = coming.all("a")
    assert link["href"] == "/pt/events/1/mine/1"
    assert "Sogamoso" in coming.text
    assert "Encuentro" in fair.city.read(link["href"]).text
    fair.rosa.done("/es/desk/events/1/state", state="closed")
    assert fair.city.read(f"/pt/{page}").of_class("coming")
    fair.rosa.done("/es/desk/events/1/state", state="cancelled")
    assert not fair.city.read(f"/pt/{page}").of_class("coming")


def test_the_grid_shows_who_meets_whom_and_what_an_act_would_cost(fair: Fair) -> None:
    fair.join()
    fair.agree()
    fair.search()
    grid = fair.rosa.read("/es/desk/events/1/agenda")
    table = grid.by_id("grid")
    assert {head["scope"] for head in table.all("th")} == {"col", "colgroup", "row"}
    [link] = [each for each in table.all("a") if each.text == "Fugas"]
    chosen = fair.rosa.read(link["href"].partition("#")[0])
    assert "Sogamoso – Fugas" in chosen.by_id("chosen-title").text
    tried = fair.rosa.post("/es/desk/events/1/agenda", act="remove", key="p1-p2", is_trial="1", shown="cities")
    assert "Cuesta" in tried.text
    assert (
        "p1-p2"
        in fair.rosa.read("/es/desk/events/1/agenda?shown=all&meeting=p1-p2").by_id("chosen").all("input")[1]["value"]
    )
    gone = fair.rosa.done("/es/desk/events/1/agenda", act="remove", key="p1-p2", shown="cities")
    assert [each for each in gone.by_id("grid").all("a") if each.text == "Fugas"] == []
    nobody = fair.rosa.read("/es/desk/events/1/agenda?found=nadie")
    assert "Nadie con ese nombre" in nobody.text


def test_who_takes_part_from_afar_reads_both_clocks(fair: Fair) -> None:
    far = {"is_remote": "1", "remote_link": "https://sala.example/1", "time_zone": "Europe/Madrid"}
    fair.city.done("/es/events/1/participants", profile_id=str(fair.numbers[0]), name="Ana", **far)
    fair.firm.done("/es/events/1/participants", profile_id=str(fair.numbers[1]), name="Luis")
    fair.agree()
    fair.search()
    fair.rosa.done("/es/desk/events/1/versions")
    for path in ("/es/events/1", "/es/events/1/mine/1"):
        [own, *_] = [each.text for each in fair.city.read(path).of_class("kicker") if "Para usted" in each.text]
        assert own.endswith("(hora estándar de Europa central)")
    assert "Para usted" not in fair.firm.read("/es/events/1").text


def test_the_report_draws_its_figures_with_a_table_behind_each(fair: Fair) -> None:
    fair.join()
    fair.agree()
    fair.search()
    fair.rosa.done("/es/desk/events/1/versions")
    fair.city.done("/es/events/1/meetings", participant_id="1", key="p1-p2", has_met="yes", outcome="pilot")
    report = fair.rosa.read("/es/desk/events/1/report")
    pictures = [each["aria-label"] for each in report.all("svg")]
    assert "Si se reunieron. No lo dijeron todos: 1" in pictures
    assert [row.text for row in report.all("tr") if "Un piloto" in row.text] == ["Un piloto 1 100 %"]
    assert len(report.all("figure")) == len(report.all("svg")) == len(report.all("table"))


def test_the_address_for_ones_calendar_is_renewed_on_its_page(fair: Fair) -> None:
    fair.join()
    agenda = fair.city.read("/es/events/1/mine/1")
    [link] = [each["href"] for each in agenda.all("a") if each.text == "Seguirla en su calendario"]
    leaked = fair.city.read(link).by_id("address").text
    renewed = fair.city.done(link, edition="1")
    assert renewed.by_id("address").text == fair.city.done(link, edition="1").by_id("address").text
    assert "Esta es su nueva dirección" in renewed.by_id("done").text
    fresh = renewed.by_id("address").text
    path = fair.service.settings.public_url
    answers = [fair.city.client.get(each.removeprefix(path)).status_code for each in (leaked, fresh)]
    assert answers == [404, 200]
    fair.firm.read(link, status=404)


def test_an_event_leads_whoever_does_not_take_part_to_registering(fair: Fair) -> None:
    def ways_in(person: Person) -> dict[str, str]:
        return {each.text: each["href"] for each in person.read("/es/events/1").all("a") if "main" in each.classes}

    assert ways_in(Person(fair.app)) == {"Entre para inscribirse": "/es/sign-in?wanted=/es/events/1"}
    assert ways_in(fair.city) == {"Hacer la inscripción": "#register"}
    with fair.service.database.transaction() as session:
        nobody = signed_in(session, name="Sola")
    alone = at_browser(fair.app, fair.service, nobody)
    assert ways_in(alone) == {"Escriba su perfil para inscribirse": "/es/profiles/new"}
    fair.join()
    assert ways_in(fair.city) == {"Su agenda": "/es/events/1/mine/1"}


def test_who_did_not_come_stays_on_its_side_of_the_grid(fair: Fair) -> None:
    fair.join()
    fair.agree()
    fair.search()
    fair.rosa.done("/es/desk/events/1/arrivals", participant_id="2", presence="absent")
    for shown, name in (("cities", "Sogamoso"), ("suppliers", "Fugas")):
        grid = fair.rosa.read(f"/es/desk/events/1/agenda?shown={shown}").by_id("grid")
        assert [head.one("strong").text for head in grid.all("th") if head["scope"] == "row"] == [name]
    assert "no vino" in fair.rosa.read("/es/desk/events/1/agenda?shown=suppliers").by_id("grid").text
    heads = [head.text for head in fair.rosa.read("/es/desk/events/1/agenda").by_id("grid").all("th")]
    assert heads[1:4] == ["Mié 10 mar", "09:00", "09:25"]
    assert "Nadie con ese nombre" in fair.rosa.read("/es/desk/events/1/agenda?shown=lacking").text


def test_the_door_notes_who_comes_and_registers_who_was_not_expected(fair: Fair) -> None:
    fair.join()
    page = fair.rosa.done("/es/desk/events/1/arrivals", participant_id="1", presence="arrived")
    assert "Llegaron: 1." in page.text
    scanned = quote(f"https://alianza.example/es/profiles/{fair.numbers[1]}?participant=2", safe="")
    door = fair.rosa.read(f"/es/desk/events/1/arrivals?found={scanned}").by_id("door")
    assert [row.one("strong").text for row in door.all("li")] == ["Fugas"]
    with fair.service.database.transaction() as session:
        late = signed_in(session, name="Eva")
        saved_profile(session, acting=late, name="Redes del Sur", email="")
    wrong = fair.rosa.refused("/es/desk/events/1/walk-ins", status=409, member="Nadie", name="Eva")
    assert "Escriba el nombre como está" in wrong.of_class("summary")[0].text
    page = fair.rosa.done("/es/desk/events/1/walk-ins", member="redes del sur", name="Eva")
    assert "Llegaron: 2." in page.text


SAID = {
    "es": "Sogamoso · tiene que reunirse con Fugas, pero nunca coinciden. Bastaría contar con Fugas: "
    "mié 10 mar, 09:00.",
    "pt": "Sogamoso · precisa se reunir com Fugas, mas nunca estão lá ao mesmo tempo. Bastaria contar com Fugas: "
    "qua. 10 mar., 09:00.",
    "en": "Sogamoso · has to meet Fugas, but they are never there at the same time. It would do to have Fugas there: "
    "Wed 10 Mar, 09:00.",
}


def test_the_desk_names_a_must_that_cannot_be_and_what_would_help(fair: Fair) -> None:
    fair.join()
    fair.agree()
    with fair.service.database.transaction() as session:
        session.get_one(Participant, 1).leaves_at = datetime(2027, 3, 10, 14, 25, tzinfo=UTC)  # 9:25 there
        session.get_one(Participant, 2).arrives_at = datetime(2027, 3, 10, 16, 0, tzinfo=UTC)
    for language, sentence in SAID.items():
        told = fair.rosa.read(f"/{language}/desk/events/1").text
        assert told.count(sentence) == 1, told


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_page_of_an_event_opens_in_every_language(fair: Fair, language: str) -> None:
    fair.join()
    fair.agree()
    fair.search()
    fair.rosa.done("/es/desk/events/1/versions")
    for path in ("", "/agenda", "/arrivals", "/report", "/edit", "/runs/1"):
        fair.rosa.read(f"/{language}/desk/events/1{path}")
    for path in ("", "/1", "/1/agenda"):
        fair.city.read(f"/{language}/events{path}")
    fair.city.read(f"/{language}/desk/events/1", status=403)
