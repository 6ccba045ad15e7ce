"""A profile written in steps: nobody else reads it before it is published, and what is published stays meanwhile."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, Acting, Role
from matchmaker.errors import ConflictError, NotAllowedError, NotFoundError
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Offer, Profile, Representation, Visibility
from matchmaker.profiles.queries import get_profile
from matchmaker.profiles.writing import (
    as_published,
    begin_profile,
    discard_copy,
    draft_of,
    save_copy,
    take_copy,
    unpublished_of,
    written,
)
from matchmaker.store.database import Database
from tests.factories import NOW, desk, profile_draft, saved_profile, signed_in

LATER = NOW.replace(hour=16)


def begun(session: Session, acting: Acting, **changes: Any) -> int:
    draft = ProfileDraft.model_validate({"kind": "company", "name": "Agua Viva"} | changes)
    return begin_profile(session, desk=desk(), acting=acting, draft=draft).profile.id or 0


def save(session: Session, acting: Acting, number: int, **changes: Any) -> None:
    save_copy(session, acting=acting, profile_id=number, draft=profile_draft(**changes), now=LATER)


def test_what_is_begun_is_hidden_and_resumed(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session, role=Role.SUPPLIER)
        number = begun(session, acting)
        save(session, acting, number, name="Agua Viva SAS")
    with database.reading() as session:
        found = written(session, acting=acting, profile_id=number)
        assert (found.draft.name, found.is_first, found.saved_at) == ("Agua Viva SAS", True, LATER)
        assert found.profile.visibility == Visibility.HIDDEN
        with pytest.raises(NotFoundError, match="profile_unknown"):
            get_profile(session, acting=ANYONE, profile_id=number)
        assert unpublished_of(session, acting=acting) == {number}


def test_the_same_begun_twice_is_begun_once(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session, role=Role.SUPPLIER)
        assert begun(session, acting) == begun(session, acting)
        assert begun(session, acting, name="Otra") != begun(session, acting)


def test_what_is_published_stays_while_it_is_being_rewritten(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        number = saved_profile(session, acting=acting).id or 0
        save(session, acting, number, summary="Otra frase.")
        full = get_profile(session, acting=ANYONE, profile_id=number)
        assert full.profile.summary == "Buscamos agua perdida en redes pequeñas y medianas."
        assert written(session, acting=acting, profile_id=number).draft.summary == "Otra frase."


def test_a_profile_without_a_copy_is_read_as_it_is(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        row = saved_profile(session, acting=acting)
        found = written(session, acting=acting, profile_id=row.id or 0)
        assert found.saved_at is None
        assert found.draft.experience[0].result == "212 fugas halladas."
        assert "email" not in found.draft.model_fields_set


def test_who_does_not_act_for_it_neither_reads_nor_writes_a_copy(database: Database) -> None:
    with database.transaction() as session:
        number = saved_profile(session, acting=signed_in(session)).id or 0
        stranger = signed_in(session, name="Otra")
        for act in (
            lambda: written(session, acting=stranger, profile_id=number),
            lambda: save(session, stranger, number),
            lambda: take_copy(session, acting=stranger, profile_id=number),
            lambda: discard_copy(session, acting=stranger, profile_id=number, now=NOW),
        ):
            with pytest.raises(NotAllowedError, match="not_your_profile"):
                act()


def test_a_copy_is_taken_once_with_what_nobody_is_shown(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        row = saved_profile(session, acting=acting, email="campo@fugas.example")
        draft = draft_of(get_profile(session, acting=acting, profile_id=row.id or 0)).model_copy(
            update={"summary": "Nueva."}
        )
        save_copy(session, acting=acting, profile_id=row.id or 0, draft=draft, now=LATER)
        taken, is_first = take_copy(session, acting=acting, profile_id=row.id or 0)
        assert (taken.summary, taken.email, is_first) == ("Nueva.", "campo@fugas.example", False)
        with pytest.raises(ConflictError, match="nothing_to_publish"):
            take_copy(session, acting=acting, profile_id=row.id or 0)


def test_what_is_thrown_away_before_it_was_ever_published_leaves_no_words(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session, role=Role.SUPPLIER)
        number = begun(session, acting)
        assert discard_copy(session, acting=acting, profile_id=number, now=LATER)
        assert session.get_one(Profile, number).name == ""
        assert session.exec(select(Representation).where(Representation.profile_id == number)).all() == []
    with database.transaction() as session:
        assert begun(session, acting) != number


def test_what_is_thrown_away_of_a_published_profile_is_the_copy_alone(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        number = saved_profile(session, acting=acting).id or 0
        save(session, acting, number, name="Otro nombre")
        assert not discard_copy(session, acting=acting, profile_id=number, now=LATER)
        assert written(session, acting=acting, profile_id=number).draft.name == "Fugas y Caudales"


def test_as_it_would_be_published_no_row_is_written(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session, role=Role.SUPPLIER)
        number = begun(session, acting)
        save(session, acting, number)
        full = as_published(session, desk=desk(), found=written(session, acting=acting, profile_id=number))
        assert (full.profile.place_name, full.profile.visibility) == ("Sogamoso", Visibility.VISIBLE)
        assert [offer.title for offer in full.offers] == ["Búsqueda de fugas"]
    with database.reading() as session:
        assert session.exec(select(Offer).where(col(Offer.profile_id) == number)).all() == []
        assert session.get_one(Profile, number).visibility == Visibility.HIDDEN
