"""Requests, incidents, members and lists: what the desk decides, by whom, and what comes back when it cannot."""

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.integrity.drafts import IncidentDraft
from matchmaker.integrity.incidents import report_breach
from matchmaker.membership.actions import begin_application, submit_application
from matchmaker.membership.deciding import decide
from matchmaker.membership.states import Outcome
from matchmaker.profiles.models import Profile
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Right, Subject
from matchmaker.rights.requests import file_request
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.factories import signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@pytest.fixture
def acting(service: Service, known: Known) -> dict[Role, Acting]:
    assert known.firm
    with service.database.transaction() as session:
        return {role: signed_in(session, role=role) for role in (Role.SECRETARIAT, Role.COMMITTEE, Role.ADMINISTRATOR)}


@pytest.fixture
def office(service: Service, acting: dict[Role, Acting]) -> dict[Role, Person]:
    app = create_app(service)
    return {role: at_browser(app, service, who) for role, who in acting.items()}


def test_a_request_is_refused_with_a_reason_and_leaves_the_queue(
    service: Service, known: Known, office: dict[Role, Person]
) -> None:
    with service.database.transaction() as session:
        draft = RequestDraft(right=Right.CORRECT, subject=Subject.PROFILE, subject_id=known.firm, words="El nombre.")
        number = file_request(session, office=service.rights_office(), acting=FIRM, draft=draft).id
    secretariat, address = office[Role.SECRETARIAT], f"/es/desk/rights/{number}"
    (link,) = secretariat.read("/es/desk/rights").of_class("lines")[0].all("a")
    assert (link["href"], link.text) == (address, "Corregir datos")
    missing = secretariat.refused(f"{address}/step", status=409, to="refused")
    (chosen,) = missing.by_id("to").all("input", having=lambda each: each.get("checked") is not None)
    assert chosen["value"] == "refused"
    assert secretariat.refused(f"{address}/step", reason="No").of_class("summary")
    page = secretariat.done(f"{address}/step", to="refused", reason="El nombre es el del registro.")
    assert "Denegada" in page.of_class("state")[0].text
    assert "El nombre es el del registro." in page.text
    assert secretariat.read("/es/desk/rights").of_class("empty")
    assert office[Role.COMMITTEE].client.get(address).status_code == 403


def test_an_incident_is_examined_and_decided_by_whom_it_was_given_to(
    service: Service, known: Known, office: dict[Role, Person]
) -> None:
    with service.database.transaction() as session:
        draft = IncidentDraft(about_id=known.firm, article="people_first", text="Prometió y no cumplió.")
        number = report_breach(session, acting=CITY, draft=draft, rulebook=service.rulebook, now=service.clock()).id
    committee, address = office[Role.COMMITTEE], f"/pt/desk/incidents/{number}"
    assert "Prometió y no cumplió." in committee.read(address).text
    assert not office[Role.SECRETARIAT].read(address).all("textarea")
    assert office[Role.SECRETARIAT].post(f"{address}/step", to="examined", reason="Sí").status_code == 403
    committee.done(f"{address}/step", to="examined", reason="Se examina.")
    assert committee.refused(f"{address}/step", status=409, to="decided", reason="Sí.").of_class("summary")
    page = committee.done(f"{address}/step", to="decided", reason="Es leve.", measure="warning")
    assert "Uma advertência" in page.text


def test_a_member_is_found_suspended_and_reinstated_with_reasons(
    service: Service, known: Known, acting: dict[Role, Acting], office: dict[Role, Person]
) -> None:
    with service.database.transaction() as session:
        desk = service.admission_office()
        row = begin_application(session, office=desk, acting=FIRM, profile_id=known.firm, words="Queremos.")
        number = row.id or 0
        submit_application(session, office=desk, acting=FIRM, application_id=number)
        decide(
            session, office=desk, acting=acting[Role.SECRETARIAT], application_id=number, outcome=Outcome.ADMITTED,
            reason="Cumple.",
        )  # fmt: skip
        name = session.get_one(Profile, known.firm).name
    secretariat, address = office[Role.SECRETARIAT], f"/es/desk/members/{known.firm}"
    (link,) = secretariat.read("/es/desk/members?q=CAUDALES").of_class("lines")[0].all("a")
    assert (link["href"], link.text) == (address, name)
    assert secretariat.read("/es/desk/members?q=nadie").of_class("empty")
    assert secretariat.refused(f"{address}/standing", act="suspend").by_id("reason-wrong").text
    assert secretariat.refused(f"{address}/standing", act="admit", reason="Sí").of_class("summary")
    assert secretariat.refused(f"{address}/standing", status=409, act="reinstate", reason="Sí").of_class("summary")
    page = secretariat.done(f"{address}/standing", act="suspend", reason="Incumplió.")
    assert [each.text for each in page.of_class("lines")[0].all("strong")] == ["Suspendido", "Admitido"]
    assert secretariat.read("/es/desk/members?status=suspended").of_class("lines")
    assert secretariat.read("/es/desk/members?status=active").of_class("empty")
    secretariat.done(f"{address}/standing", act="reinstate", reason="Cumplió.")
    assert office[Role.COMMITTEE].client.get("/es/desk/members").status_code == 403


def test_the_lists_show_their_versions_and_how_applications_are_decided(office: dict[Role, Person]) -> None:
    page = office[Role.ADMINISTRATOR].read("/es/desk/lists")
    assert [each.text for each in page.all("h2")][:4] == [
        "Áreas, principios y tipos", "Criterios de admisión", "Código de ética", "Cifras de la admisión",
    ]  # fmt: skip
    assert page.by_id("process").text.startswith("Cómo se deciden")
    wrong = office[Role.ADMINISTRATOR].refused("/es/desk/lists/process", criteria_version="2017.1", has_assessors="1")
    (chosen,) = wrong.by_id("criteria_version").all("option", having=lambda each: each.get("selected") is not None)
    assert chosen["value"] == "2017.1"
    done = office[Role.ADMINISTRATOR].done(
        "/es/desk/lists/process", criteria_version="2017.1", has_assessors="1", reason="Acuerdo del comité."
    )
    assert "Establecido el" in done.text
    refused = office[Role.SECRETARIAT].refused("/es/desk/lists/process", status=409, has_assessors="1", reason="Sí")
    assert refused.of_class("summary")
