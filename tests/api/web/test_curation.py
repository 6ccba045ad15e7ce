"""The curation board: candidates on demand, one look each, introductions in bulk, told what became of each."""

from dataclasses import dataclass

import pytest

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.challenges.models import Challenge, Procurement
from matchmaker.integrity.actions import decide_conflict, declare_conflict
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Decision, Nature
from matchmaker.profiles.models import Profile
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element, read_html
from tests.databases import statements
from tests.factories import NOW, saved_challenge, signed_in

CITY, FIRM = Acting(account_id=2, role=Role.CITY), Acting(account_id=1, role=Role.CITY)


@dataclass
class Desk:
    """The secretariat at its browser, with what the fixture saved."""

    service: Service
    known: Known
    secretary: Acting
    person: Person

    @property
    def pair(self) -> str:
        return f"{self.known.challenge}-{self.known.firm}"

    def part(self, address: str) -> Element:
        """What a script puts into the board."""
        return read_html(self.person.client.get(address, headers={"HX-Request": "true"}).text)

    def ticks(self, address: str) -> list[str]:
        page = self.part(address)
        return [box["value"] for box in page.all("input", having=lambda each: each.get("name") == "pair")]


@pytest.fixture
def desk(service: Service, known: Known) -> Desk:
    with service.database.transaction() as session:
        secretary = signed_in(session, role=Role.SECRETARIAT)
    return Desk(service, known, secretary, at_browser(create_app(service), service, secretary))


def test_the_board_shows_open_challenges_of_members_and_no_candidates_before_they_are_asked_for(desk: Desk) -> None:
    page = desk.person.read("/es/desk/curation")
    (item,) = page.by_id("board").all("li")
    assert item["id"] == f"challenge-{desk.known.challenge}"
    assert not page.all("input", having=lambda each: each.get("name") == "pair")
    (link,) = item.of_class("links")[0].all("a")
    assert link["hx-get"] == f"/es/desk/curation/{desk.known.challenge}"


def test_candidates_come_as_a_part_and_on_the_page_without_a_script(desk: Desk) -> None:
    part, whole = f"/es/desk/curation/{desk.known.challenge}", f"/es/desk/curation?opened={desk.known.challenge}"
    assert desk.pair in desk.ticks(part)
    assert desk.ticks(part) == desk.ticks(whole)
    assert desk.part(part).all("blockquote")
    assert desk.person.client.get(part).headers["location"] == f"{whole}#challenge-{desk.known.challenge}"


def test_those_ticked_are_looked_at_and_then_proposed_once(desk: Desk) -> None:
    look = desk.person.post("/es/desk/curation/review", pair=[desk.pair])
    assert look.status_code == 200
    assert "1 pareja marcada" in look.text
    typed: dict[str, str | list[str]] = {"pair": [desk.pair], "message": "Conózcanse."}
    first = desk.person.post("/es/desk/curation/introductions", **typed)
    assert "1 presentación propuesta" in first.text
    again = desk.person.post("/es/desk/curation/introductions", **typed)
    assert "0 presentaciones propuestas" in again.text
    assert "1 ya existía" in again.text
    assert desk.pair not in desk.ticks(f"/es/desk/curation/{desk.known.challenge}")


def test_nothing_ticked_and_no_message_are_said_with_all_that_was_chosen(desk: Desk) -> None:
    assert desk.person.refused("/es/desk/curation/review").of_class("summary")
    page = desk.person.refused("/pt/desk/curation/introductions", pair=[desk.pair], message=" ")
    assert page.by_id("message-wrong").text
    (box,) = page.all("input", having=lambda each: each.get("name") == "pair")
    assert (box["value"], box.get("checked")) == (desk.pair, "")
    assert desk.person.refused("/es/desk/curation/introductions", pair=["a-b", "7"], message="Hola").of_class("summary")


def test_a_pair_that_cannot_be_is_told_beside_those_that_were_made(desk: Desk) -> None:
    pairs = [desk.pair, f"{desk.known.tender}-{desk.known.firm}", "99-98"]
    typed: dict[str, str | list[str]] = {"pair": pairs, "message": "Conózcanse."}
    page = desk.person.post("/es/desk/curation/introductions", **typed).text
    assert "1 presentación propuesta" in page
    assert "2 no se pudieron proponer" in page


def test_those_kept_apart_are_never_suggested(desk: Desk) -> None:
    with desk.service.database.transaction() as session:
        draft = ConflictDraft(with_profile_id=desk.known.city, nature=Nature.FAMILY)
        ground = declare_conflict(session, acting=FIRM, profile_id=desk.known.firm, draft=draft, now=NOW)
        decide_conflict(
            session, acting=desk.secretary, conflict_id=ground.conflict_id, decision=Decision.CONFIRMED, reason="Sí",
            now=NOW,
        )  # fmt: skip
    assert desk.pair not in desk.ticks(f"/es/desk/curation/{desk.known.challenge}")
    typed: dict[str, str | list[str]] = {"pair": [desk.pair], "message": "Conózcanse."}
    assert "1 no se pudo proponer" in desk.person.post("/es/desk/curation/introductions", **typed).text


def test_an_open_purchase_is_said_and_cannot_be_ticked(desk: Desk) -> None:
    with desk.service.database.transaction() as session:
        session.get_one(Challenge, desk.known.challenge).procurement = Procurement.OPEN
    page = desk.part(f"/es/desk/curation/{desk.known.challenge}")
    assert "El proceso de contratación está abierto" in page.text
    assert desk.pair not in desk.ticks(f"/es/desk/curation/{desk.known.challenge}")


def test_sixty_challenges_take_no_more_statements_than_one(desk: Desk) -> None:
    counts = []
    with statements(desk.service.database) as sent:
        desk.person.read("/es/desk/curation")
    counts.append(len(sent))
    with desk.service.database.transaction() as session:
        city = session.get_one(Profile, desk.known.city)
        for number in range(60):
            saved_challenge(session, acting=CITY, owner=city, title=f"Reto {number}")
    with statements(desk.service.database) as sent:
        page = desk.person.read("/es/desk/curation")
    counts.append(len(sent))
    assert len(page.by_id("board").all("h2")) == 61
    assert counts[0] == counts[1]


def test_only_the_secretariat_curates(desk: Desk) -> None:
    with desk.service.database.transaction() as session:
        administrator = signed_in(session, role=Role.ADMINISTRATOR)
    for acting in (administrator, CITY):
        person = at_browser(create_app(desk.service), desk.service, acting)
        assert person.client.get("/es/desk/curation").status_code == 403
        assert person.post("/es/desk/curation/introductions", pair=[desk.pair], message="Hola").status_code == 403
