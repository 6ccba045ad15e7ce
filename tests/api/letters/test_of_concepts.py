"""Letters of the other concepts, from real rows, and the answers of their links."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.rounds import erase_once
from matchmaker.accounts.signing_in import close_requests
from matchmaker.alerts.actions import end_left_alerts, save_alert
from matchmaker.alerts.drafts import AlertDraft
from matchmaker.alerts.models import Alert, Finding
from matchmaker.challenges.owning import ask_owner
from matchmaker.integrity.actions import declare_conflict, sign_code
from matchmaker.integrity.drafts import ConflictDraft
from matchmaker.integrity.models import Nature
from matchmaker.integrity.renewals import send_renewals
from matchmaker.letters.actions import write_letter
from matchmaker.membership.actions import appeal, begin_application, submit_application
from matchmaker.membership.claiming import refuse_invitation
from matchmaker.membership.deciding import decide
from matchmaker.membership.inviting import Wanted, preview_invitations, send_invitations
from matchmaker.membership.models import Invitation
from matchmaker.membership.states import Outcome
from matchmaker.mentoring.actions import propose_mentoring, withdraw_mentoring
from matchmaker.mentoring.drafts import MentoringDraft, MentorOfferDraft
from matchmaker.mentoring.models import Mentoring
from matchmaker.mentoring.offers import save_offer
from matchmaker.people.inviting import add_person
from matchmaker.people.joining import answer_invitation
from matchmaker.people.models import InvitationState
from matchmaker.people.representing import Invited
from matchmaker.people.signing_in import ask_to_sign_in
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Part, Profile, Representation, Visibility
from tests.api.conftest import NewService
from tests.api.letters.conftest import left
from tests.api.letters.scenes import LANGUAGES, Link, Scene, code, scene_of
from tests.databases import Databases
from tests.factories import desk, profile_draft, saved_challenge, saved_lesson

FIRM = "Fugas y Caudales"


@pytest.fixture
def scene(new_service: NewService, databases: Databases) -> Iterator[Scene]:
    service = new_service(DATABASE_URL=databases.migrated(), public_url="https://alianza.example", admission="reviewed")
    scene = scene_of(service)
    yield scene
    scene.service.close()


@pytest.fixture
def client(scene: Scene) -> Iterator[TestClient]:
    with TestClient(create_app(scene.service), headers={"Accept-Language": "en"}) as opened:
        yield opened


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_in_letter_has_link_and_code_until_the_request_is_over(scene: Scene, language: str) -> None:
    key, address = scene.service.signing_key, "city@lugar.example"
    with scene.service.database.transaction() as session:
        ask_to_sign_in(session, key=key, address=address, browser="b", language=language, now=scene.now)
    assert f"https://alianza.example/{language}/sign-in/" in scene.said("sign_in", "city", language)
    with scene.service.database.transaction() as session:
        close_requests(session, address=address, now=scene.now)
    assert scene.is_cancelled("sign_in", "city")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_gets_an_account_reads_for_whom(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        invited = Invited("nora@lugar.example", "Nora", language)
        add_person(
            session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], invited=invited,
            part=Part.EDITOR, now=scene.now,
        )  # fmt: skip
    assert FIRM in scene.said("person_invited", "nobody", language)


def invite(scene: Scene) -> None:
    office = scene.service.admission_office()
    with scene.service.database.transaction() as session:
        draft = profile_draft(external_id="s-1", name="Sensores del Sur")
        import_profile(session, desk=desk(), source="feria", draft=draft, visibility=Visibility.UNCLAIMED)
        rosa = scene.acting("rosa")
        digest = preview_invitations(session, office=office, acting=rosa, wanted=Wanted()).digest
        send_invitations(session, office=office, acting=rosa, wanted=Wanted(), digest=digest)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_says_who_writes_and_where_the_data_is_from(scene: Scene, language: str) -> None:
    invite(scene)
    said = scene.said("invitation_to_claim", "nobody", language)
    assert "Sensores del Sur" in said
    assert "feria" in said
    assert "Rosa" in said
    assert "https://alianza.example/es/claims/" in said


def test_an_invitation_is_refused_by_link_once_it_is_confirmed(scene: Scene, client: TestClient) -> None:
    invite(scene)
    link = Link(client, scene.token("invitation_to_claim", "nobody"))
    assert "Sensores del Sur" in link.open().json()["sentence"]
    with scene.service.database.reading() as session:
        assert session.exec(select(Invitation.answer)).one() == ""
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    with scene.service.database.reading() as session:
        assert session.exec(select(Invitation.answer)).one() == "refused"
        assert session.exec(select(Profile.name).where(Profile.source == "feria")).one() == ""
    assert scene.letters("invitation_to_claim") == []


def test_the_file_of_an_invitation_goes_once_it_is_refused(scene: Scene) -> None:
    invite(scene)
    with scene.service.database.transaction() as session:
        invited = Invited("nora@lugar.example", "Nora", "es")
        made = add_person(
            session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], invited=invited,
            part=Part.EDITOR, now=scene.now,
        )  # fmt: skip
        number = made.id or 0
        claim = session.exec(select(Invitation.id)).one() or 0
    assert len(scene.sent()) == 2
    erase_once(scene.service)
    assert len(left(scene.service)) == 2
    with scene.service.database.transaction() as session:
        answer_invitation(session, invitation_id=number, answer=InvitationState.DECLINED, now=scene.now)
        refuse_invitation(session, office=scene.service.admission_office(), invitation_id=claim)
    erase_once(scene.service)
    assert left(scene.service) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretariat_reads_of_an_application_and_of_an_appeal_until_they_are_decided(
    scene: Scene, language: str
) -> None:
    office, firm, kind = scene.service.admission_office(), scene.acting("firm"), "application_arrived"
    with scene.service.database.transaction() as session:
        row = begin_application(session, office=office, acting=firm, profile_id=scene.numbers["profile"], words="x")
        number = row.id or 0
        submit_application(session, office=office, acting=firm, application_id=number)
    assert FIRM in scene.said(kind, "rosa", language)
    assert f"/{language}/applications/{number}" in scene.said(kind, "rosa", language)
    with scene.service.database.transaction() as session:
        decide(
            session, office=office, acting=scene.acting("rosa"), application_id=number, outcome=Outcome.REFUSED,
            reason="Faltan obras.",
        )  # fmt: skip
    assert scene.is_cancelled(kind, "rosa")
    with scene.service.database.transaction() as session:
        appeal(session, office=office, acting=firm, application_id=number, words="Están en el anexo.")
    first, second = scene.letters(kind)
    assert scene.written(first, language) is None
    assert {"es": "Apelación", "pt": "Recurso", "en": "Appeal"}[language] in str(scene.written(second, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_leaves_and_who_stays_read_that_an_alert_has_ended(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        draft = AlertDraft(name="Agua", text="fugas de agua en redes")
        alert = save_alert(
            session, desk=desk(scene.now), acting=scene.acting("firm"), profile_id=scene.numbers["profile"], draft=draft
        )
        session.delete(session.get_one(Representation, (scene.numbers["firm"], scene.numbers["profile"])))
        session.add(Representation(account_id=scene.numbers["city"], profile_id=scene.numbers["profile"]))
        session.flush()
        assert [end_left_alerts(session, now=scene.now) for _ in range(2)] == [1, 0]
        assert session.get(Alert, alert.id) is None
    for reader in ("firm", "city"):
        said = scene.said("alert_ended", reader, language)
        assert FIRM in said
        assert "redes" not in said
    scene.demote("city")
    assert scene.is_cancelled("alert_ended", "city")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_applicant_reads_that_it_was_received_and_decided_with_reasons(scene: Scene, language: str) -> None:
    office, firm = scene.service.admission_office(), scene.acting("firm")
    with scene.service.database.transaction() as session:
        row = begin_application(
            session, office=office, acting=firm, profile_id=scene.numbers["profile"], words="Por agua"
        )
        number = row.id or 0
        submit_application(session, office=office, acting=firm, application_id=number)
    assert FIRM in scene.said("application_received", "firm", language)
    with scene.service.database.transaction() as session:
        decide(
            session, office=office, acting=scene.acting("rosa"), application_id=number, outcome=Outcome.REFUSED,
            reason="Faltan obras.",
        )  # fmt: skip
    said = scene.said("application_decided", "firm", language)
    assert "Faltan obras." in said
    assert {"es": "no se admite", "pt": "admissão recusada", "en": "not admitted"}[language] in said
    assert "2027" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_signatures_declarations_and_conflicts(scene: Scene, language: str) -> None:
    rulebook = scene.service.rulebook
    scene.pass_days(400)
    with scene.service.database.transaction() as session:
        send_renewals(session, now=scene.now, rulebook=rulebook)
        draft = ConflictDraft(with_profile_id=scene.numbers["owner"], nature=Nature.FAMILY)
        declare_conflict(
            session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], draft=draft, now=scene.now
        )
    assert FIRM in scene.said("code_of_ethics_renewal", "firm", language)
    assert "202" in scene.said("declaration_renewal", "firm", language)
    again = {"es": ("cambió", "renovar"), "pt": ("mudou", "renovar"), "en": ("changed", "renew")}[language]
    asked = [scene.said(kind, "firm", language) for kind in ("code_of_ethics_renewal", "declaration_renewal")]
    assert [word in said for word, said in zip(again, asked, strict=True)] == [False, False]
    assert "Sogamoso" in scene.said("conflict_declared", "rosa", language)
    with scene.service.database.transaction() as session:
        version = rulebook.in_force(scene.now).version
        sign_code(
            session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], version=version,
            rulebook=rulebook, now=scene.now,
        )  # fmt: skip
    assert scene.is_cancelled("code_of_ethics_renewal", "firm")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_names_what_is_still_open(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        alert = Alert(
            profile_id=scene.numbers["profile"], account_id=scene.numbers["firm"], name="Agua", created_at=scene.now,
            updated_at=scene.now,
        )  # fmt: skip
        session.add(alert)
        session.flush()
        number, challenge = alert.id or 0, scene.numbers["challenge"]
        session.add(Finding(alert_id=number, challenge_id=challenge, points=70, found_at=scene.now))
        write_letter(
            session, kind="alert_digest", account_id=alert.account_id, subject_id=number, now=scene.now,
            codes={"challenge_ids": str(challenge)},
        )  # fmt: skip
    said = scene.said("alert_digest", "firm", language)
    assert "La mitad del agua se pierde" in said
    assert "Agua" in said
    scene.demote("firm")
    assert scene.is_cancelled("alert_digest", "firm")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_tells_whom_it_names(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        author = session.get_one(Profile, scene.numbers["owner"])
        saved_lesson(session, acting=scene.acting("city"), author=author, partner_id=scene.numbers["profile"])
    said = scene.said("lesson_names_you", "firm", language)
    assert "Sogamoso" in said
    assert FIRM in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_member_is_asked_to_have_a_challenge_together(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        owner = session.get_one(Profile, scene.numbers["owner"])
        row = saved_challenge(session, acting=scene.acting("city"), owner=owner, title="Los pozos bajan")
        ask_owner(
            session, desk=desk(), acting=scene.acting("city"), challenge_id=row.id or 0,
            profile_id=scene.numbers["profile"],
        )  # fmt: skip
    said = scene.said("challenge_owner_asked", "firm", language)
    assert f"/{language}/challenges/{row.id}/owners" in said
    for name in ("Los pozos bajan", owner.name, FIRM):
        assert name in said


def mentoring(scene: Scene) -> None:
    with scene.service.database.transaction() as session:
        offer = MentorOfferDraft(areas=["energy_environment"], languages=["es"], hours_a_month=10)
        save_offer(session, desk=desk(), acting=scene.acting("firm"), profile_id=scene.numbers["profile"], draft=offer)
        draft = MentoringDraft(
            mentor_id=scene.numbers["profile"],
            mentee_id=scene.numbers["owner"],
            hours_a_month=2,
            message="¿Nos ayudan?",
        )
        propose_mentoring(session, acting=scene.acting("city"), draft=draft, lists=scene.service.lists, now=scene.now)


@pytest.mark.parametrize("language", LANGUAGES)
def test_mentoring_is_asked_and_agreed_by_link(scene: Scene, client: TestClient, language: str) -> None:
    mentoring(scene)
    assert "¿Nos ayudan?" in scene.said("mentoring_proposed", "firm", language)
    link = Link(client, scene.token("mentoring_proposed", "firm"))
    assert link.open().status_code == 200
    with scene.service.database.reading() as session:
        assert session.exec(select(Mentoring.mentor_answer)).one() is None
    assert [link.confirm().status_code, link.confirm().status_code] == [200, 200]
    said = scene.said("mentoring_agreed", "city", language)
    assert FIRM in said
    assert "@" not in said


def test_a_mentor_who_left_or_came_too_late_is_refused(scene: Scene, client: TestClient) -> None:
    mentoring(scene)
    link = Link(client, scene.token("mentoring_proposed", "firm", 1))
    with scene.service.database.transaction() as session:
        withdraw_mentoring(session, acting=scene.acting("city"), mentoring_id=1, now=scene.now)
    assert code(link.confirm()) == (409, "mentoring_closed")
    assert scene.is_cancelled("mentoring_proposed", "firm")
    scene.demote("firm")
    assert code(link.open()) == (404, "mentoring_unknown")
    scene.pass_days(31)
    assert code(link.open()) == (409, "answer_expired")
