"""Applications on pages: handed in, decided with a reason, appealed against, decided by others."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.membership.actions import begin_application
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.factories import signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)
WORDS, REASON = f"Queremos aprender de otras ciudades. {HOSTILE}", "Falta decir qué aportaría, zarigüeya."


@dataclass
class Asking:
    """A draft of who acts for the firm, with that person, two secretaries and a stranger at their browsers."""

    path: str
    firm: Person
    first: Person
    second: Person
    stranger: Person

    def hand_in(self) -> None:
        self.firm.done(f"/es{self.path}/words", words=WORDS, then="submit")

    def refuse(self) -> None:
        self.hand_in()
        self.first.done(f"/es{self.path}/decision", verdict="refused", reason=REASON, then="sure")


@pytest.fixture
def asking(service: Service, known: Known) -> Asking:
    with service.database.transaction() as session:
        office = service.admission_office()
        row = begin_application(session, office=office, acting=FIRM, profile_id=known.firm, words="")
        number = row.id
        secretaries = [signed_in(session, role=Role.SECRETARIAT, name=name) for name in ("Eva", "Inés")]
    app = create_app(service)
    firm, first, second, stranger = (at_browser(app, service, acting) for acting in (FIRM, *secretaries, CITY))
    return Asking(f"/applications/{number}", firm, first, second, stranger)


@pytest.mark.parametrize(("language", "state"), [("es", "Es un borrador"), ("pt", "É um rascunho"), ("en", "A draft")])
def test_words_are_corrected_while_it_is_a_draft(asking: Asking, language: str, state: str) -> None:
    page = asking.firm.done(f"/{language}{asking.path}/words", words=WORDS, then="keep")
    assert page.of_class("state")[0].text.startswith(state)
    assert page.by_id("words").text == WORDS
    too_long = asking.firm.refused(f"/{language}{asking.path}/words", words="a" * 100_001)
    assert len(too_long.by_id("words").text) == 100_001
    asking.hand_in()
    assert asking.firm.refused(f"/{language}{asking.path}/words", status=409, words="Otra cosa").of_class("summary")


def test_a_refusal_is_read_with_its_reason_and_appealed_against_once(asking: Asking) -> None:
    asking.refuse()
    page = asking.firm.read(f"/es{asking.path}")
    assert page.of_class("state")[0].text.startswith("No fue admitido. Se puede apelar hasta el")
    assert REASON in page.text
    assert asking.firm.refused(f"/es{asking.path}/appeal", appeal=" ").by_id("appeal-wrong").text
    asking.firm.done(f"/es{asking.path}/appeal", appeal="Aportamos diez años de lecturas.")
    again = asking.firm.refused(f"/es{asking.path}/appeal", status=409, appeal="Una vez más.")
    assert again.of_class("summary")


def test_an_appeal_is_decided_by_somebody_else(asking: Asking) -> None:
    asking.refuse()
    asking.firm.done(f"/es{asking.path}/appeal", appeal="Aportamos diez años de lecturas.")
    assert not asking.first.read(f"/es{asking.path}").all("textarea")
    assert asking.first.post(f"/es{asking.path}/decision", verdict="admitted", reason="Sí").status_code == 403
    asking.second.done(f"/es{asking.path}/decision", verdict="admitted", reason="Lo explica bien.", then="sure")
    assert asking.firm.read(f"/es{asking.path}").of_class("state")[0].text == "Admitido en la alianza."


def test_a_decision_needs_a_reason_and_keeps_what_was_chosen(asking: Asking) -> None:
    asking.hand_in()
    page = asking.first.refused(f"/pt{asking.path}/decision", verdict="refused")
    (chosen,) = page.by_id("verdict").all("input", having=lambda each: each.get("checked") is not None)
    assert (chosen["value"], [link["href"] for link in page.of_class("summary")[0].all("a")]) == (
        "refused",
        ["#reason"],
    )


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "Fugas y Caudales no es admitido."),
        ("pt", "Fugas y Caudales não é admitido."),
        ("en", "Fugas y Caudales is not admitted."),
    ],
)
def test_a_decision_is_looked_at_once_more_before_it_counts(asking: Asking, language: str, told: str) -> None:
    asking.hand_in()
    typed: dict[str, str | list[str]] = {"verdict": "refused", "reason": REASON}
    path = f"/{language}{asking.path}/decision"
    look = asking.first.refused(path, status=200, **typed)
    assert look.by_id("look").one("strong").text == told
    assert asking.first.read(f"/es{asking.path}").of_class("state")[0].text == "Presentada: espera una decisión."
    form = look.by_id("page-form")
    kept = {box["name"]: box["value"] for box in form.all("input") if box["name"] != "csrf_token"}
    assert kept == typed
    again = asking.first.refused(path, status=200, **typed, then="change")
    assert again.by_id("reason").text == REASON
    assert asking.first.done(path, **typed, then="sure").by_id("done").text


def test_the_secretariat_does_not_vote_and_counts_nothing_without_a_committee(asking: Asking) -> None:
    asking.hand_in()
    assert asking.first.post(f"/es{asking.path}/vote", verdict="admitted", reason="Sí").status_code == 403
    assert asking.first.refused(f"/es{asking.path}/count", status=409).of_class("summary")


def test_it_is_taken_back_and_nobody_else_reads_it(asking: Asking) -> None:
    asking.hand_in()
    asking.stranger.read(f"/es{asking.path}", status=404)
    assert asking.stranger.post(f"/es{asking.path}/withdrawal").status_code == 404
    assert "Retirada" in asking.firm.done(f"/es{asking.path}/withdrawal").of_class("state")[0].text
