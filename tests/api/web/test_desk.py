"""The desk: what waits, for whom, the oldest first, and the way from one decision to the next."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.integrity.actions import declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Nature
from matchmaker.letters.addresses import bounced
from matchmaker.membership.actions import begin_application, submit_application
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import NOW, saved_profile, signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@dataclass
class Office:
    """Everybody of the alliance at a browser, and a member."""

    service: Service
    secretariat: Person
    committee: Person
    administrator: Person
    city: Person

    def apply(self, *profile_ids: int) -> list[int]:
        with self.service.database.transaction() as session:
            office, numbers = self.service.admission_office(), []
            for profile_id in profile_ids:
                row = begin_application(session, office=office, acting=FIRM, profile_id=profile_id, words="Queremos.")
                submit_application(session, office=office, acting=FIRM, application_id=row.id or 0)
                numbers.append(row.id or 0)
        return numbers


@pytest.fixture
def office(service: Service, known: Known) -> Office:
    assert known.firm
    with service.database.transaction() as session:
        roles = (Role.SECRETARIAT, Role.COMMITTEE, Role.ADMINISTRATOR)
        people = [signed_in(session, role=role, name=role.value) for role in roles]
    app = create_app(service)
    secretariat, committee, administrator, city = (at_browser(app, service, acting) for acting in (*people, CITY))
    return Office(service, secretariat, committee, administrator, city)


def queues(page_of: Person, language: str = "es") -> list[str]:
    page = page_of.read(f"/{language}/desk")
    return [link.text for found in page.of_class("queues") for link in found.all("a")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ["1 solicitud espera una decisión", "1 reto abierto no tiene ninguna presentación"]),
        ("pt", ["1 candidatura aguarda uma decisão", "1 desafio aberto não tem nenhuma apresentação"]),
        ("en", ["1 application waits for a decision", "1 open challenge has no introduction"]),
    ],
)
def test_the_secretariat_sees_what_waits_with_counts(
    office: Office, known: Known, language: str, said: list[str]
) -> None:
    office.apply(known.firm)
    assert sorted(queues(office.secretariat, language)) == sorted(said)


def test_each_reads_the_queues_of_its_role(office: Office) -> None:
    rooms = {
        who: [link["href"].rpartition("/")[2] for link in person.read("/es/desk").of_class("rooms")[0].all("a")]
        for who, person in (("committee", office.committee), ("administrator", office.administrator))
    }
    assert rooms["committee"] == ["desk", "applications", "conflicts", "incidents"]
    assert rooms["administrator"][-2:] == ["people", "audit"]
    assert office.committee.client.get("/es/desk/letters").status_code == 403
    assert office.administrator.client.get("/es/desk/curation").status_code == 403
    assert office.city.client.get("/es/desk").status_code == 403


def test_one_goes_from_each_application_to_the_next_and_back(office: Office, known: Known) -> None:
    first, second = office.apply(known.firm, known.hostile)
    reader = office.secretariat.client
    assert reader.get(f"/es/desk/applications/after/{first}").headers["location"] == f"/es/applications/{second}"
    assert reader.get(f"/es/desk/applications/after/{second}").headers["location"] == "/es/desk/applications"
    assert reader.get(f"/es/desk/applications/before/{second}").headers["location"] == f"/es/applications/{first}"
    page = office.secretariat.read(f"/es/applications/{second}")
    assert [link["href"] for link in page.all("a", having=lambda each: each.get("rel") == "prev")] == [
        f"/es/desk/applications/before/{second}"
    ]


def test_a_conflict_names_both_and_the_queue_empties_when_it_is_decided(office: Office, known: Known) -> None:
    with office.service.database.transaction() as session:
        draft = ConflictDraft(with_profile_id=known.city, nature=Nature.FAMILY)
        ground = declare_conflict(session, acting=FIRM, profile_id=known.firm, draft=draft, now=NOW)
        number = ground.conflict_id
    (link,) = office.committee.read("/pt/desk/conflicts").of_class("lines")[0].all("a")
    assert (link["href"], link.text) == (f"/pt/conflicts/{number}", "Fugas y Caudales · Agua de Sogamoso")
    office.secretariat.done(f"/es/conflicts/{number}/decision", decision="dismissed", reason="No hay tal.")
    assert office.committee.read("/pt/desk/conflicts").of_class("empty")


def test_a_renewed_address_can_be_taken_back(office: Office) -> None:
    with office.service.database.transaction() as session:
        account = session.get_one(Account, 1)
        account.email = "ana@fugas.example"
        session.add(account)
        session.flush()
        bounced(session, address="ana@fugas.example", now=NOW - timedelta(days=2), status="5.1.1")
    assert "5.1.1" in office.secretariat.read("/es/desk/letters").of_class("lines")[0].text
    page = office.secretariat.done("/es/desk/letters/1/renewal")
    assert page.of_class("empty")
    (undo,) = page.by_id("done").all("form")
    office.secretariat.done(undo["action"])
    assert office.secretariat.read("/es/desk/letters").of_class("lines")
    assert office.secretariat.post("/es/desk/letters/999/renewal").status_code == 404
    assert office.city.post("/es/desk/letters/1/renewal").status_code == 403


def test_a_longer_queue_takes_no_more_statements(office: Office, known: Known) -> None:
    counts = []
    office.apply(known.firm)
    with office.service.database.transaction() as session:
        more = [saved_profile(session, acting=FIRM, name=f"Firma {number}").id or 0 for number in range(20)]
    for added in ([], more):
        office.apply(*added)
        with statements(office.service.database) as sent:
            office.secretariat.read("/es/desk/applications")
        counts.append(len(sent))
    assert counts[0] == counts[1]
