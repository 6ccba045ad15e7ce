"""How many stand where, counted alike by both databases."""

from sqlmodel import col

from matchmaker.accounts.models import ANYONE
from matchmaker.places.standing import standing
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import may_see
from matchmaker.profiles.reach import areas_by_reach
from matchmaker.store.database import Database
from tests.factories import saved_profile, signed_in


def test_profiles_of_one_place_and_the_same_areas_are_one_row(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        for name in ("A", "B"):
            saved_profile(session, acting=acting, name=name, areas=["energy_environment"])
        saved_profile(session, acting=acting, name="C", areas=[])
        found = standing(session, Profile, areas=col(Profile.areas), seen=may_see(ANYONE))
    assert sorted((one.country, one.areas, one.count) for one in found) == [
        ("CO", (), 1),
        ("CO", ("energy_environment",), 2),
    ]


def test_an_area_is_reached_at_home_and_where_its_members_deliver(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        saved_profile(session, acting=acting, areas=["energy_environment"], delivery_area=["CENTRAL_AMERICA"])
        reach = areas_by_reach(session, acting=ANYONE)
    reached = [reach.is_reached(country=country, area="energy_environment") for country in ("CO", "HN", "PE")]
    assert reached == [True, True, False]
    assert not reach.is_reached(country="CO", area="economic_development")
