"""Letters about introductions and the answers of their links, from real rows."""

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from api.app import create_app
from api.letters.answers_of_introductions import UNSAID_REASON
from api.letters.links import sign_answer
from api.letters.sending import send_letters
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.introductions import answering, meeting, proposing, telephone
from matchmaker.introductions.advancing import advance_one
from matchmaker.introductions.drafts import AnswerDraft, ProposalDraft
from matchmaker.introductions.models import (
    ConfirmedOutcome,
    Disclosure,
    Introduction,
    IntroductionSide,
    OutcomeReport,
    Side,
    Word,
)
from matchmaker.profiles.models import Representation
from tests.api.conftest import NewService
from tests.api.letters.conftest import left, text_of
from tests.api.letters.scenes import LANGUAGES, Link, Scene, code, scene_of
from tests.api.rest.callers import new_challenge, new_profile, person
from tests.databases import Databases
from tests.factories import NOW

MESSAGE = "Queremos oír cómo buscarían las fugas en El Carmen."
YES = AnswerDraft(answer=Word.YES)
TITLE = "La mitad del agua se pierde"


@pytest.fixture
def scene(new_service: NewService, databases: Databases) -> Iterator[Scene]:
    service = new_service(
        DATABASE_URL=databases.migrated(), public_url="https://alianza.example",
        letters_from="Alianza <cartas@alianza.example>",
    )  # fmt: skip
    scene = scene_of(service)
    yield scene
    scene.service.close()


@pytest.fixture
def client(scene: Scene) -> Iterator[TestClient]:
    with TestClient(create_app(scene.service), headers={"Accept-Language": "en"}) as opened:
        yield opened


def do(scene: Scene, act: Callable[..., Any], who: str, number: int = 1, **values: Any) -> Any:
    office, acting = scene.service.introduction_office(), scene.acting(who)
    with scene.service.database.transaction() as session:
        return act(session, office=office, acting=acting, introduction_id=number, **values)


def propose(scene: Scene, who: str = "city") -> None:
    draft = ProposalDraft(challenge_id=scene.numbers["challenge"], profile_id=scene.numbers["profile"], message=MESSAGE)
    with scene.service.database.transaction() as session:
        proposing.propose(session, office=scene.service.introduction_office(), acting=scene.acting(who), draft=draft)


def opened(scene: Scene) -> None:
    propose(scene)
    do(scene, answering.answer, "firm", draft=YES)


def advance(scene: Scene, days: float) -> None:
    scene.pass_days(days)
    with scene.service.database.transaction() as session:
        advance_one(session, office=scene.service.introduction_office(), introduction_id=1)


def side(scene: Scene, which: Side = Side.PROFILE) -> IntroductionSide:
    with scene.service.database.reading() as session:
        return session.get_one(IntroductionSide, (1, which))


def posted(service: Service) -> list[EmailMessage]:
    """What lies in the folder once letters were sent."""
    send_letters(service)
    return left(service)


def phase(session: Session) -> str:
    return session.exec(select(Introduction.phase)).one()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_names_who_what_and_until_when(scene: Scene, language: str) -> None:
    propose(scene)
    said = scene.said("introduction_proposed", "firm", language)
    assert "Sogamoso" in said
    assert TITLE in said
    assert MESSAGE in said
    assert "2027" in said
    assert f"https://alianza.example/{language}/introductions/1" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretariat_proposes_in_its_own_name(scene: Scene, language: str) -> None:
    propose(scene, "rosa")
    said = [scene.said("introduction_proposed", who, language).splitlines()[0] for who in ("city", "firm")]
    names = {"es": "La secretaría de la alianza", "pt": "A secretaria da aliança", "en": "The secretariat"}
    assert all(line.startswith(names[language]) for line in said)
    assert "Fugas y Caudales" in said[0]
    assert "Sogamoso" in said[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_until_contacts_are_open_and_after(scene: Scene, language: str) -> None:
    propose(scene)
    do(scene, answering.ask, "firm", text="¿De qué año son las tuberías?")
    assert "¿De qué año son las tuberías?" in scene.said("introduction_question", "city", language)
    do(scene, answering.reply, "city", question_id=1, text="De 1978.")
    assert "De 1978." in scene.said("introduction_question", "firm", language)
    advance(scene, 11.5)
    assert TITLE in scene.said("introduction_reminder", "firm", language)
    draft = AnswerDraft(answer=Word.NOT_NOW)
    do(scene, telephone.record_by_phone, "rosa", side=Side.PROFILE, draft=draft)
    words = {"es": "ahora no", "pt": "agora não", "en": "not now"}
    assert words[language] in scene.said("introduction_recorded_by_phone", "firm", language)
    do(scene, answering.answer, "firm", draft=YES)
    said = scene.said("introduction_answered_both_yes", "firm", language)
    assert "Sogamoso" in said
    assert "@" not in said.replace("cartas@alianza.example", "")
    advance(scene, 14)
    assert "Sogamoso" in scene.said("meeting_met_question", "firm", language)
    advance(scene, 16)
    assert re.search(r"\b30\b", scene.said("outcome_question", "firm", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_no_are_told_only_when_shared(scene: Scene, language: str) -> None:
    propose(scene)
    draft = AnswerDraft(answer=Word.NO, reason="no_capacity", words="Nos falta gente.", shares_words=True)
    do(scene, answering.answer, "firm", draft=draft)
    assert "Nos falta gente." in scene.said("introduction_closed", "city", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_silent_no_and_silence_read_alike(scene: Scene, language: str) -> None:
    propose(scene)
    draft = AnswerDraft(answer=Word.NO, reason="no_capacity", words="zarigüeya")
    do(scene, answering.answer, "firm", draft=draft)
    assert scene.letters("introduction_closed") == []
    advance(scene, 15)
    assert "zarigüeya" not in scene.said("introduction_closed", "city", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_kept_silent_learns_that_time_is_over(scene: Scene, language: str) -> None:
    propose(scene)
    advance(scene, 15)
    assert TITLE in scene.said("introduction_expired", "firm", language)


def test_a_proposal_that_was_taken_back_is_not_sent(scene: Scene) -> None:
    propose(scene)
    do(scene, proposing.withdraw, "city")
    assert scene.is_cancelled("introduction_proposed", "firm")
    assert {str(message["Subject"]) for message in scene.sent()} == {"Una propuesta quedó cerrada"}


def test_letters_that_lost_their_sense_are_not_sent(scene: Scene) -> None:
    opened(scene)
    assert scene.is_cancelled("introduction_proposed", "firm")
    advance(scene, 30)
    do(scene, meeting.say_met, "firm", has_met=True)
    assert scene.is_cancelled("meeting_met_question", "firm")
    assert not scene.is_cancelled("meeting_met_question", "city")
    scene.demote("city")
    assert scene.is_cancelled("outcome_question", "city")


def test_opening_a_link_changes_nothing_and_confirming_it_twice_says_it_once(scene: Scene, client: TestClient) -> None:
    propose(scene)
    link = Link(client, scene.token("introduction_proposed", "firm"))
    for _ in range(3):
        told = link.open()
        assert (told.status_code, told.json()["is_done"]) == (200, False)
        assert TITLE in told.json()["sentence"]
    assert side(scene).word == Word.SILENT
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    with scene.service.database.reading() as session:
        assert phase(session) == "open"
    assert len(scene.letters("introduction_answered_both_yes")) == 2


@pytest.mark.parametrize(("place", "word", "reason"), [(1, Word.NOT_NOW, ""), (2, Word.NO, UNSAID_REASON)])
def test_a_refusal_by_link_tells_the_other_side_nothing(
    scene: Scene, client: TestClient, place: int, word: Word, reason: str
) -> None:
    propose(scene)
    link = Link(client, scene.token("introduction_proposed", "firm", place))
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    found = side(scene)
    assert (found.word, found.reason, found.words) == (word, reason, "")
    assert [row.kind for row in scene.letters()] == ["introduction_proposed"]


def test_a_link_leaves_words_of_the_page_alone(scene: Scene, client: TestClient) -> None:
    propose(scene)
    link = Link(client, scene.token("introduction_proposed", "firm", 2))
    do(scene, answering.answer, "firm", draft=AnswerDraft(answer=Word.NO, reason="no_budget", words="Quizá en 2028."))
    assert link.confirm().status_code == 200
    assert (side(scene).reason, side(scene).words) == ("no_budget", "Quizá en 2028.")


def test_whoever_no_longer_speaks_for_the_side_is_refused(scene: Scene, client: TestClient) -> None:
    propose(scene)
    link = Link(client, scene.token("introduction_proposed", "firm"))
    scene.demote("firm")
    assert code(link.open()) == (404, "introduction_unknown")
    assert code(link.confirm()) == (404, "introduction_unknown")
    with scene.service.database.transaction() as session:
        session.add(Representation(account_id=scene.numbers["firm"], profile_id=scene.numbers["owner"]))
    assert code(link.confirm()) == (404, "introduction_unknown")
    assert side(scene).word == Word.SILENT


def test_links_say_clearly_that_it_is_too_late(scene: Scene, client: TestClient) -> None:
    propose(scene)
    link = Link(client, scene.token("introduction_proposed", "firm"))
    advance(scene, 15)
    assert code(link.open()) == (409, "introduction_over")
    assert code(link.confirm()) == (409, "introduction_over")
    scene.pass_days(16)
    assert code(link.open()) == (409, "answer_expired")
    assert side(scene).word == Word.SILENT


def test_an_answer_by_telephone_is_undone_by_link(scene: Scene, client: TestClient) -> None:
    propose(scene)
    do(scene, telephone.record_by_phone, "rosa", side=Side.PROFILE, draft=AnswerDraft(answer=Word.NOT_NOW))
    link = Link(client, scene.token("introduction_recorded_by_phone", "firm"))
    assert link.open().json()["is_done"] is False
    assert side(scene).word == Word.NOT_NOW
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    assert (side(scene).word, side(scene).recorded_at) == (Word.SILENT, None)
    do(scene, answering.answer, "firm", draft=AnswerDraft(answer=Word.NOT_NOW))
    assert code(link.confirm()) == (409, "nothing_to_undo")


def test_whether_they_met_is_said_by_link(scene: Scene, client: TestClient) -> None:
    opened(scene)
    advance(scene, 14)
    met, not_met = (Link(client, scene.token("meeting_met_question", "firm", place)) for place in range(2))
    assert met.open().status_code == 200
    assert side(scene).has_met is None
    assert [met.confirm().status_code, met.confirm().status_code] == [200, 200]
    assert side(scene).has_met is True
    not_met.confirm()
    assert side(scene).has_met is False


def test_an_outcome_counts_for_the_days_of_its_letter(scene: Scene, client: TestClient) -> None:
    opened(scene)
    advance(scene, 30)
    links = [Link(client, scene.token("outcome_question", who)) for who in ("firm", "city")]
    advance(scene, 29)
    for link in links:
        assert link.open().status_code == 200
    with scene.service.database.reading() as session:
        assert session.exec(select(OutcomeReport)).all() == []
    assert [link.confirm().status_code for link in links * 2] == [200] * 4
    with scene.service.database.reading() as session:
        confirmed = [(row.days, row.outcome) for row in session.exec(select(ConfirmedOutcome)).all()]
    assert confirmed == [(30, "pilot")]


def test_what_is_asked_after_opening_needs_open_contacts(scene: Scene, client: TestClient) -> None:
    propose(scene)
    token = sign_answer(
        scene.service.signing_key, kind="meeting_answer", subject_id=1, answer="met",
        account_id=scene.numbers["firm"], codes={"side": "profile"}, expires_at=NOW.replace(year=2028),
    )  # fmt: skip
    assert code(Link(client, token).open()) == (409, "contacts_not_open")


def test_from_a_proposal_over_http_to_contacts_by_letters_alone(new_service: NewService, databases: Databases) -> None:
    service = new_service(
        DATABASE_URL=databases.migrated(), public_url="https://alianza.example",
        letters_from="Alianza <cartas@alianza.example>",
    )  # fmt: skip
    with TestClient(create_app(service)) as client:
        city, firm = (
            person(client, service, role=role, name=name)
            for role, name in ((Role.CITY, "Ana"), (Role.SUPPLIER, "Luís"))
        )
        owner = new_profile(city, name="Sogamoso", kind="local_government", email="")
        body = {"challenge_id": new_challenge(city, owner), "profile_id": new_profile(firm), "message": MESSAGE}
        with service.database.transaction() as session:
            for row in session.exec(select(Account)).all():
                row.email = f"{row.id}@lugar.example"
                session.add(row)
        rosa = person(client, service, role=Role.SECRETARIAT, name="Rosa")
        address = rosa.post("/v1/introductions", body).headers["location"]
        for message in posted(service):
            token = re.findall(r"https://alianza\.example/es/answers/(\S+)", text_of(message))[0]
            assert client.get(f"/es/answers/{token}").status_code == 200
            assert firm.get(f"{address}/contacts").status_code == 409
            assert client.post(f"/es/answers/{token}").status_code == 200
        contacts = firm.get(f"{address}/contacts").json()
        assert contacts["people"] == [{"name": "Ana", "email": "1@lugar.example"}]
        with service.database.reading() as session:
            assert [row.to_account_id for row in session.exec(select(Disclosure)).all()] == [2]
