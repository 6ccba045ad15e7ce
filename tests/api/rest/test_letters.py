"""Answers by link, habits, bounces and the audit log through HTTP."""

from datetime import timedelta

import pytest

from api.letters.links import sign_answer
from api.wiring import Service, kept_secret
from matchmaker.accounts.models import OPERATOR, Account, Role
from matchmaker.audit.actions import record_act
from matchmaker.letters.addresses import digest_of, silences
from matchmaker.letters.models import LetterHabits
from tests.api.rest.callers import Person, person
from tests.factories import NOW
from tests.letters import account

HABITS = {"time_zone": "America/Lima", "quiet_from": 19, "quiet_until": 7, "unwanted": ["reminders"]}


def new_account(service: Service, **changes: object) -> int:
    with service.database.transaction() as session:
        return account(session, **changes).id or 0  # type: ignore[arg-type]


def token_of(
    service: Service,
    account_id: int | None,
    *,
    answer: str = "alerts",
    days: int = 1,
    kind: str = "unsubscribe",
    reader: str = "",
) -> str:
    return sign_answer(
        service.signing_key,
        kind=kind,
        subject_id=0,
        answer=answer,
        account_id=account_id,
        reader=reader,
        expires_at=NOW + timedelta(days=days),
    )


def unwanted(service: Service, account_id: int) -> list[str]:
    with service.database.reading() as session:
        row = session.get(LetterHabits, account_id)
        return [] if row is None else row.unwanted


def test_opening_a_link_does_nothing_and_confirming_it_does(anyone: Person, service: Service) -> None:
    number = new_account(service)
    address = f"/v1/answers/{token_of(service, number)}"
    for _ in range(3):
        told = anyone.get(address, accept_language="es").json()
        assert (told["is_done"], told["kind"], told["answer"]) == (False, "unsubscribe", "alerts")
        assert told["sentence"].startswith("No recibirá más mensajes de este tipo.")
    assert unwanted(service, number) == []
    done = anyone.client.post(
        address, content="List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert (done.status_code, done.json()["is_done"]) == (200, True)
    assert anyone.post(address, None).status_code == 200
    assert unwanted(service, number) == ["alerts"]
    assert done.headers["cache-control"] == "no-store"


def test_a_page_asks_a_person_to_confirm(anyone: Person, service: Service) -> None:
    number = new_account(service)
    address = f"/pt/answers/{token_of(service, number)}"
    page = anyone.get(address)
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert 'method="post"' in page.text
    assert unwanted(service, number) == []
    done = anyone.client.post(address)
    assert "Você não receberá mais mensagens deste tipo" in done.text
    assert unwanted(service, number) == ["alerts"]
    assert anyone.get("/pt/answers/forged").status_code == 404


@pytest.mark.parametrize("answer", ["access", "consent", "decisions", "rights", "", "all", "alert"])
def test_no_link_ends_necessary_letters(anyone: Person, service: Service, answer: str) -> None:
    number = new_account(service)
    address = f"/v1/answers/{token_of(service, number, answer=answer)}"
    assert (anyone.get(address).status_code, anyone.post(address, None).status_code) == (404, 404)
    assert unwanted(service, number) == []


def test_a_link_of_necessary_and_voluntary_letters_ends_the_voluntary_ones(anyone: Person, service: Service) -> None:
    number = new_account(service)
    anyone.post(f"/v1/answers/{token_of(service, number, answer='rights-alerts-reminders')}", None)
    assert unwanted(service, number) == ["reminders", "alerts"]


def test_links_that_are_old_forged_or_of_nobody_are_refused(anyone: Person, service: Service) -> None:
    number = new_account(service, ended_at=NOW)
    good = token_of(service, None, reader=digest_of("a@a.example"))
    with_other_key = sign_answer(
        "another key", kind="unsubscribe", subject_id=0, answer="alerts", account_id=number, expires_at=NOW
    )
    expected = {
        token_of(service, number, days=-1): (409, "answer_expired"),
        token_of(service, number): (404, "answer_unknown"),
        token_of(service, 10_000): (404, "answer_unknown"),
        token_of(service, None, kind="nothing_we_know"): (404, "answer_unknown"),
        with_other_key: (404, "answer_unknown"),
        good[:-1] + ("A" if good[-1] != "A" else "B"): (404, "answer_unknown"),
        "x" * 900: (404, "answer_unknown"),
        "%00%ff": (404, "answer_unknown"),
    }
    for token, (status, code) in expected.items():
        for answer in (anyone.get(f"/v1/answers/{token}"), anyone.post(f"/v1/answers/{token}", None)):
            assert (answer.status_code, answer.json()["code"]) == (status, code), token


def test_an_address_without_an_account_can_decline(anyone: Person, service: Service) -> None:
    digest = digest_of("gerencia@firma.example")
    token = token_of(service, None, answer="invitations", reader=digest)
    assert anyone.post(f"/v1/answers/{token}", None).status_code == 200
    with service.database.reading() as session:
        assert silences(session, ["gerencia@firma.example"]) == {"gerencia@firma.example": "declined"}


def test_habits_are_read_saved_and_checked(city: Person, anyone: Person) -> None:
    first = city.get("/v1/letters/habits")
    assert (first.json()["quiet_from"], first.json()["unwanted"]) == (20, [])
    assert first.json()["voluntary"] == ["proposals", "reminders", "alerts"]
    saved = city.put("/v1/letters/habits", HABITS, if_match=first.headers["etag"])
    assert saved.json() == {**HABITS, "voluntary": ["proposals", "reminders", "alerts"]}
    assert city.put("/v1/letters/habits", HABITS, if_match=first.headers["etag"]).status_code == 412
    for wrong, code in (
        ({"time_zone": "Mars"}, "time_zone_unknown"),
        ({"unwanted": ["consent"]}, "letters_necessary"),
        ({"unwanted": ["everything"]}, "invalid_input"),
        ({"quiet_from": 24}, "invalid_input"),
    ):
        refused = city.put("/v1/letters/habits", HABITS | wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (anyone.get("/v1/letters/habits").status_code, anyone.put("/v1/letters/habits", HABITS).status_code) == (
        401,
        401,
    )


def test_the_secretariat_notes_bounces_and_owners_renew(
    service: Service, secretariat: Person, city: Person, anyone: Person
) -> None:
    numbers = [new_account(service, address=f"{name}@x.example") for name in ("a", "b", "c")]
    for number in numbers:
        assert secretariat.post("/v1/letters/bounces", {"account_id": number}).json() == {"account_id": number}
    page = secretariat.get("/v1/letters/bounces?limit=2")
    assert [row["account_id"] for row in page.json()["bounces"]] == numbers[:2]
    rest = secretariat.get(page.headers["link"].partition(">")[0].strip("<"))
    assert [row["account_id"] for row in rest.json()["bounces"]] == numbers[2:]
    assert "@" not in page.text
    renewed = secretariat.post("/v1/letters/renewals", {"account_id": numbers[0]})
    assert renewed.json() == {"account_id": numbers[0], "had_bounced": True}
    assert city.post("/v1/letters/renewals", {"account_id": numbers[1]}).status_code == 404
    for caller, status in ((city, 403), (anyone, 401)):
        assert caller.get("/v1/letters/bounces").status_code == status
        assert caller.post("/v1/letters/bounces", {"account_id": numbers[1]}).status_code == status


def test_an_owner_renews_its_own_address(service: Service, city: Person, secretariat: Person) -> None:
    with service.database.transaction() as session:
        row = session.get_one(Account, 1)
        row.email = "ana@ciudad.example"
        session.add(row)
    assert secretariat.post("/v1/letters/bounces", {"account_id": 1}).status_code == 200
    assert city.post("/v1/letters/renewals", {"account_id": 1}).json() == {"account_id": 1, "had_bounced": True}
    assert city.post("/v1/letters/renewals", {"account_id": 1}).json() == {"account_id": 1, "had_bounced": False}


def test_administrators_alone_read_the_audit_log_page_by_page(service: Service, anyone: Person) -> None:
    with service.database.transaction() as session:
        for number in range(1, 4):
            record_act(session, acting=OPERATOR, act="role.give", subject="account", subject_id=number, now=NOW)
    people = {role: person(anyone.client, service, role=role) for role in Role}
    statuses = {role: caller.get("/v1/audit").status_code for role, caller in people.items()}
    assert statuses == dict.fromkeys(Role, 403) | {Role.ADMINISTRATOR: 200}
    assert anyone.get("/v1/audit").status_code == 401
    page = people[Role.ADMINISTRATOR].get("/v1/audit?limit=2&act=role.give")
    assert [entry["subject_id"] for entry in page.json()["entries"]] == [1, 2]
    rest = people[Role.ADMINISTRATOR].get(page.headers["link"].partition(">")[0].strip("<"))
    assert [entry["subject_id"] for entry in rest.json()["entries"]] == [3]
    assert people[Role.ADMINISTRATOR].get("/v1/audit?subject=profile").json() == {"entries": []}


def test_the_secret_of_a_machine_is_made_once_and_is_its_own(service: Service) -> None:
    path = service.settings.var_directory / "secret.key"
    first = service.signing_key
    assert kept_secret(path) == first
    assert len(first) > 40
    assert path.stat().st_mode & 0o777 == 0o600
