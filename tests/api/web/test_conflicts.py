"""Conflicts of interest on a page: what is known of them, and what the secretariat decides."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.integrity.actions import declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Nature
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.factories import signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)
REASON = "El registro mercantil muestra a la misma familia, zarigüeya."


@dataclass
class Tie:
    """A conflict that the firm declared, with the secretariat, the committee and the firm at their browsers."""

    path: str
    secretariat: Person
    committee: Person
    firm: Person


@pytest.fixture
def tie(service: Service, known: Known) -> Tie:
    with service.database.transaction() as session:
        draft = ConflictDraft(with_profile_id=known.city, nature=Nature.FAMILY)
        ground = declare_conflict(session, acting=FIRM, profile_id=known.firm, draft=draft, now=service.clock())
        number = ground.conflict_id
        office = [signed_in(session, role=role) for role in (Role.SECRETARIAT, Role.COMMITTEE)]
    app = create_app(service)
    secretariat, committee, firm = (at_browser(app, service, acting) for acting in (*office, FIRM))
    return Tie(f"/conflicts/{number}", secretariat, committee, firm)


@pytest.mark.parametrize(
    ("language", "state", "nature"),
    [("es", "Sin aclarar", "Parentesco"), ("pt", "Sem esclarecer", "Parentesco"), ("en", "Unclear", "Family")],
)
def test_it_says_what_is_known_and_who_declared_it(tie: Tie, language: str, state: str, nature: str) -> None:
    page = tie.secretariat.read(f"/{language}{tie.path}")
    assert page.of_class("state")[0].text.startswith(state)
    (line,) = page.of_class("lines")
    assert line.one("strong").text == nature
    assert len(page.one("h1").all("a")) == 2


@pytest.mark.parametrize(("decision", "state"), [("confirmed", "Confirmado"), ("dismissed", "Descartado")])
def test_it_is_decided_with_a_reason_and_can_be_decided_anew(tie: Tie, decision: str, state: str) -> None:
    page = tie.secretariat.done(f"/es{tie.path}/decision", decision=decision, reason=REASON)
    assert page.of_class("state")[0].text.startswith(state)
    assert REASON in page.text
    assert "Decidir de nuevo" in page.by_id("decide").text


def test_a_decision_without_a_reason_keeps_what_was_chosen(tie: Tie) -> None:
    page = tie.secretariat.refused(f"/pt{tie.path}/decision", decision="confirmed", reason=" ")
    (chosen,) = page.by_id("decision").all("input", having=lambda each: each.get("checked") is not None)
    assert (chosen["value"], page.by_id("reason-wrong").text[:17]) == ("confirmed", "Escreva o motivo:")


def test_the_committee_reads_and_does_not_decide(tie: Tie) -> None:
    assert not tie.committee.read(f"/es{tie.path}").all("textarea")
    assert tie.committee.post(f"/es{tie.path}/decision", decision="dismissed", reason="No").status_code == 403


def test_a_member_reads_it_by_no_address(tie: Tie) -> None:
    assert tie.firm.client.get(f"/es{tie.path}").status_code == 403
    assert tie.firm.post(f"/es{tie.path}/decision", decision="dismissed", reason="No").status_code == 403
    assert tie.firm.client.get("/es/conflicts/999").status_code == 403
