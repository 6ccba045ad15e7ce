"""Letters about rights, from real rows, and the answers of their links."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.letters.unsubscribing import unsubscribe_token
from matchmaker.accounts.models import OPERATOR, Account, Acting
from matchmaker.introductions.models import Disclosure
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.erasing import erase_due
from matchmaker.rights.following import of_the_letter, remind_of_requests
from matchmaker.rights.models import Consent, Request, Right, State, Subject
from matchmaker.rights.requests import answer_request, file_request
from tests.api.conftest import NewService
from tests.api.letters.scenes import LANGUAGES, Link, Scene, scene_of
from tests.databases import Databases

WORDS = "Nos llamamos Caudales S.A.S."


@pytest.fixture
def scene(new_service: NewService, databases: Databases) -> Iterator[Scene]:
    service = new_service(DATABASE_URL=databases.migrated(), public_url="https://alianza.example")
    scene = scene_of(service)
    yield scene
    scene.service.close()


@pytest.fixture
def client(scene: Scene) -> Iterator[TestClient]:
    with TestClient(create_app(scene.service), headers={"Accept-Language": "en"}) as opened:
        yield opened


def ask(scene: Scene, right: Right, *, subject: Subject = Subject.PROFILE) -> int:
    number = scene.numbers["profile" if subject is Subject.PROFILE else "firm"]
    draft = RequestDraft(right=right, subject=subject, subject_id=number, words=WORDS)
    with scene.service.database.transaction() as session:
        row = file_request(session, office=scene.service.rights_office(), acting=scene.acting("firm"), draft=draft)
        return row.id or 0


def step(scene: Scene, number: int, to: State, reason: str = "Leímos el registro.") -> None:
    office = scene.service.rights_office()
    with scene.service.database.transaction() as session:
        answer_request(session, office=office, acting=scene.acting("rosa"), request_id=number, to=to, reason=reason)


def state_of(scene: Scene, number: int) -> str:
    with scene.service.database.reading() as session:
        return session.get_one(Request, number).state


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_is_told_at_receipt_when_it_is_extended_due_and_answered(scene: Scene, language: str) -> None:
    number = ask(scene, Right.CORRECT)
    received = scene.said("rights_received", "firm", language)
    assert "Ley 1581" in received
    assert "2027" in received
    step(scene, number, State.EXTENDED)
    assert "Leímos el registro." in scene.said("rights_extended", "firm", language)
    scene.pass_days(40)
    with scene.service.database.transaction() as session:
        remind_of_requests(session, office=scene.service.rights_office())
    assert "(Col" in scene.said("rights_due", "rosa", language)
    step(scene, number, State.REFUSED, "El registro dice otra cosa.")
    assert "El registro dice otra cosa." in scene.said("rights_answered", "firm", language)
    assert scene.is_cancelled("rights_due", "rosa")
    assert scene.is_cancelled("rights_extended", "firm")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_copy_is_ready_at_once_with_the_address_where_it_lies(scene: Scene, language: str) -> None:
    ask(scene, Right.ACCESS)
    said = scene.said("data_export_ready", "firm", language)
    assert f"https://alianza.example/v1/rights/export?subject=profile&subject_id={scene.numbers['profile']}" in said


def test_whoever_has_the_letter_proves_that_it_was_them(scene: Scene, client: TestClient) -> None:
    number = ask(scene, Right.OBJECT)
    step(scene, number, State.IDENTITY_ASKED)
    link = Link(client, scene.token("rights_identity_asked", "firm"))
    assert link.open().json()["sentence"] == "Confirmará que esta solicitud es suya: oposición a un uso de los datos."
    assert state_of(scene, number) == State.IDENTITY_ASKED
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    assert state_of(scene, number) == State.RECEIVED
    assert scene.is_cancelled("rights_identity_asked", "firm")


def test_a_blocked_person_undoes_the_erasure_by_the_link_of_its_letter(scene: Scene, client: TestClient) -> None:
    number = ask(scene, Right.ERASE, subject=Subject.ACCOUNT)
    assert "Sensores" not in scene.said("rights_received", "nobody")
    assert "Caudales" in scene.said("member_silent", "rosa")
    link = Link(client, scene.token("rights_received", "nobody"))
    assert link.open().status_code == 200
    assert state_of(scene, number) == State.RECEIVED
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    assert state_of(scene, number) == State.WITHDRAWN
    with scene.service.database.reading() as session:
        assert session.get_one(Account, scene.numbers["firm"]).ended_at is None
        assert session.get_one(Profile, scene.numbers["profile"]).visibility == Visibility.VISIBLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_received_a_contact_is_told_that_it_was_erased_and_not_whose(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        session.add(
            Disclosure(
                introduction_id=1, to_account_id=scene.numbers["city"], to_profile_id=scene.numbers["owner"],
                of_profile_id=scene.numbers["profile"], disclosed_at=scene.now,
            )
        )  # fmt: skip
    ask(scene, Right.ERASE)
    scene.pass_days(6)
    office = scene.service.rights_office()
    with scene.service.database.transaction() as session:
        assert erase_due(session, acting=OPERATOR, retention=office.retention, now=office.now) == 1
    told = scene.said("rights_contact_changed", "city", language)
    assert "Caudales" not in told
    assert "2027" in told
    done = scene.said("erasure_done", "firm", language)
    assert {"es": "consentimientos", "pt": "consentimentos", "en": "consents"}[language] in done


def test_an_unsubscription_is_a_withdrawal_in_the_ledger(scene: Scene, client: TestClient) -> None:
    letters = [
        Letter(kind=kind, account_id=scene.numbers["firm"], not_before=scene.now, created_at=scene.now)
        for kind in ("alert_digest", "introduction_reminder")
    ]
    reader = Reader("luis@lugar.example", account_id=scene.numbers["firm"])
    token = unsubscribe_token(scene.service.signing_key, letters, reader)
    assert Link(client, token).confirm().status_code == 200
    with scene.service.database.reading() as session:
        ledger = session.exec(select(Consent)).all()
    assert [(row.purpose, row.is_granted, row.channel) for row in ledger] == [("alerts", False, "letter")]


def test_a_link_of_a_letter_speaks_for_nobody_else(scene: Scene) -> None:
    number = ask(scene, Right.BLOCK)
    with scene.service.database.reading() as session:
        assert of_the_letter(session, request_id=number, acting=Acting()) == Acting()
