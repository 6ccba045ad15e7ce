"""What a side said by telephone, recorded by the secretariat on a page."""

import pytest
from sqlmodel import select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.introductions import proposing
from matchmaker.introductions.drafts import ProposalDraft
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.test_introductions import MESSAGE, Table
from tests.factories import signed_in

RECORDED = "introduction_recorded_by_phone"


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "Queda registrado. Esa parte recibe una carta y puede deshacerlo."),
        ("pt", "Está registrado. Essa parte recebe uma carta e pode desfazê-lo."),
        ("en", "It is recorded. That side is told by letter and can undo it."),
    ],
)
def test_a_yes_by_telephone_waits_to_be_confirmed_and_is_kept_in_the_log(
    table: Table, service: Service, language: str, said: str
) -> None:
    page = table.secretariat.done(f"/{language}{table.path}/telephone", side="owner", answer="yes")
    assert page.by_id("done").text == said
    assert table.city.post(f"/es{table.path}/contacts").status_code == 409
    with service.database.reading() as session:
        (entry,) = session.exec(select(AuditEntry).where(AuditEntry.act == RECORDED)).all()
    assert entry.codes == {"side": "owner", "answer": "yes"}


def test_the_side_sees_who_recorded_it_and_undoes_it(table: Table) -> None:
    table.secretariat.done(f"/es{table.path}/telephone", side="profile", answer="no", reason="no_capacity")
    page = table.firm.read(f"/es{table.path}")
    assert "La secretaría lo anotó de una llamada telefónica." in page.text
    assert "Espera su respuesta" in table.firm.done(f"/es{table.path}/undo").of_class("state")[0].text


def test_a_no_without_a_reason_is_told_beside_it_with_all_that_was_typed(table: Table) -> None:
    page = table.secretariat.refused(f"/es{table.path}/telephone", side="owner", answer="no", words="Van tarde.")
    assert page.by_id("reason-wrong").text == "Un «no» lleva un motivo: elija uno de la lista."
    assert page.by_id("words").text == "Van tarde."
    (chosen,) = page.by_id("side").all("input", having=lambda each: "checked" in each.attributes)
    assert chosen["value"] == "owner"
    assert table.secretariat.refused(f"/es{table.path}/telephone", answer="yes").by_id("side-wrong").text


def test_what_a_side_said_itself_stands(table: Table) -> None:
    table.city.done(f"/es{table.path}/answer", answer="yes")
    page = table.secretariat.refused(
        f"/es{table.path}/telephone", status=409, side="owner", answer="no", reason="no_capacity"
    )
    assert page.by_id("side-wrong").text.startswith("La parte que usted indica respondió por sí misma")


def test_only_the_secretariat_records_and_the_form_is_for_it_alone(table: Table) -> None:
    assert "telephone-title" in _names(table.secretariat, table)
    for person in (table.city, table.firm):
        assert "telephone-title" not in _names(person, table)
        assert person.post(f"/es{table.path}/telephone", side="owner", answer="yes").status_code == 403


def _names(person: Person, table: Table) -> set[str | None]:
    return {each.get("id") for each in person.read(f"/es{table.path}").walk()}
