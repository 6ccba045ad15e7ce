"""Who acts for a member, who administers the alliance: through HTTP."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlmodel import col, select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.audit.models import AuditEntry
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, challenge_body, new_challenge, new_profile
from tests.api.rest.signing_in import ANA, Browser, letters, new_account, said_yes, signed_in_browser
from tests.databases import Databases

EVA, LUZ, ROSA = "eva@sogamoso.example", "luz@sogamoso.example", "rosa@alianza.example"


@pytest.fixture
def both(new_service: NewService, databases: Databases) -> Service:
    """A service on SQLite, and one on PostgreSQL."""
    return new_service(DATABASE_URL=databases.migrated())


@pytest.fixture
def app(both: Service) -> FastAPI:
    return create_app(both)


@pytest.fixture
def ana(both: Service, app: FastAPI) -> Browser:
    """Who represents member 1, a city with challenge 1."""
    new_account(both)
    browser = signed_in_browser(both, app)
    key = browser.post("/v1/tokens", {"label": "x", "scopes": ["read", "write"]}).json()["key"]
    own = Person(browser.client, key)
    new_challenge(own, new_profile(own, kind="local_government"))
    return browser


def join(service: Service, browser: Browser, address: str, part: str = "editor") -> int:
    """Asked, and willing; the number of the account."""
    assert add(browser, address, part).status_code == 200
    return said_yes(service, address)


def asked(browser: Browser) -> list[tuple[str, str]]:
    rows = browser.get("/v1/profiles/1/people/invitations").json()["invitations"]
    return [(row["email"], row["state"]) for row in rows]


def add(browser: Browser, address: str, part: str = "editor", profile_id: int = 1) -> Response:
    body = {"email": address, "name": address.partition("@")[0].title(), "part": part}
    return browser.post(f"/v1/profiles/{profile_id}/people", body)


def parts(browser: Browser) -> dict[str, str]:
    people = browser.get("/v1/profiles/1/people").json()["people"]
    return {row["email"]: row["part"] for row in people}


def acts(service: Service) -> list[tuple[str, int, dict[str, Any]]]:
    with service.database.reading() as session:
        rows = session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    return [(row.act, row.subject_id, row.codes) for row in rows]


def refusal(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_who_is_asked_counts_for_nothing_until_they_come_in_and_accept(
    both: Service, app: FastAPI, ana: Browser
) -> None:
    made = add(ana, EVA)
    assert (made.status_code, made.json()["part"], made.json()["state"]) == (200, "editor", "pending")
    assert (parts(ana), asked(ana)) == ({ANA: "representative"}, [(EVA, "pending")])
    assert [(letter.address, letter.subject_id) for letter in letters(both, "person_invited")] == [(EVA, 1)]
    eva = signed_in_browser(both, app, address=EVA)
    assert eva.get("/v1/me").json()["represents"] == []
    [row] = eva.get("/v1/me/invitations").json()["invitations"]
    assert (row["id"], row["profile_id"], row["part"]) == (made.json()["id"], 1, "editor")
    assert eva.post(f"/v1/me/invitations/{row['id']}/acceptance").status_code == 204
    assert eva.get("/v1/me").json()["represents"] == [{"profile_id": 1, "part": "editor"}]
    assert (parts(ana), asked(ana)) == ({ANA: "representative", EVA: "editor"}, [(EVA, "accepted")])
    number = eva.get("/v1/me").json()["account_id"]
    assert acts(both) == [
        ("person.invite", 1, {"invitation_id": 1, "part": "editor"}),
        ("person.add", 1, {"account_id": number, "part": "editor"}),
    ]
    again = eva.post(f"/v1/me/invitations/{row['id']}/refusal")
    assert refusal(again) == (404, "person_invitation_unknown")


@pytest.mark.parametrize("known", ["nobody", "account", "ended"])
def test_the_answer_does_not_tell_whether_an_address_has_an_account(both: Service, ana: Browser, known: str) -> None:
    if known != "nobody":
        number = new_account(both, address=EVA, name="Evangelina")
        with both.database.transaction() as session:
            session.get_one(Account, number).ended_at = both.clock() if known == "ended" else None
    body = add(ana, EVA).json()
    assert {key: value for key, value in body.items() if not key.endswith("_at")} == {
        "id": 1, "name": "Eva", "email": EVA, "part": "editor", "state": "pending", "leaving_id": None
    }  # fmt: skip
    assert asked(ana) == [(EVA, "pending")]


def test_an_invitation_is_declined_withdrawn_and_answered_by_nobody_else(
    both: Service, app: FastAPI, ana: Browser
) -> None:
    for address in (EVA, LUZ):
        new_account(both, address=address)
    eva, luz = (signed_in_browser(both, app, address=address) for address in (EVA, LUZ))
    first, second = (add(ana, address).json()["id"] for address in (EVA, LUZ))
    assert refusal(luz.post(f"/v1/me/invitations/{first}/acceptance")) == (404, "person_invitation_unknown")
    assert refusal(luz.delete(f"/v1/profiles/1/people/invitations/{second}")) == (403, "not_representative")
    assert refusal(luz.get("/v1/profiles/1/people/invitations")) == (403, "not_representative")
    assert eva.post(f"/v1/me/invitations/{first}/refusal").status_code == 204
    assert ana.delete(f"/v1/profiles/1/people/invitations/{second}").status_code == 204
    assert refusal(ana.delete(f"/v1/profiles/1/people/invitations/{second}"))[0] == 404
    assert refusal(luz.post(f"/v1/me/invitations/{second}/acceptance")) == (404, "person_invitation_unknown")
    assert (asked(ana), parts(ana)) == ([(LUZ, "withdrawn"), (EVA, "declined")], {ANA: "representative"})


def test_adding_again_changes_nothing_and_another_part_is_taken(both: Service, ana: Browser) -> None:
    assert add(ana, EVA).json()["id"] == add(ana, EVA).json()["id"]
    assert (len(acts(both)), len(letters(both, "person_invited"))) == (1, 1)
    said_yes(both, EVA)
    add(ana, EVA, "representative")
    assert parts(ana)[EVA] == "representative"
    assert add(ana, ANA, "editor").status_code == 200
    assert parts(ana) == {ANA: "editor", EVA: "representative"}


def test_an_editor_decides_on_nobody(both: Service, app: FastAPI, ana: Browser) -> None:
    join(both, ana, EVA)
    eva = signed_in_browser(both, app, address=EVA)
    me = ana.get("/v1/me").json()["account_id"]
    successor = {"email": LUZ, "name": "Luz"}
    refused = [
        add(eva, LUZ),
        add(eva, EVA, "representative"),
        eva.delete(f"/v1/profiles/1/people/{me}"),
        eva.post(f"/v1/profiles/1/people/{me}/successor", successor),
    ]
    assert {refusal(answer) for answer in refused} == {(403, "not_representative")}
    assert parts(eva) == {ANA: "representative", EVA: "editor"}


def test_a_stranger_neither_sees_nor_changes_people(both: Service, app: FastAPI, ana: Browser) -> None:
    new_account(both, address=LUZ)
    luz = signed_in_browser(both, app, address=LUZ)
    assert refusal(luz.get("/v1/profiles/1/people")) == (403, "not_your_profile")
    assert refusal(add(luz, LUZ)) == (403, "not_representative")
    assert refusal(add(luz, LUZ, profile_id=9)) == (404, "profile_unknown")
    assert Browser(app).get("/v1/profiles/1/people").status_code == 401
    assert parts(ana) == {ANA: "representative"}


def test_the_last_representative_stays_until_there_is_another(both: Service, app: FastAPI, ana: Browser) -> None:
    me = ana.get("/v1/me").json()["account_id"]
    join(both, ana, EVA)
    assert refusal(ana.delete(f"/v1/profiles/1/people/{me}")) == (409, "last_representative")
    assert refusal(add(ana, ANA, "editor")) == (409, "last_representative")
    add(ana, EVA, "representative")
    assert ana.delete(f"/v1/profiles/1/people/{me}").status_code == 204
    eva = signed_in_browser(both, app, address=EVA)
    assert parts(eva) == {EVA: "representative"}
    assert refusal(eva.delete(f"/v1/profiles/1/people/{me}")) == (404, "person_unknown")


def test_everyone_may_take_leave(both: Service, app: FastAPI, ana: Browser) -> None:
    number = join(both, ana, EVA)
    eva = signed_in_browser(both, app, address=EVA)
    assert eva.delete(f"/v1/profiles/1/people/{number}").status_code == 204
    assert parts(ana) == {ANA: "representative"}


def test_a_successor_takes_over_challenges_and_who_left_can_do_no_more(
    both: Service, app: FastAPI, ana: Browser
) -> None:
    me = ana.get("/v1/me").json()["account_id"]
    assert refusal(ana.post(f"/v1/profiles/1/people/{me}/successor", {"email": ANA, "name": "Ana"}))[0] == 409
    named = ana.post(f"/v1/profiles/1/people/{me}/successor", {"email": LUZ, "name": "Luz"})
    assert (named.status_code, named.json()["part"]) == (200, "representative")
    assert parts(ana) == {ANA: "representative"}
    heir = said_yes(both, LUZ)
    luz = signed_in_browser(both, app, address=LUZ)
    assert luz.put("/v1/challenges/1/status", {"status": "closed"}).status_code == 200
    assert refusal(ana.put("/v1/challenges/1/status", {"status": "open"}))[0] in {403, 404}
    assert refusal(ana.post("/v1/challenges", challenge_body(1))) == (403, "not_your_profile")
    assert acts(both)[-1] == ("successor.name", 1, {"account_id": me, "successor_id": heir})
    assert luz.get("/v1/me").json()["role"] == "city"


def test_the_secretariat_names_a_successor_where_nobody_else_can(both: Service, app: FastAPI, ana: Browser) -> None:
    me = ana.get("/v1/me").json()["account_id"]
    new_account(both, address=ROSA, role=Role.SECRETARIAT)
    rosa = signed_in_browser(both, app, address=ROSA)
    assert rosa.post(f"/v1/profiles/1/people/{me}/successor", {"email": LUZ, "name": "Luz"}).status_code == 200
    assert parts(rosa) == {ANA: "representative"}
    said_yes(both, LUZ)
    assert parts(rosa) == {LUZ: "representative"}


def test_a_token_changes_people_only_when_it_is_for_that(ana: Browser) -> None:
    keys = [
        ana.post("/v1/tokens", {"label": "x", "scopes": scopes}).json()["key"]
        for scopes in (["read", "write"], ["read", "write", "people"])
    ]
    body = {"email": EVA, "name": "Eva"}
    answers = [
        ana.client.post("/v1/profiles/1/people", json=body, headers={"Authorization": f"Bearer {key}"}) for key in keys
    ]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert answers[0].json()["code"] == "scope_missing"


def administrator(service: Service, app: FastAPI, address: str = ROSA) -> Browser:
    new_account(service, address=address, role=Role.ADMINISTRATOR, name="Rosa")
    return signed_in_browser(service, app, address=address)


@pytest.mark.parametrize("role", ["secretariat", "committee", "administrator"])
def test_an_administrator_appoints_someone_new(both: Service, app: FastAPI, role: str) -> None:
    rosa = administrator(both, app)
    made = rosa.post("/v1/accounts", {"email": EVA, "name": "Eva", "role": role, "language": "pt"})
    assert (made.status_code, made.json()["role"]) == (200, role)
    eva = signed_in_browser(both, app, address=EVA)
    assert (eva.get("/v1/me").json()["role"], eva.get("/v1/me").json()["language"]) == (role, "pt")
    listed = rosa.get(f"/v1/accounts?role={role}").json()["accounts"]
    assert EVA in {row["email"] for row in listed}
    assert acts(both)[-1][0] == "role.give"
    assert [letter.codes for letter in letters(both, "account_invited")] == [{"role": role}]


def test_a_role_taken_back_ends_with_the_next_request(both: Service, app: FastAPI) -> None:
    rosa = administrator(both, app)
    number = new_account(both, address=EVA, role=Role.ADMINISTRATOR)
    eva = signed_in_browser(both, app, address=EVA)
    assert eva.get("/v1/accounts").status_code == 200
    assert rosa.put(f"/v1/accounts/{number}/role", {"role": "supplier"}).status_code == 200
    assert refusal(eva.get("/v1/accounts")) == (403, "administrator_needed")


def test_there_is_always_an_administrator(both: Service, app: FastAPI) -> None:
    rosa = administrator(both, app)
    me = rosa.get("/v1/me").json()["account_id"]
    assert refusal(rosa.delete(f"/v1/accounts/{me}")) == (409, "last_administrator")
    assert refusal(rosa.put(f"/v1/accounts/{me}/role", {"role": "committee"})) == (409, "last_administrator")
    rosa.post("/v1/accounts", {"email": EVA, "name": "Eva", "role": "administrator"})
    assert rosa.delete(f"/v1/accounts/{me}").status_code == 204
    assert not rosa.is_signed_in()


def test_an_account_that_ends_stops_at_once(both: Service, app: FastAPI, ana: Browser) -> None:
    rosa = administrator(both, app)
    number = ana.get("/v1/me").json()["account_id"]
    key = ana.post("/v1/tokens", {"label": "x"}).json()["key"]
    waiting = Browser(app)
    waiting.ask()
    letter_before = letters(both)[-1]
    assert rosa.delete(f"/v1/accounts/{number}").status_code == 204
    assert rosa.delete(f"/v1/accounts/{number}").status_code == 204
    assert not ana.is_signed_in()
    assert ana.client.get("/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code == 401
    assert waiting.ask().status_code == 202
    assert letters(both)[-1].id == letter_before.id
    assert [act for act, _, _ in acts(both)].count("account.end") == 1
    again = rosa.post("/v1/accounts", {"email": ANA, "name": "Ana", "role": "committee"})
    assert refusal(again) == (409, "account_ended")


@pytest.mark.parametrize("role", [Role.CITY, Role.SUPPLIER, Role.SECRETARIAT, Role.COMMITTEE])
def test_accounts_are_for_administrators_alone(both: Service, app: FastAPI, role: Role) -> None:
    number = new_account(both, address=EVA, role=role)
    eva = signed_in_browser(both, app, address=EVA)
    refused = [
        eva.get("/v1/accounts"),
        eva.get(f"/v1/accounts/{number}"),
        eva.post("/v1/accounts", {"email": EVA, "name": "Eva", "role": "administrator"}),
        eva.put(f"/v1/accounts/{number}/role", {"role": "administrator"}),
        eva.delete(f"/v1/accounts/{number}"),
    ]
    assert {refusal(answer) for answer in refused} == {(403, "administrator_needed")}
    assert Browser(app).get("/v1/accounts").status_code == 401
