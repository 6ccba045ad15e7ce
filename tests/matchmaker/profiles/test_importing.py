import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import OPERATOR
from matchmaker.errors import InvalidInputError
from matchmaker.profiles.actions import import_profile, save_profile, set_visibility
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import count_profiles
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message
from tests.factories import NOW, desk, profile_draft


def messages(session: Session) -> list[tuple[str, int]]:
    rows = session.exec(select(Message).order_by(col(Message.id))).all()
    return [(row.topic, row.subject_id) for row in rows]


def bring(session: Session, draft: ProfileDraft, *, source: str = "demo") -> tuple[Profile, bool]:
    return import_profile(session, desk=desk(), source=source, draft=draft, visibility=Visibility.UNCLAIMED)


def test_an_import_comes_once_however_often_it_is_run(database: Database) -> None:
    with database.transaction() as session:
        made, is_new = bring(session, profile_draft(external_id="p-1"))
    with database.transaction() as session:
        same, is_changed = bring(session, profile_draft(external_id="p-1"))
        assert messages(session) == [("index_profile", made.id)]
    assert (is_new, is_changed, same.id, same.version, same.visibility) == (True, False, made.id, 1, "unclaimed")


def test_an_import_of_changed_words_replaces_them(database: Database) -> None:
    with database.transaction() as session:
        made, _is_new = bring(session, profile_draft(external_id="p-1"))
    with database.transaction() as session:
        changed, is_changed = bring(session, profile_draft(external_id="p-1", name="Nuevo"))
        assert count_profiles(session, acting=OPERATOR) == 1
    assert (is_changed, changed.id, changed.name, changed.version) == (True, made.id, "Nuevo", 2)


def test_an_import_does_not_change_what_may_be_seen(database: Database) -> None:
    with database.transaction() as session:
        made, _is_new = bring(session, profile_draft(external_id="p-1"))
        set_visibility(session, profile=made, visibility=Visibility.VISIBLE, now=NOW)
        changed, _is_changed = bring(session, profile_draft(external_id="p-1", name="Nuevo"))
    assert changed.visibility == "visible"


def test_two_sources_may_use_the_same_number(database: Database) -> None:
    with database.transaction() as session:
        one, _ = bring(session, profile_draft(external_id="p-1"), source="demo")
        other, _ = bring(session, profile_draft(external_id="p-1"), source="fair")
    assert one.id != other.id


def test_a_row_that_is_refused_leaves_nothing_and_the_import_goes_on(database: Database) -> None:
    lost = [{"title": "x", "place": {"name": "Atlántida", "country": "CO"}}]
    with database.transaction() as session:
        made, _is_new = bring(session, profile_draft(external_id="p-1"))
    with database.transaction() as session:
        for number in ("p-1", "p-2"):
            with pytest.raises(InvalidInputError):
                bring(session, profile_draft(external_id=number, name="A medias", experience=lost))
        bring(session, profile_draft(external_id="p-3", name="Entero"))
    with database.transaction() as session:
        rows = session.exec(select(Profile).order_by(col(Profile.id))).all()
        assert [(row.external_id, row.name, row.version) for row in rows] == [
            ("p-1", "Fugas y Caudales", 1),
            ("p-3", "Entero", 1),
        ]
        assert messages(session) == [("index_profile", made.id), ("index_profile", rows[1].id)]
        assert bring(session, profile_draft(external_id="p-1"))[1] is False


def test_an_edit_without_the_number_does_not_lose_it(database: Database) -> None:
    with database.transaction() as session:
        made, _is_new = bring(session, profile_draft(external_id="p-1"))
        save_profile(session, desk=desk(), acting=OPERATOR, profile_id=made.id or 0, draft=profile_draft(name="Ana"))
    with database.transaction() as session:
        same, _is_changed = bring(session, profile_draft(external_id="p-1", name="Nuevo"))
        assert (same.id, count_profiles(session, acting=OPERATOR)) == (made.id, 1)
