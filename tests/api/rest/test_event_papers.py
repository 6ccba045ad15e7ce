"""What is carried to an event, over HTTP, on both databases: read back by other libraries than those that write it."""

import csv
import io
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.events.publishing import publish
from matchmaker.profiles.models import Representation
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, person
from tests.api.rest.papers import calendar, text_of
from tests.databases import Databases
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import solved, town_fair

FIELDS = ["day", "kinds", "areas", "countries", "sizes", "source", "met", "withheld"]


class Congress:
    """A published event; `sogamoso` acts for one of its cities."""

    def __init__(self, client: TestClient, service: Service) -> None:
        self.service = service
        with service.database.transaction() as session:
            fair = town_fair(session)
            self.number, rosa, city = fair.id, fair.rosa, fair.parties["Sogamoso"]
            self.seat, profile_id = city.id, city.profile.id or 0
            city.who.name, city.who.companions = "Ana Peñalosa", ["João Conceição", "Íñigo Ruiz"]
        solved(service.database, self.number, rosa)
        with service.database.transaction() as session:
            publish(session, acting=rosa, event_id=self.number, lists=lists(), now=NOW)
        self.sogamoso = person(client, service, role=Role.CITY, name="Otra de Sogamoso")
        self.secretariat = person(client, service, role=Role.SECRETARIAT)
        self.stranger = person(client, service, role=Role.CITY)
        with service.database.transaction() as session:
            self.account = session.exec(
                select(Account).where(Account.name == "Otra de Sogamoso").order_by(col(Account.id))
            ).one()
            session.add(Representation(account_id=self.account.id or 0, profile_id=profile_id))
        self.own = f"/v1/events/{self.number}/participants/{self.seat}"

    def meetings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.sogamoso.get(f"{self.own}/agenda").json()["meetings"]
        return found


@pytest.fixture
def congress(client: TestClient, service: Service) -> Congress:
    return Congress(client, service)


@pytest.fixture
def service(new_service: NewService, databases: Databases) -> Service:
    return new_service(DATABASE_URL=databases.migrated(), public_url="https://alianza.example")


@pytest.fixture
def client(service: Service) -> Any:
    with TestClient(create_app(service), headers={"Accept-Language": "es"}) as opened:
        yield opened


def test_a_calendar_has_the_meetings_of_the_agenda_and_is_told_of_changes(congress: Congress) -> None:
    told = congress.meetings()
    assert len(told) >= 2
    first = calendar(congress.sogamoso.get(f"{congress.own}/agenda.ics"))
    assert [each.dtstart.value.isoformat() for each in first] == sorted(each["starts_at"] for each in told)
    assert {int(each.sequence.value) for each in first} == {1}
    act = {"act": "remove", "key": told[0]["key"], "is_trial": False}
    assert congress.secretariat.post(f"/v1/events/{congress.number}/draft/acts", act).status_code == 200
    made = congress.secretariat.post(f"/v1/events/{congress.number}/versions", {})
    assert made.status_code == 201, made.text
    second = calendar(congress.sogamoso.get(f"{congress.own}/agenda.ics"))
    states = {each.uid.value: (each.status.value, int(each.sequence.value)) for each in second}
    assert set(states) >= {each.uid.value for each in first}
    gone = [state for identity, state in states.items() if f"-{told[0]['key']}@" in identity]
    assert gone == [("CANCELLED", 2)]


def test_a_feed_is_read_by_its_secret_until_its_account_no_longer_acts(congress: Congress, client: TestClient) -> None:
    address = congress.sogamoso.get(f"{congress.own}/feed").json()["address"].removeprefix("https://alianza.example")
    assert len(calendar(client.get(address))) == len(congress.meetings())
    read = client.get(address)
    assert client.get(address, headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    assert client.get(address.replace("/v1/event-feeds/", "/v1/event-feeds/x")).json()["code"] == "feed_unknown"
    with congress.service.database.transaction() as session:
        mine = select(Representation).where(Representation.account_id == congress.account.id)
        session.delete(session.exec(mine).one())
    assert client.get(address).json()["code"] == "feed_unknown"


def test_an_address_that_leaked_is_ended_for_a_new_one_and_no_other_with_it(
    congress: Congress, client: TestClient
) -> None:
    def address_of(caller: Person) -> str:
        told = caller.get(f"{congress.own}/feed").json()["address"]
        return str(told).removeprefix("https://alianza.example")

    leaked, of_others = address_of(congress.sogamoso), address_of(congress.secretariat)
    renewed = congress.sogamoso.post(f"{congress.own}/feed", {})
    assert (renewed.status_code, renewed.headers["location"]) == (201, f"{congress.own}/feed")
    assert client.get(leaked).status_code == 404
    assert client.get(leaked).json()["code"] == "feed_unknown"
    fresh = address_of(congress.sogamoso)
    assert renewed.json()["address"].endswith(fresh)
    assert len(calendar(client.get(fresh))) == len(calendar(client.get(of_others))) == len(congress.meetings())
    congress.sogamoso.post(f"{congress.own}/feed", {})
    assert {client.get(each).status_code for each in (leaked, fresh)} == {404}
    with congress.service.database.reading() as session:
        noted = session.exec(select(AuditEntry).where(AuditEntry.act == "agenda_feed_renewed")).all()
        assert [(row.account_id, row.subject_id) for row in noted] == [(congress.account.id, congress.seat)] * 2
    assert congress.stranger.post(f"{congress.own}/feed", {}).json()["code"] == "participant_unknown"


def test_the_printed_agenda_is_ones_own(congress: Congress) -> None:
    text = text_of(congress.sogamoso.get(f"{congress.own}/agenda.pdf"))
    assert "Ana Peñalosa · Sogamoso" in text
    assert all(f"Mesa {each['table']}" in text for each in congress.meetings())
    english = congress.sogamoso.get(f"{congress.own}/agenda.pdf", Accept_Language="en")
    assert "Your agenda" in text_of(english)
    asked_for = congress.sogamoso.get(f"{congress.own}/agenda.pdf?language=en", Accept_Language="pt")
    assert text_of(asked_for) == text_of(english)
    assert congress.sogamoso.get(f"{congress.own}/agenda.pdf?language=xx").status_code == 422
    for suffix in ("agenda.pdf", "agenda.ics", "feed"):
        assert congress.stranger.get(f"{congress.own}/{suffix}").json()["code"] == "participant_unknown"


def test_the_report_is_figures_pictures_and_open_data_with_the_meaning_of_its_fields(congress: Congress) -> None:
    report = f"/v1/events/{congress.number}/report"
    figures = congress.secretariat.get(report).json()
    assert set(figures["acceptance"]) == {"accepted", "waiting", "not_accepted"}
    picture = congress.secretariat.get(f"{report}/plots/kinds.svg", Accept_Language="pt")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    assert "Participações por tipo" in picture.text
    assert congress.secretariat.get(f"{report}/plots/other.svg").status_code == 422
    told = congress.secretariat.get(f"{report}.json", Accept_Language="en").json()
    assert len(told["rows"]) == figures["meetings"] > 0
    assert [field["name"] for field in told["fields"]] == list(told["rows"][0]) == FIELDS
    assert told["fields"][-1]["holds"].endswith("since fewer than 3 meetings are alike.")
    lines = list(csv.DictReader(io.StringIO(congress.secretariat.get(f"{report}.csv").text)))
    assert [{name: " ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}
            for row in told["rows"]] == lines  # fmt: skip
    assert not {"Sogamoso", "Ana Peñalosa", "Fugas"} & set(congress.secretariat.get(f"{report}.json").text.split('"'))
    for path in (".json", ".csv", "/plots/kinds.svg"):
        assert congress.sogamoso.get(f"{report}{path}").json()["code"] == "only_secretariat"


def test_badges_and_table_signs_are_printed_by_the_secretariat(congress: Congress) -> None:
    event = f"/v1/events/{congress.number}"
    badges = text_of(congress.secretariat.get(f"{event}/badges.pdf"))
    assert all(name in badges for name in ("Ana Peñalosa", "João Conceição", "Tunja", "Fugas"))
    assert badges.index("Íñigo Ruiz") < badges.index("João Conceição")
    signs = text_of(congress.secretariat.get(f"{event}/signs.pdf"))
    assert all(f"Mesa {table}" in signs for table in ("1", "2", "Z"))
    assert "Sogamoso" in signs
    for paper in ("badges.pdf", "signs.pdf"):
        assert congress.sogamoso.get(f"{event}/{paper}").json()["code"] == "only_secretariat"
