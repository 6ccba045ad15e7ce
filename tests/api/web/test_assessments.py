"""Assessors score each criterion with a reason; those who decide read it, the applicant never does."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.membership.actions import begin_application, submit_application
from matchmaker.membership.assessing import appoint_assessor
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import saved_profile, signed_in

FIRM = Acting(account_id=1, role=Role.CITY)
WHY = f"Lo prueba con tres obras, zarigüeya. {HOSTILE}"


@dataclass
class Judging:
    """Applications given to an assessor, with that person, a secretary and the applicant at their browsers."""

    service: Service
    codes: tuple[str, ...]
    assessor: Person
    secretary: Person
    firm: Person
    application: int

    def scores(self) -> dict[str, str | list[str]]:
        every: dict[str, str | list[str]] = {f"points-{code}": "3" for code in self.codes}
        return every | {f"reason-{code}": WHY for code in self.codes}

    def apply(self, *profile_ids: int) -> int:
        office, number = self.service.admission_office(), 0
        with self.service.database.transaction() as session:
            for profile_id in profile_ids:
                row = begin_application(session, office=office, acting=FIRM, profile_id=profile_id, words="Queremos.")
                submit_application(session, office=office, acting=FIRM, application_id=row.id or 0)
                number = row.id or 0
        return number


@pytest.fixture
def judging(service: Service, known: Known) -> Judging:
    version = max(service.charter.criteria)
    with service.database.transaction() as session:
        secretariat, assessor = signed_in(session, role=Role.SECRETARIAT), signed_in(session, role=Role.SUPPLIER)
        office, number = service.admission_office(), assessor.account_id or 0
        appoint_assessor(session, office=office, acting=secretariat, account_id=number)
    app = create_app(service)
    secretary, judge, firm = (at_browser(app, service, acting) for acting in (secretariat, assessor, FIRM))
    secretary.done(
        "/es/desk/lists/process", criteria_version=version, has_assessors="1", reason="Hay criterios y evaluadores."
    )
    made = Judging(service, tuple(service.charter.criteria[version].weights), judge, secretary, firm, 0)
    made.application = made.apply(known.firm)
    return made


@pytest.mark.parametrize(
    ("language", "title"),
    [("es", "Solicitudes por evaluar"), ("pt", "Candidaturas a avaliar"), ("en", "Applications to assess")],
)
def test_what_was_given_waits_until_every_criterion_has_points_and_a_reason(
    judging: Judging, language: str, title: str
) -> None:
    page = judging.assessor.read(f"/{language}/assessments")
    assert page.one("h1").text == title
    (link,) = page.of_class("lines")[0].all("a")
    saved = judging.assessor.done(link["href"], **judging.scores())
    assert saved.by_id("done").text
    assert saved.by_id(f"reason-{judging.codes[0]}").text == WHY
    assert judging.assessor.read(f"/{language}/assessments").of_class("empty")


def test_what_is_missing_is_told_beside_it_and_nothing_typed_is_lost(judging: Judging) -> None:
    first, second = judging.codes[:2]
    typed: dict[str, str | list[str]] = {**judging.scores(), f"points-{first}": "99", f"reason-{second}": " "}
    page = judging.assessor.refused("/es/assessments/1", status=422, **typed)
    told = [link["href"] for link in page.of_class("summary")[0].all("a")]
    assert told == [f"#points-{first}", f"#reason-{second}"]
    assert page.by_id(f"reason-{first}").text == WHY


def test_those_who_decide_read_points_and_reasons_and_the_applicant_never_does(judging: Judging) -> None:
    judging.assessor.done("/es/assessments/1", **judging.scores())
    here = f"/es/applications/{judging.application}"
    section = judging.secretary.read(here).of_class("written")
    assert sum(WHY in each.text for each in section) == len(judging.codes)
    assert "75 de 100 puntos" in judging.secretary.read(here).text
    assert "zarigüeya" not in judging.firm.read(here).text
    (link,) = judging.assessor.read(here).all("a", having=lambda each: "/assessments/" in each["href"])
    assert link["href"] == "/es/assessments/1"


def test_nobody_else_opens_or_writes_it_and_after_the_decision_it_stands(judging: Judging) -> None:
    for person in (judging.secretary, judging.firm):
        assert person.client.get("/es/assessments/1").status_code == 404
        assert person.post("/es/assessments/1", **judging.scores()).status_code == 404
    judging.assessor.done("/es/assessments/1", **judging.scores())
    judging.secretary.done(
        f"/es/applications/{judging.application}/decision", verdict="refused", reason="No todavía.", then="sure"
    )
    assert judging.assessor.refused("/es/assessments/1", status=409, **judging.scores()).of_class("summary")
    assert not judging.assessor.read("/es/assessments/1").all("textarea")


def test_who_does_not_deliver_is_replaced_by_the_secretariat(judging: Judging) -> None:
    here = f"/es/applications/{judging.application}"
    early = judging.secretary.refused(
        f"{here}/decision", status=409, verdict="refused", reason="No todavía.", then="sure"
    )
    assert early.by_id("verdict-wrong").text.startswith("Faltan evaluaciones por terminar (1)")
    (form,) = judging.secretary.read(here).all("form", having=lambda each: each["action"].endswith("/replacement"))
    assert judging.assessor.post(form["action"]).status_code == 403
    assert judging.secretary.done(form["action"]).by_id("done").text
    assert judging.assessor.client.get("/es/assessments/1").status_code == 404


def test_a_longer_list_takes_no_more_statements(judging: Judging) -> None:
    counts = []
    with judging.service.database.transaction() as session:
        more = [saved_profile(session, acting=FIRM, name=f"Firma {number}").id or 0 for number in range(20)]
    for added in ([], more):
        judging.apply(*added)
        with statements(judging.service.database) as sent:
            judging.assessor.read("/es/assessments")
        counts.append(len(sent))
    assert counts[0] == counts[1]
