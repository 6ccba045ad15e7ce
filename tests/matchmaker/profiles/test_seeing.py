import pytest
from sqlmodel import Session

from matchmaker.accounts.models import ANYONE, OPERATOR, Acting, Role
from matchmaker.errors import NotFoundError
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Visibility
from matchmaker.profiles.queries import count_profiles, full_profiles, get_profile, list_profiles, represents
from matchmaker.store.database import Database
from tests.databases import statements
from tests.factories import NOW, saved_profile, signed_in


def one_of_each(session: Session, owner: Acting) -> dict[Visibility, int]:
    made = {}
    for visibility in Visibility:
        profile = saved_profile(session, acting=owner, name=visibility)
        set_visibility(session, profile=profile, visibility=visibility, now=NOW)
        made[visibility] = profile.id or 0
    return made


def seen(session: Session, acting: Acting, ids: dict[Visibility, int]) -> list[set[str]]:
    listed = {row.name for row in list_profiles(session, acting=acting, limit=10)}
    loaded = {full.profile.name for full in full_profiles(session, acting=acting, profile_ids=ids.values()).values()}
    opened = set()
    for name, profile_id in ids.items():
        try:
            opened.add(get_profile(session, acting=acting, profile_id=profile_id).profile.name)
        except NotFoundError as refused:
            assert refused.code == "profile_unknown"  # noqa: PT017 some are found and some are not
            assert name is not Visibility.VISIBLE
    assert count_profiles(session, acting=acting) == len(listed)
    return [listed, loaded, opened]


def test_every_read_shows_an_account_what_it_may_see(database: Database) -> None:
    with database.transaction() as session:
        owner = signed_in(session)
        stranger = signed_in(session, role=Role.SUPPLIER, name="Luís")
        secretariat = signed_in(session, role=Role.SECRETARIAT, name="Inés")
        ids = one_of_each(session, owner)
    with database.reading() as session:
        everything = {"visible", "unclaimed", "hidden"}
        assert seen(session, ANYONE, ids) == [{"visible"}] * 3
        assert seen(session, stranger, ids) == [{"visible"}] * 3
        assert seen(session, owner, ids) == [everything] * 3
        assert seen(session, secretariat, ids) == [everything] * 3
        assert seen(session, OPERATOR, ids) == [everything] * 3


def test_only_the_account_that_acts_for_a_profile_represents_it(database: Database) -> None:
    with database.transaction() as session:
        owner, stranger = signed_in(session), signed_in(session, name="Luís")
        made = saved_profile(session, acting=owner)
        asked = [represents(session, acting=acting, profile_id=made.id or 0) for acting in (owner, stranger, ANYONE)]
    assert asked == [True, False, False]


def test_a_list_goes_on_after_the_last_one_and_filters(database: Database) -> None:
    with database.transaction() as session:
        owner = signed_in(session)
        saved_profile(session, acting=owner, name="1")
        saved_profile(session, acting=owner, name="2", kind="academic")
        saved_profile(session, acting=owner, name="3", place={"name": "Curitiba", "country": "BR"})

    def names(**asked: object) -> list[str]:
        with database.reading() as session:
            return [row.name for row in list_profiles(session, acting=ANYONE, **asked)]  # type: ignore[arg-type]

    assert names(limit=2) == ["1", "2"]
    assert names(limit=2, after=2) == ["3"]
    assert names(limit=9, kinds=["academic"]) == ["2"]
    assert names(limit=9, countries=["BR"]) == ["3"]
    assert names(limit=9, kinds=["academic"], countries=["BR"]) == []


@pytest.mark.parametrize("items", [1, 12])
def test_reads_of_many_take_as_many_statements_as_reads_of_one(database: Database, items: int) -> None:
    with database.transaction() as session:
        owner = signed_in(session)
        ids = [saved_profile(session, acting=owner).id or 0 for _ in range(items)]
    with database.reading() as session:
        session.connection()
        with statements(database) as sent:
            assert len(list_profiles(session, acting=owner, limit=50)) == items
            assert len(sent) == 1
        with statements(database) as sent:
            assert len(full_profiles(session, acting=owner, profile_ids=ids)) == items
            assert len(sent) == 3
