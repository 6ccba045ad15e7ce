import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting, Role
from matchmaker.errors import DomainError, NotAllowedError, NotFoundError
from matchmaker.lessons.actions import (
    agree_to_be_named,
    edit_lesson,
    erase_lesson,
    erase_lessons_of,
    set_lesson_state,
    unname_partner,
    write_lesson,
)
from matchmaker.lessons.models import Lesson, LessonState, Origin
from matchmaker.lessons.queries import full_lessons, get_lesson, list_lessons
from matchmaker.letters.models import Letter
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Part, Profile, Representation, Visibility
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message, Topic
from tests.databases import statements
from tests.factories import NOW, desk, lesson_draft, saved_challenge, saved_lesson, saved_profile, signed_in


def town(session: Session, name: str = "Sogamoso") -> tuple[Acting, Profile]:
    acting = signed_in(session, name=name)
    return acting, saved_profile(session, acting=acting, kind="local_government", name=name)


def refused_code(call: object) -> str:
    with pytest.raises(DomainError) as refused:
        call()  # type: ignore[operator]
    return refused.value.code


def asked_of_the_index(session: Session) -> list[int]:
    session.flush()
    wanted = select(Message.subject_id).where(Message.topic == Topic.INDEX_LESSON).order_by(col(Message.id))
    return list(session.exec(wanted).all())


def test_a_lesson_keeps_every_word_and_its_failure(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        number = saved_lesson(session, acting=acting, author=author).id or 0
    with database.reading() as session:
        full = get_lesson(session, acting=ANYONE, lesson_id=number)
    draft = lesson_draft()
    told = full.lesson
    assert [getattr(told, name) for name in ("title", "context", "tried", "result")] == [
        draft.title, draft.context, draft.tried, draft.result
    ]  # fmt: skip
    assert (told.is_failure, told.cost_band, told.would_repeat, told.year) == (True, "under_25k", "with_changes", 2024)
    assert (told.place_name, told.country, told.population) == ("Sogamoso", "CO", 111_336)
    assert (told.origin, told.state, told.version, full.author.name) == (Origin.FREE, LessonState.SHOWN, 1, "Sogamoso")


def test_a_language_left_out_is_detected(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        assert saved_lesson(session, acting=acting, author=author, language=None).language == "es"


def test_a_lesson_of_a_confirmed_outcome_says_so(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        told = write_lesson(
            session, desk=desk(), acting=acting, author_id=author.id or 0, draft=lesson_draft(), origin=Origin.OUTCOME
        )
        assert told.origin == Origin.OUTCOME


def test_every_change_asks_for_the_index(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        told = saved_lesson(session, acting=acting, author=author)
        number = told.id or 0
        edit_lesson(session, desk=desk(), acting=acting, lesson_id=number, draft=lesson_draft(title="Otra vez"))
        set_lesson_state(session, desk=desk(), acting=acting, lesson_id=number, state=LessonState.WITHDRAWN)
        assert told.version == 3
        erase_lesson(session, desk=desk(), acting=acting, lesson_id=number)
        assert asked_of_the_index(session) == [number] * 4


@pytest.mark.parametrize("role", [Role.CITY, Role.SECRETARIAT])
def test_only_the_author_writes_edits_withdraws_and_erases(database: Database, role: Role) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        number = saved_lesson(session, acting=acting, author=author).id or 0
        other = signed_in(session, role=role)
        draft = lesson_draft()
        codes = [
            refused_code(
                lambda: write_lesson(session, desk=desk(), acting=other, author_id=author.id or 0, draft=draft)
            ),
            refused_code(lambda: edit_lesson(session, desk=desk(), acting=other, lesson_id=number, draft=draft)),
            refused_code(
                lambda: set_lesson_state(
                    session, desk=desk(), acting=other, lesson_id=number, state=LessonState.WITHDRAWN
                )
            ),
            refused_code(lambda: erase_lesson(session, desk=desk(), acting=other, lesson_id=number)),
        ]
        assert codes == ["not_your_profile", *["not_your_lesson"] * 3]
        nobody = refused_code(
            lambda: write_lesson(session, desk=desk(), acting=ANYONE, author_id=author.id or 0, draft=draft)
        )
        assert nobody == "sign_in_needed"


def test_a_withdrawn_lesson_is_for_its_author_and_the_secretariat(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        other, _ = town(session, "Curitiba")
        number = saved_lesson(session, acting=acting, author=author).id or 0
        set_lesson_state(session, desk=desk(), acting=acting, lesson_id=number, state=LessonState.WITHDRAWN)
        for reader, count in ((ANYONE, 0), (other, 0), (acting, 1), (OPERATOR, 1)):
            assert len(list_lessons(session, acting=reader, limit=10)) == count
            assert len(full_lessons(session, acting=reader, lesson_ids=[number])) == count
        with pytest.raises(NotFoundError):
            get_lesson(session, acting=other, lesson_id=number)


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.UNCLAIMED])
def test_the_lessons_of_who_is_not_shown_are_not_shown(database: Database, visibility: Visibility) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        number = saved_lesson(session, acting=acting, author=author).id or 0
        set_visibility(session, profile=author, visibility=visibility, now=NOW)
        assert list_lessons(session, acting=ANYONE, limit=10) == []
        assert get_lesson(session, acting=acting, lesson_id=number).author is author
        with pytest.raises(NotFoundError):
            get_lesson(session, acting=ANYONE, lesson_id=number)


def test_lists_can_be_narrowed(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        other, second = town(session, "Curitiba")
        failed = saved_lesson(session, acting=acting, author=author).id
        brazil = saved_lesson(
            session, acting=other, author=second, is_failure=False, place={"name": "Curitiba", "country": "BR"}
        ).id

        def numbers(**wanted: object) -> list[int | None]:
            found = list_lessons(session, acting=ANYONE, limit=10, **wanted)  # type: ignore[arg-type]
            return [full.lesson.id for full in found]

        assert numbers() == [failed, brazil]
        assert numbers(author_id=second.id) == [brazil]
        assert numbers(countries=["CO"]) == [failed]
        assert numbers(is_failure=True) == [failed]
        assert numbers(is_failure=False) == [brazil]
        assert numbers(after=failed) == [brazil]


def agree(session: Session, acting: Acting, number: int) -> object:
    return agree_to_be_named(session, desk=desk(), acting=acting, lesson_id=number)


def test_another_partner_is_asked_anew(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        firms = [signed_in(session, role=Role.SUPPLIER) for _ in range(2)]
        partners = [saved_profile(session, acting=firm) for firm in firms]
        number = saved_lesson(session, acting=acting, author=author, partner_id=partners[0].id).id or 0
        agree(session, firms[0], number)
        draft = lesson_draft(partner_id=partners[1].id)
        edit_lesson(session, desk=desk(), acting=acting, lesson_id=number, draft=draft)
        assert get_lesson(session, acting=ANYONE, lesson_id=number).partner is None
        assert refused_code(lambda: agree(session, firms[0], number)) == "not_named_there"
        agree(session, firms[1], number)
        assert get_lesson(session, acting=ANYONE, lesson_id=number).partner is partners[1]


def test_a_partner_that_is_named_is_told_once_and_may_take_its_name_off_for_good(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        firm = signed_in(session, role=Role.SUPPLIER, name="Luís")
        partner = saved_profile(session, acting=firm)
        told = saved_lesson(session, acting=acting, author=author, partner_id=partner.id)
        number = told.id or 0
        again = lesson_draft(partner_id=partner.id)
        edit_lesson(session, desk=desk(), acting=acting, lesson_id=number, draft=again)
        letters = session.exec(select(Letter)).all()
        assert [(letter.kind, letter.account_id, letter.subject_id) for letter in letters] == [
            ("lesson_names_you", firm.account_id, number)
        ]
        found = get_lesson(session, acting=firm, lesson_id=number)
        assert (found.partner, found.asked) == (None, partner)
        assert get_lesson(session, acting=ANYONE, lesson_id=number).asked is None
        assert refused_code(lambda: agree(session, acting, number)) == "not_named_there"
        agree(session, firm, number)
        agree(session, firm, number)
        assert get_lesson(session, acting=ANYONE, lesson_id=number).partner is partner
        with pytest.raises(NotAllowedError):
            unname_partner(session, desk=desk(), acting=acting, lesson_id=number)
        unname_partner(session, desk=desk(), acting=firm, lesson_id=number)
        assert get_lesson(session, acting=ANYONE, lesson_id=number).partner is None
        code = refused_code(lambda: edit_lesson(session, desk=desk(), acting=acting, lesson_id=number, draft=again))
        assert code == "partner_not_to_be_named"


def test_a_partner_who_is_hidden_is_not_named_and_a_stranger_cannot_be(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        firm = signed_in(session, role=Role.SUPPLIER)
        partner = saved_profile(session, acting=firm)
        number = saved_lesson(session, acting=acting, author=author, partner_id=partner.id).id or 0
        agree(session, firm, number)
        set_visibility(session, profile=partner, visibility=Visibility.HIDDEN, now=NOW)
        for reader in (ANYONE, acting, firm):
            assert get_lesson(session, acting=reader, lesson_id=number).partner is None
        edit_lesson(session, desk=desk(), acting=acting, lesson_id=number, draft=lesson_draft(partner_id=partner.id))
        code = refused_code(lambda: saved_lesson(session, acting=acting, author=author, partner_id=partner.id))
        assert code == "profile_unknown"


def test_a_challenge_is_named_while_it_may_be_seen(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        asked = saved_challenge(session, acting=acting, owner=author)
        number = saved_lesson(session, acting=acting, author=author, challenge_id=asked.id).id or 0
        assert get_lesson(session, acting=ANYONE, lesson_id=number).challenge_id == asked.id
        asked.status = "closed"
        session.flush()
        assert get_lesson(session, acting=ANYONE, lesson_id=number).challenge_id is None
        assert get_lesson(session, acting=acting, lesson_id=number).challenge_id == asked.id
        other, second = town(session, "Curitiba")
        code = refused_code(lambda: saved_lesson(session, acting=other, author=second, challenge_id=asked.id))
        assert code == "challenge_unknown"


def test_an_unknown_area_is_refused(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        assert refused_code(lambda: saved_lesson(session, acting=acting, author=author, areas=["x"])) == "unknown_code"


def test_all_lessons_of_a_profile_are_erased_with_it(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        numbers = [saved_lesson(session, acting=acting, author=author).id for _ in range(2)]
        other, second = town(session, "Curitiba")
        kept = saved_lesson(session, acting=other, author=second).id
        assert erase_lessons_of(session, author_id=author.id or 0, now=NOW) == 2
        assert session.exec(select(Lesson.id)).all() == [kept]
        assert asked_of_the_index(session) == [*numbers, kept, *numbers]


def test_a_longer_list_takes_no_more_statements(database: Database) -> None:
    counts = []
    for _ in range(2):
        with database.transaction() as session:
            acting, author = town(session)
            saved_lesson(session, acting=acting, author=author)
        with database.reading() as session, statements(database) as sent:
            list_lessons(session, acting=ANYONE, limit=10)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_only_a_representative_takes_the_name_of_the_partner_off(database: Database) -> None:
    with database.transaction() as session:
        acting, author = town(session)
        firm = signed_in(session, role=Role.SUPPLIER)
        partner = saved_profile(session, acting=firm)
        number = saved_lesson(session, acting=acting, author=author, partner_id=partner.id).id or 0
        session.get_one(Representation, (firm.account_id, partner.id)).part = Part.EDITOR
        session.flush()
        code = refused_code(lambda: unname_partner(session, desk=desk(), acting=firm, lesson_id=number))
        assert code == "not_named_there"
