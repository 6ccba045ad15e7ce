"""Events over HTTP: planned, joined, imported, agreed on, changed by hand."""

from datetime import timedelta
from typing import Any

import pytest

from api.wiring import Service
from matchmaker.accounts.models import OPERATOR, Role
from matchmaker.events.gathering import ground_of
from matchmaker.events.running import run_search
from matchmaker.events.runs import ask_run
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, person
from tests.databases import statements
from tests.factories import NOW, lists
from tests.matchmaker.events.gatherings import event_draft

EVENT = event_draft().model_dump(mode="json")


@pytest.fixture
def address(secretariat: Person) -> str:
    """An open event."""
    planned = secretariat.post("/v1/events", EVENT)
    assert planned.status_code == 201, planned.text
    place = str(planned.headers["location"])
    assert secretariat.put(f"{place}/state", {"state": "open"}).json()["state"] == "open"
    return place


def joined(someone: Person, address: str, **changes: Any) -> tuple[int, int]:
    """A new profile and its registration."""
    profile = new_profile(someone, **{"email": "", "website": ""} | changes)  # else the same host is a conflict
    answer = someone.post(f"{address}/participants", {"profile_id": profile})
    assert answer.status_code == 201, answer.text
    return profile, int(answer.json()["id"])


def test_a_draft_is_seen_by_the_secretariat_alone_until_it_is_opened(secretariat: Person, city: Person) -> None:
    place = secretariat.post("/v1/events", EVENT).headers["location"]
    assert city.post("/v1/events", EVENT).json()["code"] == "only_secretariat"
    assert city.get(place).json()["code"] == "event_unknown"
    assert city.get("/v1/events").json()["events"] == []
    assert secretariat.put(f"{place}/state", {"state": "over"}).json()["code"] == "event_state_wrong"
    secretariat.put(f"{place}/state", {"state": "open"})
    told = city.get(place).json()
    assert [slot["id"][-5:] for slot in told["slots"][0]] == ["09:00", "09:25", "09:50", "10:40", "11:05", "11:30"]
    assert told["slots"][0][0]["starts_at"] == "2027-03-10T09:00:00-05:00"


def test_an_event_is_written_anew_by_whoever_has_read_it(secretariat: Person, address: str) -> None:
    read = secretariat.get(address)
    changed = secretariat.put(address, EVENT | {"name": "Otro"}, If_Match=read.headers["etag"])
    assert (changed.json()["name"], changed.json()["version"]) == ("Otro", read.json()["version"] + 1)
    assert secretariat.put(address, EVENT, If_Match=read.headers["etag"]).status_code == 412
    refused = secretariat.put(address, EVENT | {"time_zone": "America/Atlantis"}).json()
    assert refused["errors"][0]["code"] == "time_zone_unknown"


def test_a_member_registers_says_when_it_is_there_and_may_not_raise_its_own_floor(city: Person, address: str) -> None:
    _, number = joined(city, address)
    place = f"{address}/participants/{number}"
    said = {"arrives_at": "2027-03-10T14:30:00Z", "least_meetings": 9, "sponsor": "Oro", "is_remote": True,
            "remote_link": "https://sala.example/1", "time_zone": "America/Lima"}  # fmt: skip
    told = city.put(place, said).json()
    assert (told["arrives_at"], told["is_remote"], told["time_zone"]) == ("2027-03-10T14:30:00Z", True, "America/Lima")
    assert (told["least_meetings"], told["sponsor"]) == (None, "")
    assert city.put(place, {"remote_link": "javascript:x"}).status_code == 422
    assert city.put(f"{place}/presence", {"presence": "arrived"}).json()["code"] == "only_secretariat"
    assert city.put(f"{place}/presence", {"presence": "cancelled"}).json()["presence"] == "cancelled"


def test_what_one_says_of_another_is_read_by_nobody_else(
    city: Person, supplier: Person, secretariat: Person, address: str
) -> None:
    _, one = joined(city, address, kind="local_government", name="Sogamoso")
    profile, other = joined(supplier, address)
    place = f"{address}/participants/{one}/wishes"
    assert city.put(place, {"wishes": [{"profile_id": profile, "degree": "no"}]}).status_code == 200
    assert supplier.get(place).json()["code"] == "participant_unknown"
    assert supplier.get(f"{address}/participants/{other}/wishes").json()["wishes"] == []
    assert secretariat.get(place).json()["wishes"] == [{"profile_id": profile, "degree": "no"}]
    refused = city.put(place, {"wishes": [{"profile_id": 999, "degree": "must"}]}).json()
    assert (refused["code"], refused["values"]["profile_id"]) == ("wish_not_there", 999)


def test_those_who_take_part_know_of_each_other_and_persons_are_not_named(
    city: Person, supplier: Person, address: str
) -> None:
    profile, _ = joined(city, address, kind="local_government", name="Sogamoso")
    assert supplier.get(f"{address}/members").json()["code"] == "event_not_yours"
    joined(supplier, address)
    told = supplier.get(f"{address}/members").json()["members"]
    assert told[0]["profile_id"] == profile
    assert "Ana" not in str(told)
    assert supplier.get(f"{address}/participants").json()["code"] == "only_secretariat"


def test_tickets_are_tried_then_taken_and_the_same_list_changes_nothing(
    city: Person, secretariat: Person, address: str
) -> None:
    new_profile(city, kind="local_government", name="Sogamoso")
    list_of_tickets = (
        "Pedido;Nombre completo;Correo electrónico;Organización;Estado\n"
        "1;Ana Pérez;ana@x.example;SOGAMOSO;pagado\n"
        "2;Luis Ruiz;;Sogamoso;pagado\n"
        "3;Eva Soto;eva;Nadie S. A.;pagado\n"
        "4;;;Sogamoso;pagado\n"
        "5;Iván Paz;;Sogamoso;cancelado\n"
    )
    tried = secretariat.post(f"{address}/tickets", {"csv": list_of_tickets}).json()
    assert (tried["rows"], tried["registered"], tried["companions"]) == (5, 1, 1)
    assert [(row["line"], row["code"]) for row in tried["problems"]] == [
        (4, "member_unknown"), (5, "missing"), (6, "ticket_cancelled"),
    ]  # fmt: skip
    assert secretariat.get(f"{address}/participants").json()["participants"] == []
    taken = secretariat.post(f"{address}/tickets", {"csv": list_of_tickets, "dry_run": False}).json()
    assert taken | {"dry_run": True} == tried
    [row] = secretariat.get(f"{address}/participants").json()["participants"]
    assert (row["name"], row["companions"], row["came_by"], row["ticket"]) == (
        "Ana Pérez", ["Luis Ruiz"], "ticket", "1",
    )  # fmt: skip
    again = secretariat.post(f"{address}/tickets", {"csv": list_of_tickets, "dry_run": False}).json()
    assert (again["registered"], again["companions"], again["unchanged"]) == (0, 0, 2)
    assert secretariat.post(f"{address}/tickets", {"csv": "a,b\n1,2\n"}).json()["code"] == "tickets_columns"


def test_a_walk_in_is_registered_and_here_in_one_step(city: Person, secretariat: Person, address: str) -> None:
    profile = new_profile(city)
    body = {"profile_id": profile, "name": "Ana", "is_walk_in": True}
    told = secretariat.post(f"{address}/participants", body).json()
    assert (told["presence"], told["came_by"]) == ("arrived", "walk_in")
    assert secretariat.post(f"{address}/participants", body).json()["code"] == "registered_already"


def solve(service: Service, secretariat: Person, address: str) -> None:
    """A search here and now, as its process would do it."""
    with service.database.transaction() as session:
        run = ask_run(session, acting=OPERATOR, event_id=int(address.rsplit("/", 1)[1]), lists=lists(), now=NOW)
    run_search(service.database, run.id or 0)
    assert secretariat.get(f"{address}/runs/{run.id}").json()["state"] == "done"


def test_a_one_sided_wish_is_offered_answered_and_then_published(
    city: Person, supplier: Person, secretariat: Person, service: Service, address: str
) -> None:
    town, one = joined(city, address, kind="local_government", name="Sogamoso")
    firm, other = joined(supplier, address)
    city.put(f"{address}/participants/{one}/wishes", {"wishes": [{"profile_id": firm, "degree": "must"}]})
    solve(service, secretariat, address)
    draft = secretariat.get(f"{address}/draft").json()
    assert (draft["awaiting"], draft["placed"][0]["is_agreed"]) == (1, False)
    assert secretariat.post(f"{address}/versions", {}).json()["code"] == "agenda_awaits_agreement"
    assert secretariat.post(f"{address}/draft/offers", {}).json() == {"offered": 1}
    assert secretariat.post(f"{address}/draft/offers", {}).json() == {"offered": 0}
    place = f"{address}/participants/{other}/wishes"
    assert supplier.get(place).json()["offered"] == [town]
    supplier.put(place, {"wishes": [{"profile_id": town, "degree": "would_like"}]})
    assert secretariat.post(f"{address}/versions", {}).json()["number"] == 1
    [meeting] = supplier.get(f"{address}/participants/{other}/agenda").json()["meetings"]
    assert ([member["profile_id"] for member in meeting["members"]], meeting["people"]) == ([town], ["Ana"])


def test_a_meeting_is_moved_tried_first(
    city: Person, supplier: Person, secretariat: Person, service: Service, address: str
) -> None:
    town, one = joined(city, address, kind="local_government", name="Sogamoso")
    firm, other = joined(supplier, address)
    for someone, number, about in ((city, one, firm), (supplier, other, town)):
        someone.put(f"{address}/participants/{number}/wishes", {"wishes": [{"profile_id": about, "degree": "must"}]})
    solve(service, secretariat, address)
    draft = secretariat.get(f"{address}/draft").json()
    [placed] = draft["placed"]
    slot = next(slot["id"] for slot in secretariat.get(address).json()["slots"][0] if slot["id"] != placed["slot"])
    act = {"act": "move", "key": placed["key"], "slot": slot}
    tried = secretariat.post(f"{address}/draft/acts", act).json()
    assert (tried["participant_ids"], tried["fit_change"], tried["violations"]) == ([one, other], 0, [])
    assert secretariat.get(f"{address}/draft").json() == draft
    secretariat.post(f"{address}/draft/acts", act | {"is_trial": False})
    assert secretariat.get(f"{address}/draft").json()["placed"][0]["slot"] == slot
    wrong = act | {"slot": "2027-03-10T03:00"}
    assert secretariat.post(f"{address}/draft/acts", wrong).json()["code"] == "agenda_meeting_cannot"
    assert supplier.get(f"{address}/agenda").json()["code"] == "agenda_not_yours"


def test_three_are_brought_together_once_each_has_said_yes(
    city: Person, supplier: Person, secretariat: Person, service: Service, address: str
) -> None:
    third = person(city.client, service, role=Role.SUPPLIER, name="Eva")
    people = [(each, joined(each, address, name=name)[1])
              for each, name in ((city, "Uno"), (supplier, "Dos"), (third, "Tres"))]  # fmt: skip
    body = {"topic": "Agua", "participant_ids": [number for _, number in people]}
    group = secretariat.post(f"{address}/groups", body).json()["id"]
    solve(service, secretariat, address)
    assert secretariat.post(f"{address}/versions", {}).json()["code"] == "agenda_awaits_agreement"
    for each, number in people:
        said = each.put(f"{address}/participants/{number}/groups/{group}", {"is_coming": True}).json()
        assert said["groups"] == [{"id": group, "topic": "Agua", "is_coming": True}]
    assert secretariat.post(f"{address}/versions", {}).status_code == 201
    [meeting] = city.get(f"{address}/participants/{people[0][1]}/agenda").json()["meetings"]
    assert (meeting["topic"], len(meeting["members"])) == ("Agua", 2)


def test_candidates_are_read_in_as_many_statements_whatever_the_size(
    city: Person, supplier: Person, service: Service, address: str
) -> None:
    number = int(address.rsplit("/", 1)[1])
    counts = []
    for someone in (city, supplier):
        for name in ("Uno", "Dos"):
            joined(someone, address, name=f"{name} {someone.token[:4]}")
        with statements(service.database) as sent, service.database.reading() as session:
            ground_of(session, event_id=number, lists=lists())
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_nobody_registers_before_it_opens_or_after_it_closes(secretariat: Person, city: Person) -> None:
    late = EVENT | {"opens_at": (NOW + timedelta(days=1)).isoformat()}
    place = secretariat.post("/v1/events", late).headers["location"]
    secretariat.put(f"{place}/state", {"state": "open"})
    profile = new_profile(city)
    assert city.post(f"{place}/participants", {"profile_id": profile}).json()["code"] == "event_not_open"
    assert secretariat.post(f"{place}/participants", {"profile_id": profile}).status_code == 201


def test_a_sponsor_is_found_as_it_was_before_it_paid(
    city: Person, supplier: Person, secretariat: Person, service: Service, address: str
) -> None:
    owner = new_profile(city, name="Ciudad", kind="local_government", offers=[], experience=[], summary="Un municipio.")
    need = "encontrar las fugas que no se ven en la red de agua"
    best = "Sabemos encontrar las fugas que no se ven en la red de agua."
    less = "Cuidamos la red de agua de barrios enteros."
    joined(supplier, address, name="Fugas", offers=[{"text": best}], experience=[])
    _, number = joined(supplier, address, name="Redes", offers=[{"text": less}], experience=[])
    challenge = new_challenge(city, owner, needs=[need])
    drain(service)
    place, searched = f"{address}/participants/{number}", f"/v1/challenges/{challenge}/matches"
    before = [(match["profile"]["name"], match["strength"]) for match in city.get(searched).json()["matches"]]
    assert [name for name, _ in before] == ["Fugas", "Redes"]
    assert secretariat.put(place, {"sponsor": "Diamante"}).json()["sponsor"] == "Diamante"
    drain(service)
    assert [(match["profile"]["name"], match["strength"]) for match in city.get(searched).json()["matches"]] == before
