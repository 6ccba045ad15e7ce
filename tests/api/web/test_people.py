"""People and roles, and the audit log: for administrators alone."""

from dataclasses import dataclass

import pytest
from sqlalchemy import text

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import OPERATOR, Account, Acting, Role
from matchmaker.audit.actions import record_act
from matchmaker.audit.acts import ACTS, SUBJECTS
from matchmaker.languages import WorkingLanguage
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.factories import NOW, signed_in

FIRM = Acting(account_id=1, role=Role.CITY)


@dataclass
class Power:
    """An administrator, a secretary and who acts for the firm, each at a browser."""

    service: Service
    administrator: Person
    secretary: Person
    firm: Person


@pytest.fixture
def power(service: Service, known: Known) -> Power:
    assert known.firm
    with service.database.transaction() as session:
        people = [signed_in(session, role=role, name=role.value) for role in (Role.ADMINISTRATOR, Role.SECRETARIAT)]
    app = create_app(service)
    administrator, secretary, firm = (at_browser(app, service, acting) for acting in (*people, FIRM))
    return Power(service, administrator, secretary, firm)


def test_people_are_found_by_words_and_role(power: Power) -> None:
    everybody = power.administrator.read("/es/desk/people").of_class("lines")[0].all("a")
    assert len(everybody) == 4
    found = power.administrator.read("/es/desk/people?q=SECRET").of_class("lines")[0].all("a")
    assert [link.text for link in found] == ["secretariat"]
    assert power.administrator.read("/es/desk/people?q=nadie").of_class("empty")
    by_role = power.administrator.read("/es/desk/people?role=administrator").of_class("lines")[0].all("a")
    assert [link.text for link in by_role] == ["administrator"]


def test_somebody_is_appointed_and_what_was_typed_comes_back(power: Power) -> None:
    typed: dict[str, str | list[str]] = {
        "name": "Zoé",
        "email": "zoe@alianza.example",
        "role": "committee",
        "language": "pt",
    }
    wrong = power.administrator.refused("/es/desk/people", status=422, **(typed | {"email": "zoe", "role": ""}))
    assert wrong.by_id("name")["value"] == "Zoé"
    assert {link["href"] for link in wrong.of_class("summary")[0].all("a")} == {"#email", "#role"}
    power.administrator.done("/es/desk/people", **typed)
    with power.service.database.reading() as session:
        row = session.get_one(Account, 5)
    assert (row.name, row.email, row.role, row.language) == ("Zoé", "zoe@alianza.example", "committee", "pt")


def test_a_role_is_given_and_the_last_administrator_stays(power: Power) -> None:
    page = power.administrator.done("/es/desk/people/1/role", role="committee")
    assert "Comité" in page.of_class("opening")[0].text
    refused = power.administrator.refused("/es/desk/people/3/role", status=409, role="secretariat")
    assert refused.of_class("summary")


def test_ending_an_account_first_says_what_becomes_of_its_work(power: Power) -> None:
    page = power.administrator.read("/es/desk/people/1?ending=1")
    assert "Nadie más habla por él" in page.by_id("acts").text
    (form,) = page.by_id("acts").all("form")
    ended = power.administrator.done(form["action"])
    assert ended.of_class("state")[0].text.startswith("Esta cuenta se cerró el")
    assert power.firm.client.get("/es/account").status_code != 200


def test_sessions_end_everywhere(power: Power) -> None:
    page = power.administrator.read("/en/desk/people/1")
    assert "Firefox, Android" in page.text
    power.administrator.done("/en/desk/people/1/sign-out")
    assert power.firm.client.get("/es/account").status_code != 200


def test_keys_are_ended_by_name_and_only_those_of_the_account(power: Power) -> None:
    page = power.administrator.read("/es/desk/people/1")
    (button,) = page.all("button", having=lambda each: (each.get("aria-label") or "").startswith("Anular la clave"))
    assert button["aria-label"] == "Anular la clave tests"
    assert power.administrator.post("/es/desk/people/1/tokens/2/end").status_code == 404
    after = power.administrator.done("/es/desk/people/1/tokens/1/end")
    assert "No tiene ninguna." in after.text


@pytest.mark.parametrize("address", ["/es/desk/people", "/es/desk/people/1", "/es/desk/audit"])
def test_nobody_else_reads_of_people_or_the_log(power: Power, address: str) -> None:
    assert power.secretary.client.get(address).status_code == 403
    assert power.firm.client.get(address).status_code == 403


def test_the_log_is_read_by_who_what_and_when_and_its_seals_are_checked(power: Power) -> None:
    power.administrator.done("/es/desk/people/1/role", role="committee")
    power.administrator.done("/es/desk/people/1/sign-out")
    page = power.administrator.read("/es/desk/audit")
    assert [each.text for each in page.of_class("lines")[0].all("strong")][:2] == [
        "Se cerraron las sesiones de una persona", "Se dio o se quitó un papel"
    ]  # fmt: skip
    only = power.administrator.read("/es/desk/audit?act=role.give&who=3&since=2027-01-11&until=2027-01-11")
    assert [each.text for each in only.of_class("lines")[0].all("strong")] == [
        "Se dio o se quitó un papel"
    ]  # fmt: skip
    assert power.administrator.read("/es/desk/audit?until=2027-01-10").of_class("empty")
    wrong = power.administrator.read("/es/desk/audit?who=Ana&since=ayer")
    assert {link["href"] for link in wrong.of_class("summary")[0].all("a")} == {"#who", "#since"}
    assert "íntegro" in power.administrator.read("/es/desk/audit?verify=1").by_id("done").text


@pytest.mark.parametrize("language", list(WorkingLanguage))
def test_every_act_and_what_it_is_done_to_is_told_in_words(power: Power, language: str) -> None:
    acts = sorted(ACTS)
    with power.service.database.transaction() as session:
        for number, act in enumerate(acts):
            subject = sorted(SUBJECTS)[number % len(SUBJECTS)]
            record_act(session, acting=OPERATOR, act=act, subject=subject, subject_id=1, now=NOW)
    page = power.administrator.read(f"/{language}/desk/audit")
    told = {each["value"]: each.text for each in page.by_id("act").all("option")}
    things = {each["value"]: each.text for each in page.by_id("subject").all("option")}
    assert ({*told}, {*things}) == ({"", *ACTS}, {"", *SUBJECTS})
    assert not [code for code, words in (told | things).items() if code and code == words]
    assert len({*told.values()}) == len(told)


def test_a_changed_log_is_found(power: Power) -> None:
    power.administrator.done("/es/desk/people/1/role", role="committee")
    with power.service.database.transaction() as session:
        if power.service.database.engine.dialect.name == "sqlite":
            for (name,) in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                session.execute(text(f'DROP TRIGGER "{name}"'))
            session.execute(text("UPDATE audit_entry SET act = 'role.take'"))
        else:
            session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER USER"))
            session.execute(text("UPDATE audit_entry SET act = 'role.take'"))
            session.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER USER"))
    page = power.administrator.read("/es/desk/audit?verify=1")
    assert "se cambió desde fuera" in page.text
