"""Rights through HTTP: used by the person or who speaks for a member, answered by the secretariat."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.rounds import erase_once, follow_once, tend_once
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.introductions.models import Disclosure
from matchmaker.letters.models import Letter, LetterHabits
from matchmaker.matching.models import Showing
from matchmaker.profiles.models import Profile
from tests.api.conftest import NewService
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, person, profile_body
from tests.databases import Databases
from tests.factories import NOW


@dataclass
class Office:
    """A city with a challenge, a firm that answers it, a stranger and the secretariat."""

    client: TestClient
    service: Service
    city: Person
    firm: Person
    stranger: Person
    rosa: Person
    firm_id: int
    challenge_id: int

    def account_of(self, who: Person) -> int:
        return int(who.get("/v1/me").json()["account_id"])

    def ask(self, who: Person, right: str, **changes: Any) -> dict[str, Any]:
        body = {"right": right, "subject": "profile", "subject_id": self.firm_id} | changes
        answer = who.post("/v1/rights/requests", body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def step(self, number: int, to: str, reason: str = "Lo leímos.") -> dict[str, Any]:
        answer = self.rosa.post(f"/v1/rights/requests/{number}/steps", {"to": to, "reason": reason})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    @contextmanager
    def after(self, **passed: float) -> Iterator[Service]:
        """The same service, so much later."""
        later = replace(self.service, clock=lambda: NOW + timedelta(**passed))
        yield later
        later.close()

    def kinds(self) -> list[str]:
        with self.service.database.reading() as session:
            return sorted(session.exec(select(Letter.kind)).all())


@pytest.fixture
def office(new_service: NewService, databases: Databases) -> Iterator[Office]:
    service = new_service(DATABASE_URL=databases.migrated())
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as client:
        people = [
            person(client, service, role=role, name=name)
            for role, name in (
                (Role.CITY, "Ana"), (Role.SUPPLIER, "Luís"), (Role.SUPPLIER, "Eva"), (Role.SECRETARIAT, "Rosa")
            )
        ]  # fmt: skip
        city, firm, stranger, rosa = people
        city_id = new_profile(city, kind="local_government", name="Sogamoso", offers=[], email="")
        firm_id = new_profile(firm)
        challenge_id = new_challenge(city, city_id)
        drain(service)
        yield Office(client, service, city, firm, stranger, rosa, firm_id, challenge_id)


def test_a_request_is_answered_within_the_term_of_the_law_and_told_by_letter(office: Office) -> None:
    made = office.ask(office.firm, "correct", words="Somos Fugas S.A.S.")
    assert (made["state"], made["law"], made["article"]) == ("received", "Ley 1581 de 2012", "art. 15, 3")
    assert made["due_at"].startswith("2027-02-01")  # fifteen working days after Monday, the eleventh of January
    done = office.step(made["id"], "done", "Corregimos el nombre.")
    assert (done["state"], done["answer"]) == ("done", "Corregimos el nombre.")
    assert office.kinds() == ["rights_answered", "rights_received"]
    with office.service.database.reading() as session:
        acts = [row.act for row in session.exec(select(AuditEntry)).all() if row.subject == "rights_request"]
    assert acts == ["request_received", "request_done"]


def test_only_the_person_its_representative_and_the_office_see_or_make_a_request(office: Office) -> None:
    made = office.ask(office.firm, "object", words="No queremos ser ordenados.")
    assert office.stranger.get(f"/v1/rights/requests/{made['id']}").status_code == 404
    assert office.stranger.post(f"/v1/rights/requests/{made['id']}/withdrawal", None).status_code == 404
    assert office.stranger.get("/v1/rights/requests").json() == {"requests": []}
    assert [row["id"] for row in office.rosa.get("/v1/rights/requests").json()["requests"]] == [made["id"]]
    body = {"right": "block", "subject": "profile", "subject_id": office.firm_id}
    assert office.stranger.post("/v1/rights/requests", body).status_code == 403
    step = office.firm.post(f"/v1/rights/requests/{made['id']}/steps", {"to": "done", "reason": "Sí."})
    assert step.status_code == 403
    assert Person(office.client).get("/v1/rights/requests").status_code == 401


def test_what_is_due_is_brought_before_the_secretariat_and_then_what_is_late(office: Office) -> None:
    with office.service.database.transaction() as session:
        row = session.exec(select(Account).where(Account.name == "Rosa")).one()
        row.email = "rosa@alianza.example"
        session.add(row)
    number = office.ask(office.firm, "correct", words="El nombre.")["id"]
    counted = []
    for days in (18, 19.1, 22, 22):
        with office.after(days=days) as later:
            tend_once(later)
        counted.append(office.kinds().count("rights_due"))
    assert counted == [0, 1, 2, 2]
    assert office.rosa.get("/v1/rights/requests?which=overdue").json()["requests"] == []
    with office.after(days=22) as late, TestClient(create_app(late)) as client:
        shown = Person(client, office.rosa.token).get("/v1/rights/requests?which=overdue").json()["requests"]
    assert [(row["id"], row["is_overdue"]) for row in shown] == [(number, True)]


def test_a_term_is_extended_once_and_only_where_the_law_allows(office: Office) -> None:
    made = office.ask(office.firm, "correct", words="El nombre.")
    longer = office.step(made["id"], "extended", "Falta el registro mercantil.")
    assert longer["due_at"].startswith("2027-02-11")  # eight working days more
    again = office.rosa.post(f"/v1/rights/requests/{made['id']}/steps", {"to": "extended", "reason": "Otra vez."})
    assert (again.status_code, again.json()["code"]) == (409, "request_step")
    here = office.ask(office.firm, "correct", words="El nombre.", country="UY")
    refused = office.rosa.post(f"/v1/rights/requests/{here['id']}/steps", {"to": "extended", "reason": "Más."})
    assert (refused.status_code, refused.json()["code"]) == (409, "request_not_extendable")


def test_a_block_takes_effect_at_once_and_is_taken_back_by_who_asked(office: Office) -> None:
    made = office.ask(office.firm, "block")
    assert made["state"] == "done"
    assert office.stranger.get(f"/v1/profiles/{office.firm_id}").status_code == 404
    back = office.firm.post(f"/v1/rights/requests/{made['id']}/withdrawal", None)
    assert back.json()["state"] == "withdrawn"
    assert office.stranger.get(f"/v1/profiles/{office.firm_id}").status_code == 200


def test_whoever_is_to_be_erased_stays_hidden_whatever_admission_decides_meanwhile(office: Office) -> None:
    made = office.ask(office.firm, "erase")
    again = office.ask(office.firm, "erase")
    assert again["id"] == made["id"]
    body = {"reason": "Se suspendió por error."}
    office.rosa.post(f"/v1/members/{office.firm_id}/suspension", body)
    office.rosa.post(f"/v1/members/{office.firm_id}/reinstatement", body)
    assert office.stranger.get(f"/v1/profiles/{office.firm_id}").status_code == 404
    with office.after(days=6) as later:
        assert erase_once(later) == 1
    with office.service.database.reading() as session:
        assert session.get(Profile, office.firm_id) is None
    assert office.rosa.get(f"/v1/rights/requests/{made['id']}").json()["state"] == "done"
    assert "erasure_done" in office.kinds()


def test_the_copy_is_a_zip_with_what_it_leaves_out_and_why(office: Office) -> None:
    made = office.ask(office.firm, "access")
    assert (made["state"], made["law"]) == ("done", "Ley 1581 de 2012")
    answer = office.firm.get(f"/v1/rights/export?subject=profile&subject_id={office.firm_id}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        about = json.loads(archive.read("about.json"))
        assert {"profile.json", "profile.csv", "rights_request.json"} <= set(archive.namelist())
    assert set(about["withheld"]) == {
        "conflict", "event_suggestion", "agenda_paper", "working_agenda", "profiles_apart", "challenges_apart",
    }  # fmt: skip
    assert all(about["told_in_part"].values())
    other = office.stranger.get(f"/v1/rights/export?subject=profile&subject_id={office.firm_id}")
    assert other.status_code == 403


def test_a_withdrawn_consent_has_effect_and_both_words_stay_in_the_ledger(office: Office) -> None:
    alert = {"profile_id": office.firm_id, "name": "Agua", "text": "fugas de agua"}
    number = office.firm.post("/v1/alerts", alert).json()["id"]
    address = office.firm.post(f"/v1/alerts/{number}/feed", None).json()["address"]
    path = address[address.index("/v1/") :]
    assert office.client.get(path).status_code == 200
    for is_granted in (True, False):
        told = office.firm.post("/v1/rights/consents", {"purpose": "alerts", "is_granted": is_granted}).json()
    assert [row["is_granted"] for row in told["ledger"]] == [True, False]
    assert {row["channel"] for row in told["ledger"]} == {"api"}
    assert [one["code"] for one in told["necessary"]] == ["service", "integrity"]
    assert office.client.get(path).status_code == 404
    assert office.firm.get(f"/v1/alerts/{number}").json()["is_paused"]
    with office.service.database.reading() as session:
        assert session.exec(select(LetterHabits.unwanted)).all() == [["alerts"]]
    necessary = office.firm.post("/v1/rights/consents", {"purpose": "service", "is_granted": False})
    assert (necessary.status_code, necessary.json()["code"]) == (409, "purpose_necessary")


def test_the_notice_speaks_the_callers_language_and_names_versions(office: Office) -> None:
    told = [
        office.client.get("/v1/rights/notice", headers={"Accept-Language": language}).json()["sections"][0]["title"]
        for language in ("es", "pt", "en")
    ]
    assert told == ["Qué ordena una máquina", "O que uma máquina ordena", "What a machine ranks"]
    assert office.client.get("/v1/rights/notice").json()["ranking"]
    terms = office.client.get("/v1/rights/deadlines").json()
    assert {"BR", "CO", "MX", "AR", "CL", "PE", "UY", "EC", "CR", "PA", "ES"} <= {
        country for law in terms["laws"] for country in law["countries"]
    }


def test_a_ranking_is_explained_from_its_record_and_reviewed_by_a_person(office: Office) -> None:
    assert office.city.get(f"/v1/challenges/{office.challenge_id}/matches").status_code == 200
    [ranking] = office.firm.get(f"/v1/rights/rankings?profile_id={office.firm_id}").json()["rankings"]
    assert (ranking["place"], ranking["challenge_id"]) == (1, office.challenge_id)
    assert any(sentence and "fugas" in sentence for sentence in ranking["quoted"])
    assert ranking["model"]
    assert "account_id" not in ranking
    assert office.stranger.get(f"/v1/rights/rankings?profile_id={office.firm_id}").status_code == 403
    made = office.ask(office.firm, "review", showing_id=ranking["showing_id"], words="¿Por qué?")
    record = office.rosa.get(f"/v1/rights/requests/{made['id']}/rankings").json()["rankings"]
    assert record == [ranking]
    office.step(made["id"], "done", "La lista es correcta: una frase responde a la primera necesidad.")
    assert "rights_answered" in office.kinds()
    with office.service.database.reading() as session:
        foreign = (session.exec(select(Showing.id).order_by(Showing.id.desc())).first() or 0) + 1  # type: ignore[union-attr]
    body = {"right": "review", "subject": "profile", "subject_id": office.firm_id, "showing_id": foreign}
    assert office.firm.post("/v1/rights/requests", body).status_code == 404


def test_everyone_reads_who_received_their_contact_and_whose_they_received(office: Office) -> None:
    with office.service.database.transaction() as session:
        received = Disclosure(
            introduction_id=7, to_account_id=office.account_of(office.city), to_profile_id=1,
            of_profile_id=office.firm_id, disclosed_at=NOW,
        )  # fmt: skip
        session.add(received)
    told = {
        name: [row["of_profile_id"] for row in who.get("/v1/rights/disclosures").json()["disclosures"]]
        for name, who in vars(office).items()
        if isinstance(who, Person)
    }
    assert told == {"city": [office.firm_id], "firm": [office.firm_id], "stranger": [], "rosa": [office.firm_id]}
    only = office.firm.get(f"/v1/rights/disclosures?profile_id={office.firm_id}").json()["disclosures"]
    assert [row["to_account_id"] for row in only] == [office.account_of(office.city)]
    assert office.stranger.get(f"/v1/rights/disclosures?profile_id={office.firm_id}").status_code == 403


def test_challenges_leave_the_feeds_of_others_when_their_owner_says_so(office: Office) -> None:
    alert = {"profile_id": office.firm_id, "name": "Agua", "text": "fugas de agua que no se ven"}
    number = office.firm.post("/v1/alerts", alert).json()["id"]
    follow_once(office.service)

    def found() -> list[int]:
        told = office.firm.get(f"/v1/alerts/{number}/findings").json()["findings"]
        return [row["challenge"]["id"] for row in told]

    assert found() == [office.challenge_id]
    for is_granted, expected in ((False, []), (True, [office.challenge_id])):
        office.city.post("/v1/rights/consents", {"purpose": "feeds", "is_granted": is_granted})
        assert found() == expected


def test_a_confirmed_conflict_leaves_no_trace_in_the_lists_in_which_one_was_shown(office: Office) -> None:
    office.city.get(f"/v1/challenges/{office.challenge_id}/matches")
    address = f"/v1/rights/rankings?profile_id={office.firm_id}"
    assert len(office.firm.get(address).json()["rankings"]) == 1
    city_id = office.city.get("/v1/me").json()["represents"][0]["profile_id"]
    office.city.post(f"/v1/profiles/{city_id}/conflicts", {"with_profile_id": office.firm_id, "nature": "family"})
    [conflict] = office.rosa.get("/v1/conflicts?state=unknown").json()["conflicts"]
    office.rosa.post(f"/v1/conflicts/{conflict['id']}/decision", {"decision": "confirmed", "reason": "Leído."})
    assert office.firm.get(address).json()["rankings"] == []


def test_a_sentence_that_was_changed_since_is_quoted_no_more(office: Office) -> None:
    office.city.get(f"/v1/challenges/{office.challenge_id}/matches")
    address = f"/v1/rights/rankings?profile_id={office.firm_id}"
    [before] = office.firm.get(address).json()["rankings"]
    body = profile_body(summary="Ahora pintamos puentes.", offers=[], experience=[])
    assert office.firm.put(f"/v1/profiles/{office.firm_id}", body).status_code == 200
    [after] = office.firm.get(address).json()["rankings"]
    assert any(before["quoted"])
    assert not any(after["quoted"])
    assert (after["points"], after["profile_version"]) == (before["points"], before["profile_version"])
