from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting, Role
from matchmaker.errors import ConflictError, DomainError, InvalidInputError, NotAllowedError, NotFoundError
from matchmaker.places.actions import add_territory
from matchmaker.places.drafts import TerritoryDraft
from matchmaker.places.models import TerritoryKind
from matchmaker.profiles.actions import create_profile, save_profile, set_visibility
from matchmaker.profiles.models import Experience, Offer, Visibility
from matchmaker.profiles.queries import count_profiles, get_profile, represented_by
from matchmaker.store.database import Database
from matchmaker.store.outbox import Message
from tests.factories import NOW, desk, profile_draft, saved_profile, signed_in

LATER = NOW + timedelta(days=1)


def messages(session: Session) -> list[tuple[str, int]]:
    rows = session.exec(select(Message).order_by(col(Message.id))).all()
    return [(row.topic, row.subject_id) for row in rows]


def refusal(session: Session, acting: Acting, **changes: object) -> tuple[str, object, object]:
    with pytest.raises(InvalidInputError) as refused:
        create_profile(session, desk=desk(), acting=acting, draft=profile_draft(**changes))
    return refused.value.code, refused.value.values["field"], refused.value.values["value"]


def test_a_new_profile_is_kept_with_its_parts_in_order(database: Database) -> None:
    offers = [{"title": "b", "text": "Segundo."}, {"title": "a", "text": "Primero."}]
    with database.transaction() as session:
        acting = signed_in(session)
        made = saved_profile(session, acting=acting, offers=offers)
    with database.reading() as session:
        full = get_profile(session, acting=ANYONE, profile_id=made.id or 0)
    assert [offer.title for offer in full.offers] == ["b", "a"]
    assert [(done.title, done.place_name, done.year) for done in full.experience] == [
        ("Campaña nocturna", "Sogamoso", 2023)
    ]
    profile = full.profile
    assert (profile.kind, profile.country, profile.region, profile.population) == ("company", "CO", "Boyacá", 111_336)
    assert (profile.version, profile.created_at, profile.taxonomy_version) == (1, NOW, "2017.1")


def test_whoever_makes_a_profile_acts_for_it(database: Database) -> None:
    with database.transaction() as session:
        acting, other = signed_in(session), signed_in(session, name="Luís")
        made = saved_profile(session, acting=acting)
        assert represented_by(session, acting=acting) == [made.id]
        assert represented_by(session, acting=other) == []


def test_the_secretariat_makes_profiles_for_others(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session, role=Role.SECRETARIAT)
        saved_profile(session, acting=acting)
        assert represented_by(session, acting=acting) == []


def test_nobody_in_particular_makes_no_profile(database: Database) -> None:
    with pytest.raises(NotAllowedError) as refused, database.transaction() as session:
        saved_profile(session, acting=ANYONE)
    assert refused.value.code == "sign_in_needed"


def test_a_save_replaces_words_and_parts_and_raises_the_version(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        made = saved_profile(session, acting=acting)
    draft = profile_draft(name="Otro nombre", offers=[{"text": "Solo esto."}], experience=[], place=None)
    with database.transaction() as session:
        save_profile(session, desk=desk(LATER), acting=acting, profile_id=made.id or 0, draft=draft)
    with database.reading() as session:
        full = get_profile(session, acting=ANYONE, profile_id=made.id or 0)
        assert [offer.text for offer in session.exec(select(Offer)).all()] == ["Solo esto."]
        assert session.exec(select(Experience)).all() == []
    profile = full.profile
    assert (profile.name, profile.version, profile.created_at, profile.updated_at) == ("Otro nombre", 2, NOW, LATER)
    assert (profile.place_name, profile.country, profile.geonameid, profile.population) == ("", "", None, None)


def test_every_save_asks_for_the_index(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        made = saved_profile(session, acting=acting)
        save_profile(session, desk=desk(), acting=acting, profile_id=made.id or 0, draft=profile_draft())
        set_visibility(session, profile=made, visibility=Visibility.HIDDEN, now=LATER)
    with database.reading() as session:
        assert messages(session) == [("index_profile", made.id)] * 3


def test_a_save_that_is_refused_keeps_nothing_of_it(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        made = saved_profile(session, acting=acting)
    lost = [{"title": "x", "place": {"name": "Atlántida", "country": "CO"}}]
    draft = profile_draft(name="Otro", experience=lost)
    with pytest.raises(InvalidInputError), database.transaction() as session:
        save_profile(session, desk=desk(), acting=acting, profile_id=made.id or 0, draft=draft)
    with database.reading() as session:
        full = get_profile(session, acting=ANYONE, profile_id=made.id or 0)
        assert (full.profile.name, full.profile.version, len(full.experience)) == ("Fugas y Caudales", 1, 1)
        assert messages(session) == [("index_profile", made.id)]


def test_a_stranger_cannot_save_and_a_hidden_profile_is_unknown_to_them(database: Database) -> None:
    codes: list[str] = []
    with database.transaction() as session:
        owner, stranger = signed_in(session), signed_in(session, name="Luís")
        made = saved_profile(session, acting=owner)
        for visibility in (Visibility.VISIBLE, Visibility.HIDDEN):
            set_visibility(session, profile=made, visibility=visibility, now=NOW)
            for acting in (stranger, ANYONE):
                with pytest.raises(DomainError) as refused:
                    save_profile(
                        session, desk=desk(), acting=acting, profile_id=made.id or 0, draft=profile_draft(name="Mío")
                    )
                codes.append(refused.value.code)
    assert codes == ["not_your_profile", "not_your_profile", "profile_unknown", "profile_unknown"]


def test_the_secretariat_saves_any_profile(database: Database) -> None:
    with database.transaction() as session:
        made = saved_profile(session, acting=signed_in(session))
        set_visibility(session, profile=made, visibility=Visibility.HIDDEN, now=NOW)
        draft = profile_draft(name="Corregido")
        assert save_profile(
            session, desk=desk(), acting=OPERATOR, profile_id=made.id or 0, draft=draft
        ).name == "Corregido"  # fmt: skip


def test_saving_what_is_not_there_is_refused(database: Database) -> None:
    with pytest.raises(NotFoundError) as refused, database.transaction() as session:
        save_profile(session, desk=desk(), acting=OPERATOR, profile_id=7, draft=profile_draft())
    assert (refused.value.code, refused.value.values) == ("profile_unknown", {"profile_id": 7})


def test_codes_that_no_list_has_are_refused_by_name(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        assert refusal(session, acting, kind="wizard") == ("unknown_code", "kind", "wizard")
        assert refusal(session, acting, areas=["magic"]) == ("unknown_code", "areas", "magic")
        assert refusal(session, acting, delivery_area=["NARNIA"]) == ("unknown_code", "delivery_area", "NARNIA")
        assert count_profiles(session, acting=OPERATOR) == 0


def test_places_that_are_unknown_or_unclear_are_refused(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        atlantis = {"name": "Atlántida", "country": "CO"}
        assert refusal(session, acting, place=atlantis) == ("place_unknown", "place", "Atlántida")
        assert refusal(session, acting, place={"geonameid": 5}) == ("place_unknown", "place", 5)
        assert refusal(session, acting, place={"territory_id": 5}) == ("place_unknown", "place", 5)
        with pytest.raises(InvalidInputError) as refused:
            saved_profile(session, acting=acting, place={"name": "San Carlos", "country": "CL"})
    assert refused.value.code == "place_ambiguous"
    assert refused.value.values["candidates"] == ["San Carlos, Ñuble (101)", "San Carlos, CL (102)"]


def test_a_profile_can_stand_in_a_territory(database: Database) -> None:
    with database.transaction() as session:
        draft = TerritoryDraft(kind=TerritoryKind.INDIGENOUS, name="Guambía", country="CO")
        territory = add_territory(session, draft=draft, now=NOW)
        made = saved_profile(session, acting=signed_in(session), place={"territory_id": territory.id})
    place = (made.territory_id, made.geonameid, made.place_name, made.country, made.region, made.population)
    assert place == (territory.id, None, "Guambía", "CO", "", None)


def test_a_number_that_another_profile_has_is_refused(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        saved_profile(session, acting=acting, external_id="mine")
        with pytest.raises(ConflictError) as refused:
            saved_profile(session, acting=acting, external_id="mine")
        saved_profile(session, acting=acting, external_id="")
        saved_profile(session, acting=acting, external_id="")
        assert count_profiles(session, acting=OPERATOR) == 3
    assert refused.value.code == "external_id_taken"
