"""Committees on the desk: formed, seats filled and ended."""

from dataclasses import dataclass

import pytest
from sqlmodel import col, select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.membership.committees import fill_seat, open_committee
from matchmaker.membership.states import CommitteeKind
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Profile, Visibility
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.databases import statements
from tests.factories import NOW, saved_profile, signed_in

FIRM = Acting(account_id=1, role=Role.CITY)
PATH = "/desk/committees"


@dataclass
class Room:
    """A secretary at a browser, and two people in the committee's role who speak for agents."""

    service: Service
    secretary: Person
    choices: list[str]


@pytest.fixture
def room(service: Service, known: Known) -> Room:
    assert known.firm
    with service.database.transaction() as session:
        secretary = signed_in(session, role=Role.SECRETARIAT)
        people = [signed_in(session, role=Role.COMMITTEE, name=name) for name in ("Berta", "Carlos")]
        agents = [saved_profile(session, acting=who, name=f"Firma de {number}") for number, who in enumerate(people)]
        choices = [f"{who.account_id}-{agent.id}" for who, agent in zip(people, agents, strict=True)]
    return Room(service, at_browser(create_app(service), service, secretary), choices)


@pytest.mark.parametrize(
    ("language", "told"),
    [("es", "1 de "), ("pt", "1 de "), ("en", "1 of ")],
)
def test_a_committee_is_formed_and_a_seat_filled_and_ended(room: Room, language: str, told: str) -> None:
    here, one = f"/{language}{PATH}", room.secretary
    assert one.read(here).of_class("empty")
    assert one.done(here, kind="founding").by_id("done").text
    page = one.done(f"{here}/1/seats", who=room.choices[0])
    assert any(each.text.startswith(told.split(maxsplit=1)[0]) for each in page.of_class("kicker"))
    (line,) = page.of_class("compact")[0].all("li")
    assert "Berta · Firma de 0" in line.text
    assert [option["value"] for option in page.by_id("who-1").all("option")] == ["", room.choices[1]]
    (form,) = line.all("form")
    assert not one.done(form["action"]).of_class("compact")


def test_what_cannot_be_is_told_beside_it(room: Room) -> None:
    one = room.secretary
    one.done(f"/es{PATH}", kind="founding")
    assert one.refused(f"/es{PATH}", status=409, kind="founding").of_class("summary")
    assert one.refused(f"/es{PATH}/1/seats", who="7-9").by_id("who-1-wrong").text == (
        "Elija a la persona que ocupa el asiento."
    )
    one.done(f"/es{PATH}/1/seats", who=room.choices[0])
    again = one.refused(f"/es{PATH}/1/seats", status=409, who=room.choices[0])
    assert again.by_id("who-1-wrong").text.endswith("Déjelo vacante antes.")
    assert one.post("/es/desk/seats/99/vacancy").status_code == 404


def test_more_seats_take_no_more_statements(room: Room) -> None:
    room.secretary.done(f"/es{PATH}", kind="founding")
    counts = []
    for who in room.choices:
        room.secretary.done(f"/es{PATH}/1/seats", who=who)
        with statements(room.service.database) as sent:
            room.secretary.read(f"/es{PATH}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_members_and_the_committee_itself_fill_no_seats(room: Room, service: Service) -> None:
    with service.database.transaction() as session:
        committee = signed_in(session, role=Role.COMMITTEE)
    for acting in (committee, FIRM):
        person = at_browser(room.secretary.app, service, acting)
        assert person.client.get(f"/es{PATH}").status_code == 403
        assert person.post(f"/es{PATH}", kind="founding").status_code == 403
        assert person.post(f"/es{PATH}/1/seats", who=room.choices[0]).status_code == 403


def seated(service: Service, kind: str) -> None:
    """A committee of this kind with somebody in a seat of each sector."""
    office = service.admission_office()
    with service.database.transaction() as session:
        rosa = signed_in(session, role=Role.SECRETARIAT)
        row = open_committee(session, office=office, acting=rosa, kind=CommitteeKind(kind))
        for agent in ("local_government", "company", "academic", "civil_society"):
            who = signed_in(session, role=Role.COMMITTEE, name=f"{kind} {agent}")
            profile = saved_profile(session, acting=who, name=f"{kind} {agent}", kind=agent)
            fill_seat(
                session, office=office, acting=rosa, committee_id=row.id or 0, profile_id=profile.id or 0,
                account_id=who.account_id or 0,
            )  # fmt: skip


def test_the_act_of_constitution_and_the_first_assembly_are_recorded(room: Room) -> None:
    one = room.secretary
    seated(room.service, "founding")
    signed = {"day": "2026-07-10", "text_version": "2017.1"}
    said = one.done(f"/es{PATH}/1/constitution", **signed)
    assert "quedó constituido" in said.by_id("done").text
    assert "10 de enero de 2027" in said.text
    held = {"day": "2027-01-09", "text_version": "2017.2"}
    refused = one.refused(f"/es{PATH}/1/assembly", status=409, **held)
    assert "órgano de gobierno" in refused.by_id("day-1-wrong").text
    assert refused.by_id("text_version-1")["value"] == "2017.2"
    seated(room.service, "governance")
    assert "el órgano de gobierno decide" in one.done(f"/es{PATH}/1/assembly", **held).by_id("done").text
    assert one.refused(f"/es{PATH}/1/assembly", status=409, **held).of_class("summary")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "ayer", "text_version": "1"}, "day-1"),
        ({"day": "2026-07-10", "text_version": " "}, "text_version-1"),
        ({"day": "2026-07-10", "text_version": "x" * 21}, "text_version-1"),
    ],
)
def test_an_act_needs_a_day_and_a_version(room: Room, typed: dict[str, str], field: str) -> None:
    seated(room.service, "founding")
    page = room.secretary.refused(f"/es{PATH}/1/constitution", status=422, **typed)
    assert page.by_id(f"{field}-wrong").text
    assert page.by_id("day-1")["value"] == typed["day"]


def test_an_act_of_a_day_to_come_is_refused_beside_it(room: Room) -> None:
    seated(room.service, "founding")
    typed = {"day": "2999-01-01", "text_version": "1"}
    page = room.secretary.client
    answer = room.secretary.post(f"/es{PATH}/1/constitution", **typed)
    assert (answer.status_code, "2999" in answer.text) == (409, True)
    assert page.get(f"/es{PATH}").status_code == 200


def test_everyone_reads_who_founded_the_alliance_and_what_became_of_it(room: Room) -> None:
    visitor = Person(create_app(room.service))
    seated(room.service, "founding")
    assert "Comitê Fundador" not in visitor.read("/pt/alliance").text  # it is being formed
    room.secretary.done(f"/es{PATH}/1/constitution", day="2026-07-10", text_version="2017.1")
    page = visitor.read("/pt/alliance").text
    for told in ("Comitê Fundador", "10 de julho de 2026", "10 de janeiro de 2027", "founding company"):
        assert told in page
    seated(room.service, "governance")
    room.secretary.done(f"/es{PATH}/1/assembly", day="2027-01-09", text_version="2017.2")
    page = visitor.read("/pt/alliance").text
    for told in ("Órgão de governança", "9 de janeiro de 2027", "governance academic", "founding academic"):
        assert told in page
    assert "10 de janeiro de 2027" not in page  # the day by which it was due


def test_an_agent_that_is_not_shown_is_not_named_with_its_seat_nor_is_any_person(room: Room) -> None:
    seated(room.service, "founding")
    room.secretary.done(f"/es{PATH}/1/constitution", day="2026-07-10", text_version="2017.1")
    with room.service.database.transaction() as session:
        hidden = session.exec(select(Profile).where(Profile.name == "founding company")).one()
        set_visibility(session, profile=hidden, visibility=Visibility.HIDDEN, now=NOW)
        for account in session.exec(select(Account).where(col(Account.name).startswith("founding"))).all():
            account.name = f"Testigo {account.id}"
            session.add(account)
    page = Person(create_app(room.service)).read("/es/alliance").by_id("content").text
    assert "founding academic" in page
    assert "founding company" not in page
    assert "Un miembro que ya no se muestra" in page
    assert "Testigo" not in page
