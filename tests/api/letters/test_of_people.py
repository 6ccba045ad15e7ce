"""Letters that ask for a successor, remind of the first assembly, and let a partner agree to be named."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select

from api.app import create_app
from matchmaker.accounts.models import Account
from matchmaker.lessons.models import Lesson
from matchmaker.letters.actions import write_letter
from matchmaker.membership.models import Committee
from matchmaker.membership.reminding import ASSEMBLY_DUE
from matchmaker.membership.states import CommitteeKind
from matchmaker.people.inviting import INVITATION_LIFE, add_person, name_successor, withdraw_invitation
from matchmaker.people.leaving import SILENT, tell_of_silence
from matchmaker.people.models import PersonInvitation
from matchmaker.people.representing import Invited
from matchmaker.profiles.models import Part, Profile, Representation
from matchmaker.rights.actions import delete_aged
from tests.api.conftest import NewService
from tests.api.letters.scenes import LANGUAGES, Link, Scene, code, scene_of
from tests.databases import Databases
from tests.factories import accepted, saved_lesson


@pytest.fixture
def scene(new_service: NewService, databases: Databases) -> Iterator[Scene]:
    scene = scene_of(new_service(DATABASE_URL=databases.migrated(), public_url="https://alianza.example"))
    yield scene
    scene.service.close()


@pytest.fixture
def client(scene: Scene) -> Iterator[TestClient]:
    with TestClient(create_app(scene.service), headers={"Accept-Language": "en"}) as opened:
        yield opened


def named(scene: Scene) -> None:
    with scene.service.database.transaction() as session:
        author = session.get_one(Profile, scene.numbers["owner"])
        saved_lesson(session, acting=scene.acting("city"), author=author, partner_id=scene.numbers["profile"])


def lesson(scene: Scene) -> Lesson:
    with scene.service.database.reading() as session:
        return session.get_one(Lesson, 1)


def test_a_partner_agrees_by_link_and_opening_the_link_says_nothing(scene: Scene, client: TestClient) -> None:
    named(scene)
    agree, refuse = (Link(client, scene.token("lesson_names_you", "firm", place)) for place in (0, 1))
    assert (agree.open().status_code, refuse.open().status_code) == (200, 200)
    assert (lesson(scene).partner_agreed_at, lesson(scene).partner_id) == (None, scene.numbers["profile"])
    assert [agree.confirm().status_code, agree.confirm().status_code] == [200, 200]
    assert lesson(scene).partner_agreed_at is not None
    assert scene.is_cancelled("lesson_names_you", "firm")
    assert [refuse.confirm().status_code, refuse.confirm().status_code] == [200, 200]
    assert lesson(scene).partner_id is None
    assert code(agree.confirm()) == (404, "answer_unknown")


def test_whoever_acts_for_the_partner_no_longer_answers_for_it(scene: Scene, client: TestClient) -> None:
    named(scene)
    link = Link(client, scene.token("lesson_names_you", "firm"))
    scene.demote("firm")
    assert code(link.open()) == (404, "answer_unknown")
    assert code(link.confirm()) == (404, "answer_unknown")
    assert scene.is_cancelled("lesson_names_you", "firm")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secretariat_reads_what_waits_for_a_successor_until_there_is_one(scene: Scene, language: str) -> None:
    with scene.service.database.transaction() as session:
        session.get_one(Account, scene.numbers["city"]).ended_at = scene.now
        session.flush()
        assert tell_of_silence(session, now=scene.now) == 1
    said = scene.said(SILENT, "rosa", language)
    assert "Sogamoso" in said
    assert " 1, " in said
    assert f"/{language}/profiles/{scene.numbers['owner']}" in said
    with scene.service.database.transaction() as session:
        asked = name_successor(
            session, acting=scene.acting("rosa"), profile_id=scene.numbers["owner"], account_id=scene.numbers["city"],
            invited=Invited(address="eva@sogamoso.example", name="Eva", language="es"), now=scene.now,
        )  # fmt: skip
        accepted(session, asked, now=scene.now)
    assert scene.is_cancelled(SILENT, "rosa")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_assembly_is_told_with_its_day_before_and_after_it(scene: Scene, language: str) -> None:
    day = scene.now.date()
    with scene.service.database.transaction() as session:
        row = Committee(
            kind=CommitteeKind.FOUNDING, constituted_on=day, first_assembly_by=day + timedelta(days=60),
            created_at=scene.now,
        )  # fmt: skip
        session.add(row)
        session.flush()
        for stage in ("60", "overdue"):
            write_letter(session, kind=ASSEMBLY_DUE, account_id=scene.numbers["rosa"], subject_id=row.id or 0,
                         codes={"stage": stage}, now=scene.now)  # fmt: skip
    first, late = scene.letters(ASSEMBLY_DUE)
    assert scene.written(late, language) is None
    assert "2027" in str(scene.written(first, language))
    scene.pass_days(61)
    assert scene.written(first, language) is None
    assert "2027" in scene.said(ASSEMBLY_DUE, "rosa", language)


def invited_person(scene: Scene, part: Part = Part.EDITOR) -> None:
    with scene.service.database.transaction() as session:
        add_person(
            session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], part=part, now=scene.now,
            invited=Invited("nora@lugar.example", "Nora", "es"),
        )  # fmt: skip


def nora(scene: Scene) -> tuple[int, list[str]]:
    """How many accounts Nora has, and her parts in the firm."""
    with scene.service.database.reading() as session:
        accounts = session.exec(select(Account).where(Account.email == "nora@lugar.example")).all()
        mine = select(Representation.part).where(Representation.profile_id == scene.numbers["profile"])
        parts = session.exec(mine.where(col(Representation.account_id).in_([row.id for row in accounts]))).all()
    return len(accounts), [str(part) for part in parts]


def test_whoever_is_invited_accepts_by_link_and_opening_it_says_nothing(scene: Scene, client: TestClient) -> None:
    invited_person(scene)
    accept, decline = (Link(client, scene.token("person_invited", "nobody", place)) for place in (0, 1))
    assert [(each.open().status_code, "Caudales" in each.open().json()["sentence"]) for each in (accept, decline)] == [
        (200, True), (200, True)
    ]  # fmt: skip
    assert nora(scene) == (0, [])
    assert [accept.confirm().status_code, accept.confirm().status_code] == [200, 200]
    assert nora(scene) == (1, ["editor"])
    assert code(decline.confirm()) == (404, "person_invitation_unknown")
    assert code(client.get(f"/v1/answers/{accept.token[:-2]}")) == (404, "answer_unknown")


@pytest.mark.parametrize("end", ["declined", "withdrawn", "expired"])
def test_a_link_of_an_invitation_that_is_over_makes_nobody_act(scene: Scene, client: TestClient, end: str) -> None:
    invited_person(scene, Part.REPRESENTATIVE)
    accept, decline = (Link(client, scene.token("person_invited", "nobody", place)) for place in (0, 1))
    if end == "declined":
        assert [decline.confirm().status_code, decline.confirm().status_code] == [200, 200]
        assert scene.letters("person_invited") == []
    if end == "withdrawn":
        with scene.service.database.transaction() as session:
            withdraw_invitation(
                session, acting=scene.acting("firm"), profile_id=scene.numbers["profile"], invitation_id=1,
                now=scene.now,
            )  # fmt: skip
        assert scene.is_cancelled("person_invited", "nobody")
    if end == "expired":
        scene.pass_days(INVITATION_LIFE.days)
        assert scene.is_cancelled("person_invited", "nobody")
    assert accept.confirm().status_code == (409 if end == "expired" else 404)
    assert nora(scene) == (0, [])


def test_what_became_of_an_invitation_is_kept_so_many_days(scene: Scene) -> None:
    invited_person(scene)
    retention = scene.service.rights_office().retention
    for days, kept in ((INVITATION_LIFE.days + 29, 1), (2, 0)):
        scene.pass_days(days)
        with scene.service.database.transaction() as session:
            delete_aged(session, retention=retention, now=scene.now)
            assert len(session.exec(select(PersonInvitation)).all()) == kept
