"""What two profiles share is found when one is saved, and put before a person."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from matchmaker.accounts.models import Account
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.integrity.actions import detect_all, detect_conflicts
from matchmaker.integrity.models import Conflict, ConflictState, Decision, Evidence, Ground, Trait
from matchmaker.integrity.queries import grounds_of, is_held
from matchmaker.profiles.actions import save_profile
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import NOW, desk, profile_draft
from tests.matchmaker.integrity.conftest import House

STREET: dict[str, Any] = {"place": {"name": "Sogamoso", "country": "CO"}}


def detected(house: House, profile: Profile) -> dict[int, frozenset[Evidence]]:
    return detect_conflicts(house.session, profile_id=profile.id or 0, now=NOW)


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        (
            {"registration_number": "800.197.268-4", **STREET},
            {"registration_number": "800197268", **STREET},
            Evidence.SAME_REGISTRATION_NUMBER,
        ),
        ({"email": "a@agua.firma.example"}, {"email": "b@firma.example"}, Evidence.SAME_MAIL_DOMAIN),
        (
            {"address": "Cra. 10 # 4-20", **STREET},
            {"address": "Carrera 10 No. 4-20", **STREET},
            Evidence.SAME_ADDRESS,
        ),
    ],
)
def test_what_two_profiles_share_is_found_by_the_second_save(
    house: House, one: dict[str, Any], other: dict[str, Any], evidence: Evidence
) -> None:
    (first, _), (second, _) = house.member(**one), house.member(**other)
    assert detected(house, first) == {}
    assert detected(house, second) == {first.id: {evidence}}
    conflict = house.between(first, second)
    assert conflict.state == ConflictState.UNKNOWN
    assert is_held(house.session, second.id or 0, first.id or 0)
    assert [ground.code for ground in grounds_of(house.session, [conflict])[conflict.id or 0]] == [evidence]


def test_profiles_that_share_nothing_or_a_public_host_are_in_no_conflict(house: House) -> None:
    (one, _), (two, _) = house.member(email="a@gmail.com"), house.member(email="b@gmail.com")
    (three, _), (four, _) = house.member(), house.member()
    assert [detected(house, profile) for profile in (one, two, three, four)] == [{}, {}, {}, {}]
    assert house.session.exec(select(Conflict)).all() == []


def test_the_addresses_of_those_who_act_for_a_profile_count_too(house: House) -> None:
    (one, acting), (two, _) = house.member(email=""), house.member(email="b@firma.example")
    house.session.get_one(Account, acting.account_id).email = "ana@firma.example"
    detected(house, two)
    assert detected(house, one) == {two.id: {Evidence.SAME_MAIL_DOMAIN}}


def test_one_account_for_two_profiles_is_a_question(house: House) -> None:
    (one, acting), (two, _) = house.member(), house.member()
    house.acts(acting, two)
    assert detected(house, two) == {one.id: {Evidence.SAME_ACCOUNT}}


def test_the_same_again_changes_nothing_and_a_dismissal_stays(house: House) -> None:
    (one, _), (two, _) = house.member(email="a@firma.example"), house.member(email="b@firma.example")
    for profile in (one, two, one, two):
        detected(house, profile)
    house.decide(house.between(one, two), Decision.DISMISSED)
    detected(house, one)
    assert house.between(one, two).state == ConflictState.DISMISSED
    assert house.session.exec(select(func.count()).select_from(Ground)).one() == 1


def test_new_evidence_makes_a_question_again_of_what_was_dismissed(house: House) -> None:
    (one, acting), (two, _) = house.member(email="a@firma.example"), house.member(email="b@firma.example")
    detected(house, one)
    detected(house, two)
    house.decide(house.between(one, two), Decision.DISMISSED)
    house.acts(acting, two)
    detected(house, two)
    assert house.between(one, two).state == ConflictState.UNKNOWN


def test_a_house_of_many_profiles_is_no_evidence_but_a_registration_number_is(house: House) -> None:
    few = replace(house.rulebook, most_holders=2)
    made = [
        house.member(email=f"a{number}@parque.example", registration_number="800197268", **STREET)[0]
        for number in range(3)
    ]
    for profile in made:
        detect_conflicts(house.session, profile_id=profile.id or 0, now=NOW, rulebook=few)
    found = detect_conflicts(house.session, profile_id=made[0].id or 0, now=NOW, rulebook=few)
    assert set(found.values()) == {frozenset({Evidence.SAME_REGISTRATION_NUMBER})}


def test_what_a_profile_no_longer_says_leaves_no_trait(house: House) -> None:
    profile, acting = house.member(address="Calle 1 # 2-3", registration_number="800197268", **STREET)
    detected(house, profile)
    assert len(house.session.exec(select(Trait)).all()) == 3
    draft = profile_draft(email="", place=None)
    save_profile(house.session, desk=desk(), acting=acting, profile_id=profile.id or 0, draft=draft)
    detected(house, profile)
    assert house.session.exec(select(Trait)).all() == []
    assert detect_conflicts(house.session, profile_id=999, now=NOW) == {}


def test_nothing_that_was_compared_stands_beside_a_conflict(house: House) -> None:
    made = [house.member(email=f"{name}@firma.example", registration_number="800197268")[0] for name in "ab"]
    for profile in made:
        detected(house, profile)
    rows = [*house.session.exec(select(Trait)).all(), *house.session.exec(select(Ground)).all()]
    told = " ".join(str(row.model_dump()) for row in rows)
    assert "firma" not in told
    assert "800197268" not in told


def test_an_import_detects_and_a_look_at_everything_finds_nothing_more(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "members.csv"
    path.write_text(
        "id,name,kind,e-mail,NIT,address,city,country\n"
        "1,Una,company,a@firma.example,800.197.268-4,Cra. 10 # 4-20,Sogamoso,CO\n"
        "2,Otra,company,b@firma.example,800197268,Carrera 10 No 4-20,Sogamoso,CO\n"
        "3,Ajena,company,c@ajena.example,,,,\n",
        encoding="utf-8",
    )
    report = import_file(database, desk_of=desk(), path=path, options=ImportOptions(kind="profiles"))
    assert (report.created, report.refused) == (3, ())
    with database.transaction() as session:
        [conflict] = session.exec(select(Conflict)).all()
        codes = [ground.code for ground in grounds_of(session, [conflict])[conflict.id or 0]]
        assert codes == [Evidence.SAME_ADDRESS, Evidence.SAME_MAIL_DOMAIN, Evidence.SAME_REGISTRATION_NUMBER]
        assert detect_all(session, now=NOW) == 2
        assert session.exec(select(func.count()).select_from(Ground)).one() == 3
        assert session.exec(select(Profile.address)).all() == ["Cra. 10 # 4-20", "Carrera 10 No 4-20", ""]
