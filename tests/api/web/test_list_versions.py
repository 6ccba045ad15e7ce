"""New versions of the alliance's lists in the browser: tried, corrected, published, and used at once."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select

from api.app import create_app
from api.cookies import csrf_token_of
from api.rounds import tend_once
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.letters.models import Letter
from matchmaker.membership.actions import begin_application, submit_application
from matchmaker.membership.models import Application
from matchmaker.taxonomy.models import AllianceList, PublishedVersion
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element, read_html
from tests.factories import NOW, saved_profile, signed_in
from tests.fakes import HashingEncoder
from tests.matchmaker.publishing.documents import shipped, texts

CITY = Acting(account_id=2, role=Role.CITY)
Document = dict[str, Any]


@dataclass
class Desk:
    """The secretariat at its browser, with a document in hand."""

    service: Service
    person: Person

    def hand_in(self, content: bytes, *, language: str = "es") -> Response:
        data = {"csrf_token": csrf_token_of(self.person.secret)}
        files = {"file": ("lista.json", content, "application/json")}
        return self.person.client.post(f"/{language}/desk/lists/trial", data=data, files=files)

    def tried(self, document: Document, *, status: int = 200, language: str = "es") -> Element:
        answer = self.hand_in(json.dumps(document).encode(), language=language)
        assert answer.status_code == status, answer.text
        return read_html(answer.text)

    def published(self, page: Element) -> Element:
        """Presses the button of a page on which a version was tried."""
        (checked,) = page.all("input", having=lambda each: each.get("name") == "document")
        return self.person.done("/es/desk/lists/publication", document=checked["value"])


@pytest.fixture
def desk(service: Service, known: Known) -> Desk:
    assert known.firm
    with service.database.transaction() as session:
        secretary = signed_in(session, role=Role.SECRETARIAT, name="Rosa")
    return Desk(service, at_browser(create_app(service), service, secretary))


def with_area(version: str = "2027.1") -> Document:
    new = shipped(AllianceList.TAXONOMY, version)
    new["areas"].append({
        "code": "food", "name": texts("Alimentos"), "description": texts("Huertas y mercados."),
        "sub_areas": [{"code": "school_gardens", "name": texts("Huertas"), "description": texts("En escuelas.")}],
    })  # fmt: skip
    return new


def test_a_taxonomy_is_tried_corrected_published_and_offered_at_once(desk: Desk, service: Service) -> None:
    wrong = with_area()
    del wrong["areas"][-1]["sub_areas"][0]["name"]["pt"]
    wrong["kinds"] = wrong["kinds"][1:]
    page = desk.tried(wrong, status=422)
    assert page.by_id("summary-title").text == "Hay 1 punto por corregir"
    (fault,) = page.by_id("faults").all("li")
    assert fault.one("code").text == "areas › 7. food › sub_areas › 1. school_gardens › name › pt"
    assert "Falta este dato; agréguelo." in fault.text
    assert json.loads(page.one("textarea").text) == wrong
    wrong["areas"][-1]["sub_areas"][0]["name"]["pt"] = "Hortas (pt)"
    corrected = desk.person.refused("/es/desk/lists/trial", document=json.dumps(wrong))
    assert "Falta el código local_government, que está en uso. Perfiles: 1." in corrected.text
    wrong["kinds"] = shipped(AllianceList.TAXONOMY, "2017.1")["kinds"]
    page = desk.person.refused("/es/desk/lists/trial", status=200, document=json.dumps(wrong))
    assert [each.text for each in page.of_class("lines")[0].all("li")] == [
        "Entra · Área Alimentos (es)", "Entra · Subárea Huertas (es)",
    ]  # fmt: skip
    city = at_browser(create_app(service), service, CITY)
    assert "Alimentos" not in city.read("/es/alliance").text
    done = desk.published(page)
    assert done.by_id("done").text == "La versión está publicada."
    section = done.by_id("list-taxonomy")
    assert section.text == "Áreas, principios y tipos"
    alliance = city.read("/es/alliance").text
    assert "Alimentos (es)" in alliance
    assert "Huertas (es)" in alliance
    assert "Alimentos (pt)" in city.read("/pt/challenges").text  # its form narrows by area


def test_the_form_of_a_challenge_offers_the_new_area(desk: Desk, service: Service, known: Known) -> None:
    desk.published(desk.tried(with_area()))
    city = at_browser(create_app(service), service, CITY)
    form = city.read(f"/es/challenges/{known.challenge}/edit/areas")
    offered = form.all("input", having=lambda each: each.get("value") == "food")
    assert [each["name"] for each in offered] == ["areas"]


def test_two_versions_stand_with_who_published_them_and_can_be_downloaded_and_compared(desk: Desk) -> None:
    desk.published(desk.tried(with_area()))
    page = desk.person.read("/es/desk/lists?of=taxonomy&first=2017.1&second=2027.1")
    lines = page.of_class("lines")[0].all("li")
    assert [each.one("h3").text for each in lines] == ["2027.1", "2017.1"]
    assert "En vigor" in lines[0].text
    assert "por Rosa" in lines[0].text
    assert "No está en vigor" in lines[1].text
    assert "vino con el servicio" in lines[1].text
    assert [each.text.removeprefix("Se puso: ") for each in page.of_class("compared")[0].all("ins")] == [
        "Alimentos (es)", "Huertas y mercados. (es)", "Huertas (es)", "En escuelas. (es)",
    ]  # fmt: skip
    assert len(page.of_class("compared")[0].all("li")) == 6  # with the line before and the one after
    answer = desk.person.client.get(lines[0].one("a")["href"])
    assert answer.headers["content-disposition"] == 'attachment; filename="taxonomy-2027.1.json"'
    assert answer.json() == with_area()
    assert desk.tried(answer.json()).of_class("notice")[0].text.startswith("Esta versión ya está publicada")
    assert desk.person.client.get("/es/desk/lists/taxonomy/1999.1").status_code == 404
    assert not desk.person.read("/es/desk/lists?of=nothing&first=1&second=2").of_class("compared")


def test_publishing_twice_changes_nothing(desk: Desk, service: Service) -> None:
    page = desk.tried(with_area())
    for _ in range(2):
        desk.published(page)
    with service.database.reading() as session:
        assert len(session.exec(select(PublishedVersion)).all()) == 1


def test_what_was_tried_and_no_longer_fits_is_shown_again_and_not_published(desk: Desk, service: Service) -> None:
    page = desk.tried(with_area("2027.1"))
    desk.published(desk.tried(with_area("2027.2")))
    (checked,) = page.all("input", having=lambda each: each.get("name") == "document")
    refused = desk.person.refused("/es/desk/lists/publication", document=checked["value"])
    assert "La versión más nueva es 2027.2; use un número mayor." in refused.by_id("faults").text
    assert refused.all("button", having=lambda each: each.get("formaction") == "/pt/desk/lists/trial")
    assert service.taxonomy.version == "2027.2"


@pytest.mark.parametrize(("content", "sentence"), [
    (b'{"kinds": [', "línea 1, columna 12"), (b"{}", "No es ninguna de las listas"), (b"\xff\xfe\x00", "línea 1"),
])  # fmt: skip
def test_a_file_that_is_no_list_says_so_and_comes_back(desk: Desk, content: bytes, sentence: str) -> None:
    answer = desk.hand_in(content)
    assert answer.status_code == 422
    page = read_html(answer.text)
    assert sentence in page.by_id("faults").text
    assert page.one("h1").text == "Este documento no es ninguna de las listas"


def test_nothing_handed_in_is_told_beside_the_field(desk: Desk) -> None:
    page = desk.person.refused("/es/desk/lists/trial")
    assert page.by_id("file-wrong").text == "Elija un archivo o pegue su contenido."
    assert desk.person.read("/es/desk/lists").by_id("file")["type"] == "file"
    assert desk.person.client.get("/pt/desk/lists/trial").headers["location"] == "/pt/desk/lists"


def test_members_are_asked_to_sign_a_new_code_from_its_first_day(desk: Desk, service: Service, known: Known) -> None:
    code = shipped(AllianceList.CODE, "2027.1") | {"in_force_from": "2027-01-11"}
    code["articles"][0]["title"]["pt"] = "As pessoas antes de tudo"
    page = desk.tried(code)
    (first_day, *_, change) = page.of_class("lines")[0].all("li")
    assert first_day.text == "Cambia · primer día 22 de noviembre de 2026 → 11 de enero de 2027"
    assert "Tienen 30 días." in page.text
    assert change.one("ins").text == "As pessoas antes de tudo"
    assert [each["lang"] for each in change.all("span", having=lambda each: each.get("lang") is not None)] == ["pt"]
    desk.published(page)
    tend_once(service)
    with service.database.reading() as session:
        asked = session.exec(select(Letter).where(Letter.kind == "code_of_ethics_renewal")).all()
    assert {letter.codes["version"] for letter in asked} == {"2027.1"}
    members = {letter.subject_id for letter in asked}
    assert known.firm in members
    assert f"Desde ese día se les pide por carta a {len(members)} miembros que lo firmen." in page.text
    assert "2027.1" in at_browser(create_app(service), service, CITY).read("/es/ethics").text


def test_a_code_of_a_day_to_come_waits_beside_the_one_in_force(desk: Desk) -> None:
    page = desk.published(desk.tried(shipped(AllianceList.CODE, "2027.1")))
    lines = page.of_class("lines")[2].all("li")
    assert lines[0].all("p")[0].text.startswith("En vigor desde el 1 de marzo de 2027")
    assert lines[1].all("p")[0].text.startswith("En vigor desde el 22 de noviembre de 2026")
    assert [bool(each.all("strong")) for each in lines] == [False, True]


def test_new_criteria_judge_new_applications_and_running_ones_keep_their_own(desk: Desk, service: Service) -> None:
    desk.person.done("/es/desk/lists/process", criteria_version="2017.1", reason="Acta 1.")

    def handed_in() -> int:
        with service.database.transaction() as session:
            acting, office = signed_in(session, role=Role.SUPPLIER), service.admission_office()
            profile = saved_profile(session, acting=acting, name=f"Firma {acting.account_id}")
            row = begin_application(
                session, office=office, acting=acting, profile_id=profile.id or 0, words="Queremos."
            )
            return submit_application(session, office=office, acting=acting, application_id=row.id or 0).id or 0

    def version_of(number: int) -> str:
        with service.database.reading() as session:
            return session.get_one(Application, number).criteria_version

    first = handed_in()
    new = shipped(AllianceList.CRITERIA, "2027.1")
    new["criteria"][0]["weight"] = 40
    page = desk.tried(new)
    assert "peso (25 → 40)" in page.text
    assert "1 solicitud en curso conserva la versión 2017.1." in page.text
    desk.published(page)
    second = handed_in()
    assert [version_of(number) for number in (first, second)] == ["2017.1", "2027.1"]
    (chosen,) = (
        desk.person.read("/es/desk/lists")
        .by_id("criteria_version")
        .all("option", having=lambda each: each.get("selected") is not None)
    )
    assert chosen["value"] == "2027.1"


def test_a_second_process_on_the_same_database_uses_it_at_its_next_request(desk: Desk, service: Service) -> None:
    other = Service(service.settings, clock=lambda: NOW, encoder=HashingEncoder())
    try:
        elsewhere = at_browser(create_app(other), other, CITY)
        assert "Alimentos" not in elsewhere.read("/es/alliance").text
        desk.published(desk.tried(with_area()))
        assert "Alimentos (es)" in elsewhere.read("/es/alliance").text
    finally:
        other.close()


def test_only_the_office_reads_tries_and_publishes(desk: Desk, service: Service) -> None:
    city = at_browser(create_app(service), service, CITY)
    for answer in (
        city.client.get("/es/desk/lists/taxonomy/2017.1"),
        city.post("/es/desk/lists/trial", document="{}"),
        city.post("/es/desk/lists/publication", document=json.dumps(with_area())),
    ):
        assert answer.status_code == 403
    assert desk.service.taxonomy.version == "2017.1"
