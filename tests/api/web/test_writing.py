"""A challenge written step by step in a browser without scripts: begun, left, taken up, looked over, posted."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.challenges.models import Challenge, Status
from tests.api.web.conftest import HOSTILE, Known
from tests.api.web.persons import Person, at_browser
from tests.factories import signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)
LEAKS = "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores."

PRODUCT = "Queremos comprar una aplicación para los turnos de los consultorios."


@dataclass
class Writing:
    """Who writes for the city, and somebody else."""

    service: Service
    city: Person
    firm: Person

    def begun(self, **said: str) -> str:
        """The address of a new draft, without its last part."""
        typed = {"owner": self.owner, "title": "Agua", "description": LEAKS} | said
        answer = self.city.post("/es/challenges/new", **typed)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"]).removesuffix("/benefit")

    @property
    def owner(self) -> str:
        field = next(
            found for found in self.city.read("/es/challenges/new").all("input") if found.get("name") == "owner"
        )
        return str(field["value"])

    def row(self, address: str) -> Challenge:
        with self.service.database.reading() as session:
            return session.get_one(Challenge, int(address.split("/")[3]))


@pytest.fixture
def writing(service: Service, known: Known) -> Writing:
    assert known.city
    app = create_app(service)
    city, firm = (at_browser(app, service, acting) for acting in (CITY, FIRM))
    return Writing(service, city, firm)


def test_a_challenge_goes_from_its_first_words_to_those_who_answer(writing: Writing) -> None:
    edit = writing.begun()
    for step, said in (
        ("benefit", {"expected_benefit": "Perder menos agua.", "beneficiaries": "Los vecinos."}),
        ("place", {"town": "Sogamoso", "country": "CO"}),
        ("areas", {"areas": ["energy_environment"], "principles": ["urban_service_efficiency"]}),
        ("terms", {"budget_band": "under_25k", "procurement": "none", "ends_on": "2027-12-01"}),
        ("audience", {"audience": "public"}),
        ("needs", {"needs": ["Encontrar las fugas que no se ven", "Dividir la red en sectores", ""]}),
    ):
        writing.city.read(f"{edit}/{step}")
        page = writing.city.done(f"{edit}/{step}", **said)
    assert page.of_class("check")
    row = writing.row(edit)
    assert (row.status, row.place_name, row.budget_band, row.audience) == ("draft", "Sogamoso", "under_25k", "public")
    posted = writing.city.done(f"{edit.removesuffix('/edit')}/publication")
    assert posted.by_id("done").text == "El reto está publicado. Abajo están quienes lo responden."
    assert writing.row(edit).status == Status.OPEN
    writing.firm.read(edit.removesuffix("/edit"))


def test_a_draft_is_left_and_found_again_by_its_author_alone(writing: Writing) -> None:
    edit = writing.begun(title=HOSTILE)
    left = writing.city.done(f"{edit}/benefit", expected_benefit="Menos fugas.", then="leave")
    assert left.by_id("done").text == "Quedó guardado. Puede seguir cuando quiera."
    assert f"{edit}/check" in {link.get("href") for link in left.all("a")}
    assert "Menos fugas." in writing.city.read(f"{edit}/benefit").by_id("expected_benefit").text
    for path in ("", "/edit/check", "/edit/words", "/edit/alike", "/shortlist"):
        writing.firm.read(edit.removesuffix("/edit") + path, status=404)


def test_the_first_save_sent_twice_keeps_one_draft(writing: Writing) -> None:
    assert writing.begun() == writing.begun()


def test_while_one_writes_a_script_saves_and_says_when(writing: Writing) -> None:
    edit = writing.begun()
    writing.city.client.headers["HX-Request"] = "true"
    page = writing.city.refused(f"{edit}/words", status=200, title="Agua", description=PRODUCT)
    assert page.by_id("saved").text == "Guardado a las 10:30"
    assert PRODUCT in page.by_id("coach").text
    assert writing.row(edit).description == PRODUCT


@pytest.mark.parametrize(
    ("step", "said", "field"),
    [
        ("words", {"title": "x" * 201, "description": LEAKS}, "title"),
        ("place", {"town": "Nunca Jamás", "country": "CO"}, "town"),
        ("place", {"town": "", "country": "CO"}, "town"),
        ("terms", {"starts_on": "2027-05-02", "ends_on": "2027-05-01"}, "ends_on"),
        ("terms", {"starts_on": "mañana"}, "starts_on"),
        ("needs", {"needs": [f"necesidad {number}" for number in range(13)]}, "needs"),
        ("needs", {"needs": ["..."]}, "needs"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    writing: Writing, step: str, said: dict[str, str | list[str]], field: str
) -> None:
    edit = writing.begun()
    page = writing.city.refused(f"{edit}/{step}", **said)
    assert f"#{field}" in {link.get("href") for link in page.of_class("summary")[0].all("a")}
    assert page.by_id(field)
    typed = next(iter(said.values()))
    kept = typed[0] if isinstance(typed, list) else typed
    assert kept in {str(each.get("value")) for each in page.all("input")} | {
        each.text for each in page.all("textarea")
    }  # fmt: skip


def test_needs_are_ordered_taken_away_and_taken_from_the_text_again(writing: Writing) -> None:
    edit = writing.begun()

    def needs(**said: str | list[str]) -> list[str]:
        page = writing.city.done(f"{edit}/needs", **said)
        return [each.text for each in page.all("textarea") if each.text]

    first = [each.text for each in writing.city.read(f"{edit}/needs").all("textarea") if each.text]
    assert len(first) == 2
    assert len(writing.city.read(f"{edit}/needs").all("mark")) == 2
    assert needs(needs=["Uno", "Dos", "Tres"], act="up-3") == ["Uno", "Tres", "Dos"]
    assert needs(needs=["Uno", "Tres", "Dos"], act="down-1") == ["Tres", "Uno", "Dos"]
    assert needs(needs=["Tres", "Uno", "Dos"], act="remove-2") == ["Tres", "Dos"]
    assert needs(needs=["Tres", "Dos", "Cuatro"], act="add") == ["Tres", "Dos", "Cuatro"]
    assert needs(needs=["Tres"], act="up-99999999999999999999") == ["Tres"]
    assert needs(needs=["Tres"], act="suggest") == first


def test_members_that_may_read_it_are_found_named_and_taken_away(writing: Writing, known: Known) -> None:
    edit = writing.begun()
    found = writing.city.done(f"{edit}/audience", audience="invited", called="fugas", act="find")
    buttons = {button.get("value") for button in found.all("button")}
    assert f"name-{known.firm}" in buttons
    named = writing.city.done(f"{edit}/audience", audience="invited", act=f"name-{known.firm}")
    assert f"unname-{known.firm}" in {button.get("value") for button in named.all("button")}
    writing.city.done(f"{edit.removesuffix('/edit')}/publication")
    writing.firm.read(edit.removesuffix("/edit"))
    writing.city.done(f"{edit}/audience", audience="invited", act=f"unname-{known.firm}")
    writing.firm.read(edit.removesuffix("/edit"), status=404)


def test_a_draft_without_words_cannot_be_posted_and_says_so(writing: Writing) -> None:
    edit = writing.begun(description="")
    assert writing.city.read(f"{edit}/check").of_class("notice")
    page = writing.city.refused(f"{edit.removesuffix('/edit')}/publication", status=409)
    assert page.of_class("summary")


def test_what_is_posted_is_edited_closed_and_opened_again(writing: Writing, known: Known) -> None:
    here = f"/es/challenges/{known.challenge}"
    writing.city.done(f"{here}/edit/benefit", expected_benefit="Perder la mitad.")
    writing.city.refused(f"{here}/edit/words", title="", description=LEAKS)
    closed = writing.city.done(f"{here}/status", status="close")
    assert closed.by_id("done").text == "El reto está cerrado. Puede volver a abrirse."
    writing.firm.read(here, status=404)
    writing.city.done(f"{here}/status", status="reopen")
    writing.firm.read(here)
    writing.firm.read(f"{here}/edit/words", status=403)
    assert writing.firm.post(f"{here}/edit/words", title="Mío", description=LEAKS).status_code == 403


def test_a_draft_is_discarded_after_it_was_named(writing: Writing) -> None:
    edit = writing.begun()
    assert "«Agua»" in writing.city.read(f"{edit}/check").of_class("discard")[0].text
    gone = writing.city.done(f"{edit.removesuffix('/edit')}/discard")
    assert gone.by_id("done").text == "El borrador ya no está."
    writing.city.read(f"{edit}/check", status=404)


def test_whoever_acts_for_nobody_is_told_how_to_begin(service: Service, known: Known) -> None:
    assert known.city
    with service.database.transaction() as session:
        acting = signed_in(session, name="Eva")
    nobody = at_browser(create_app(service), service, acting)
    assert nobody.read("/pt/challenges/new").of_class("notice")
    assert "/pt/profiles/new" in {link.get("href") for link in nobody.read("/pt/work").all("a")}
    assert nobody.refused("/pt/challenges/new", title="Água").of_class("summary")


def test_an_unknown_step_is_no_page(writing: Writing, known: Known) -> None:
    writing.city.read(f"/es/challenges/{known.challenge}/edit/magic", status=404)
