"""Introductions through HTTP, on both databases, with a clock that the test moves."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.introductions.models import Disclosure
from matchmaker.letters.models import Letter
from matchmaker.profiles.models import Visibility
from tests.api.conftest import NewService
from tests.api.rest.callers import EMAIL, Person, drain, new_challenge, new_profile, person, show
from tests.databases import Databases
from tests.factories import NOW, lesson_draft

CITY_EMAIL = "agua@ciudad.example"
MESSAGE = "Queremos oír cómo buscarían las fugas en El Carmen."
PRIVATE_WORDS = "No confiamos en sus plazos, zarigüeya."


@dataclass
class Place:
    """A service whose clock moves, with a city, a firm and the secretariat."""

    service: Service
    city: Person
    firm: Person
    secretariat: Person
    owner: int
    profile: int
    challenge: int
    days: float = 0

    def propose(self, who: Person, **changes: Any) -> Any:
        body = {"challenge_id": self.challenge, "profile_id": self.profile, "message": MESSAGE}
        return who.post("/v1/introductions", body | changes)

    def let_pass(self, days: float) -> None:
        self.days += days
        self.service.advance_introductions()

    def letters(self) -> list[tuple[str, str]]:
        """Who was written to, of which kind, in order."""
        with self.service.database.reading() as session:
            rows = session.exec(select(Letter, Account).where(Letter.account_id == Account.id).order_by(col(Letter.id)))
            return [(account.name, letter.kind) for letter, account in rows]


@pytest.fixture
def place(new_service: NewService, databases: Databases) -> Iterator[Place]:
    made: list[Place] = []
    first = new_service(DATABASE_URL=databases.migrated())
    service = replace(first, clock=lambda: NOW + timedelta(days=made[0].days if made else 0))
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as client:
        city = person(client, service, role=Role.CITY, name="Ana")
        firm = person(client, service, role=Role.SUPPLIER, name="Luís")
        rosa = person(client, service, role=Role.SECRETARIAT, name="Rosa")
        owner = new_profile(city, name="Ciudad", kind="local_government", email=CITY_EMAIL)
        made.append(
            Place(
                service, city, firm, rosa, owner=owner, profile=new_profile(firm), challenge=new_challenge(city, owner)
            )
        )
        yield made[0]
    service.close()


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_from_a_proposal_to_an_outcome(place: Place) -> None:
    address = _agree(place)
    _say_whether_they_met(place, address)
    _say_what_came_of_it(place, address)
    _tell_what_was_learned(place, address)
    assert place.letters() == [
        ("Luís", "introduction_proposed"),
        ("Ana", "introduction_question"),
        ("Luís", "introduction_question"),
        ("Ana", "introduction_answered_both_yes"),
        ("Luís", "introduction_answered_both_yes"),
        ("Ana", "meeting_met_question"),
        ("Luís", "meeting_met_question"),
        ("Ana", "outcome_question"),
        ("Luís", "outcome_question"),
        ("Ana", "lesson_asked"),
        ("Luís", "lesson_asked"),
    ]


def _agree(place: Place) -> str:
    proposed = place.propose(place.city)
    address = str(proposed.headers["location"])
    assert (proposed.status_code, proposed.json()["state"]) == (201, "waiting")
    assert code(place.firm.get(f"{address}/contacts")) == (409, "contacts_not_open")
    read = place.firm.get(address).json()
    assert (read["you_are"], read["message"], read["answers"][0]["answer"]) == ("profile", MESSAGE, "silent")
    assert "neither a preference nor an award" in read["notice"]
    place.firm.post(f"{address}/questions", {"text": "¿De qué año son las tuberías?"})
    place.city.put(f"{address}/questions/1/reply", {"text": "De 1978."})
    assert place.firm.get(address).json()["questions"][0]["reply"] == "De 1978."
    assert place.firm.put(f"{address}/answer", {"answer": "yes", "words": "Con gusto."}).json()["state"] == "open"
    for who, email in ((place.city, EMAIL), (place.firm, CITY_EMAIL)):
        contacts = who.get(f"{address}/contacts")
        assert (contacts.json()["email"], contacts.headers["cache-control"]) == (email, "no-store")
    assert code(place.secretariat.get(f"{address}/contacts")) == (403, "only_representatives")
    with place.service.database.reading() as session:
        received = sorted((row.to_profile_id, row.of_profile_id) for row in session.exec(select(Disclosure)))
    assert received == [(place.owner, place.profile), (place.profile, place.owner)]
    return address


def _say_whether_they_met(place: Place, address: str) -> None:
    place.let_pass(14)
    place.city.put(f"{address}/met", {"has_met": True})
    assert place.firm.put(f"{address}/met", {"has_met": False}).json()["meeting"]["result"] == "disputed"
    settled = place.secretariat.put(f"{address}/met/settled", {"has_met": True})
    assert settled.json()["meeting"] == {"said": {"owner": True, "profile": False}, "result": "met"}


def _say_what_came_of_it(place: Place, address: str) -> None:
    pilot, nothing = ({"days": 30, "outcome": outcome} for outcome in ("pilot", "nothing"))
    assert code(place.city.put(f"{address}/outcome", pilot)) == (409, "outcome_too_early")
    place.let_pass(16)
    place.city.put(f"{address}/outcome", pilot)
    assert place.firm.put(f"{address}/outcome", nothing).json()["confirmed"] == {}
    assert place.firm.put(f"{address}/outcome", pilot).json()["confirmed"] == {"30": "pilot"}
    assert code(place.firm.put(f"{address}/outcome", nothing)) == (409, "outcome_confirmed")
    found = place.secretariat.get("/v1/introductions/figures").json()
    assert (found["opened"], found["meetings"]["met"]) == (1, 1)
    assert (found["outcomes"], found["succeeded"]) == ({"30": {"pilot": 1}}, 1)


def _tell_what_was_learned(place: Place, address: str) -> None:
    words = lesson_draft().model_dump(mode="json", exclude_unset=True)
    told = place.city.post(f"{address}/lesson", words)
    assert (told.status_code, told.json()["origin"], told.json()["challenge_id"]) == (201, "outcome", place.challenge)
    assert place.city.get(address).json()["lesson_id"] == told.json()["id"]
    assert place.firm.get(address).json()["lesson_id"] is None
    assert code(place.city.post(f"{address}/lesson", words)) == (409, "lesson_told")


def test_no_lesson_of_an_outcome_is_told_before_both_confirm_one(place: Place) -> None:
    address = _agree(place)
    words = lesson_draft().model_dump(mode="json", exclude_unset=True)
    assert code(place.city.post(f"{address}/lesson", words)) == (409, "outcome_not_confirmed")
    place.let_pass(31)
    place.city.put(f"{address}/outcome", {"days": 30, "outcome": "nothing"})
    assert code(place.city.post(f"{address}/lesson", words)) == (409, "outcome_not_confirmed")
    assert code(place.secretariat.post(f"{address}/lesson", words)) == (403, "only_representatives")


def test_a_proposal_carries_the_reasons_of_the_match_whoever_proposes(place: Place) -> None:
    rules = {"kinds": ["company"], "per_week": 2}
    place.city.put(f"/v1/profiles/{place.owner}/asking-policy", rules)
    drain(place.service)
    address = place.propose(place.firm).headers["location"]
    seen = [who.get(address).json()["reasons"] for who in (place.city, place.firm)]
    assert seen[0] == seen[1]
    assert seen[0]["profile_version"] == 1
    quoted = [need["quotation"] for need in seen[0]["needs"]]
    assert quoted[0] == "Encontramos fugas que no se ven y marcamos dónde excavar."
    listed = place.city.get(f"/v1/challenges/{place.challenge}/matches").json()["matches"]
    [match] = [each for each in listed if each["profile"]["id"] == place.profile]
    assert quoted == [answer["quotation"] and answer["quotation"]["text"] for answer in match["answers"]]


def test_a_no_looks_like_silence_to_whoever_asked(place: Place) -> None:
    assert code(place.propose(place.firm)) == (403, "asking_not_allowed")
    rules = {"kinds": ["company"], "per_week": 2}
    assert place.city.put(f"/v1/profiles/{place.owner}/asking-policy", rules).status_code == 200
    other = new_challenge(place.city, place.owner, title="Otro desafío")
    refused = place.propose(place.firm).headers["location"]
    silent = place.propose(place.firm, challenge_id=other).headers["location"]
    before = place.firm.get(refused)

    body = {"answer": "no", "reason": "already_served", "words": PRIVATE_WORDS}
    assert code(place.city.put(f"{refused}/answer", body | {"reason": "other"})) == (422, "unknown_code")
    said = place.city.put(f"{refused}/answer", body)
    assert [each["words"] for each in said.json()["answers"]] == [PRIVATE_WORDS]
    after = place.firm.get(refused)
    assert (after.text, after.headers["etag"]) == (before.text, before.headers["etag"])

    place.let_pass(14)
    told = [place.firm.get(address).json() for address in (refused, silent)]
    assert [each["state"] for each in told] == ["did_not_come_about"] * 2
    differing = {key for key in told[0] if told[0][key] != told[1][key]}
    assert differing == {"id", "challenge_id", "challenge_title"}
    assert PRIVATE_WORDS not in place.firm.get(refused).text
    assert "already_served" not in place.firm.get(refused).text
    assert [kind for name, kind in place.letters() if name == "Luís"] == ["introduction_closed"] * 2
    assert [code(place.propose(place.firm, challenge_id=number)) for number in (place.challenge, other)] == [
        (409, "introduction_not_possible")
    ] * 2


def test_the_words_of_a_no_reach_the_other_side_when_their_writer_agrees(place: Place) -> None:
    address = place.propose(place.city).headers["location"]
    body = {"answer": "no", "reason": "no_capacity", "words": "Quizá en mayo.", "shares_words": True}
    place.firm.put(f"{address}/answer", body)
    told = place.city.get(address).json()
    assert (told["state"], told["answers"][1]["words"], told["answers"][1]["reason"]) == (
        "did_not_come_about",
        "Quizá en mayo.",
        "",
    )


def test_an_answer_to_what_has_been_edited_meanwhile_is_refused(place: Place) -> None:
    address = place.propose(place.city).headers["location"]
    tag = place.firm.get(address).headers["etag"]
    assert place.city.put(f"{address}/message", {"text": "Otro mensaje."}).json()["message"] == "Otro mensaje."
    stale = place.firm.put(f"{address}/answer", {"answer": "yes"}, If_Match=tag)
    assert code(stale) == (412, "stale")
    assert code(place.firm.put(f"{address}/message", {"text": "Mío."})) == (403, "not_your_introduction")


def test_an_answer_by_telephone_opens_nothing_until_confirmed(place: Place) -> None:
    address = place.propose(place.secretariat).headers["location"]
    place.city.put(f"{address}/answer", {"answer": "yes"})
    recorded = place.secretariat.put(f"{address}/recorded/profile", {"answer": "yes"})
    assert recorded.json()["answers"][1]["answer"] == "yes_to_confirm"
    assert recorded.json()["state"] == "waiting"
    assert code(place.firm.get(f"{address}/contacts")) == (409, "contacts_not_open")
    assert ("Luís", "introduction_recorded_by_phone") in place.letters()
    assert place.firm.post(f"{address}/undo", {}).json()["answers"][0]["answer"] == "silent"
    assert code(place.firm.post(f"{address}/undo", {})) == (409, "nothing_to_undo")
    place.secretariat.put(f"{address}/recorded/profile", {"answer": "yes"})
    assert place.firm.put(f"{address}/answer", {"answer": "yes"}).json()["state"] == "open"
    refused = place.city.put(f"{address}/recorded/profile", {"answer": "yes"})
    assert code(refused) == (403, "only_secretariat")


def test_a_stranger_finds_no_introduction(place: Place) -> None:
    address = place.propose(place.city).headers["location"]
    stranger = person(place.city.client, place.service, role=Role.SUPPLIER, name="Eva")
    new_profile(stranger, name="Otra")
    nobody = Person(place.city.client)
    for part in ("", "/contacts"):
        assert code(stranger.get(address + part)) == (404, "introduction_unknown")
        assert code(nobody.get(address + part)) == (401, "sign_in_needed")
    assert code(stranger.put(f"{address}/answer", {"answer": "yes"})) == (404, "introduction_unknown")
    assert stranger.get("/v1/introductions").json() == {"introductions": []}
    assert code(stranger.get("/v1/introductions/figures")) == (403, "only_secretariat")
    assert code(place.propose(stranger)) == (403, "not_your_introduction")


def test_a_profile_that_is_hidden_is_gone_and_the_rest_looks_like_waiting(place: Place) -> None:
    address = place.propose(place.city).headers["location"]
    place.firm.put(f"{address}/answer", {"answer": "not_now"})
    show(place.service, place.profile, Visibility.HIDDEN)
    place.let_pass(1)
    seen = place.city.get(address).json()
    assert (seen["state"], seen["profile"]) == ("waiting", None)
    assert place.city.get("/v1/introductions").json()["introductions"][0]["profile"] is None
    show(place.service, place.profile, Visibility.VISIBLE)
    place.firm.put(f"{address}/answer", {"answer": "yes"})
    assert place.city.get(address).json()["state"] == "waiting"
    place.let_pass(13)
    assert place.city.get(address).json()["state"] == "did_not_come_about"


def test_the_list_of_reasons_is_in_three_languages(place: Place) -> None:
    listed = place.firm.get("/v1/introductions/reasons").json()["reasons"]
    assert {tuple(sorted(reason["name"])) for reason in listed} == {("en", "es", "pt")}


def test_a_policy_is_read_by_all_but_for_what_is_nobodys_business(place: Place) -> None:
    address = f"/v1/profiles/{place.owner}/asking-policy"
    assert place.firm.get(address).json() == {
        "profile_id": place.owner,
        "kinds": [],
        "per_week": 0,
        "takes_none": False,
    }
    rules = {"kinds": ["company"], "per_week": 3, "takes_none": True}
    assert code(place.firm.put(address, rules)) == (403, "only_representatives")
    assert code(place.city.put(address, rules | {"kinds": ["wizard"]})) == (422, "unknown_code")
    assert place.city.put(address, rules).json() == {"profile_id": place.owner, **rules}
    assert place.firm.get(address).json()["takes_none"] is False
    assert code(place.propose(place.firm)) == (409, "introduction_not_possible")
