"""Lists are narrowed alike in both databases."""

from matchmaker.accounts.models import ANYONE
from matchmaker.challenges import browsing as challenge_lists
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges
from matchmaker.places.sizes import SizeBand
from matchmaker.profiles.browsing import (
    ProfilesWanted,
    browse_profiles,
    count_browsed,
    numbers_browsed,
    profiles_named,
)
from matchmaker.store.database import Database
from tests.factories import saved_challenge, saved_profile, signed_in

LARGE = SizeBand.LARGE_METROPOLIS
MANY = ProfilesWanted(
    kinds=frozenset({"company", "expert"}),
    countries=frozenset({"CO"}),
    areas=frozenset({"mobility"}),
    languages=frozenset({"es", "pt"}),
    sizes=frozenset({SizeBand.TOWN, SizeBand.SMALL_CITY}),
)


def test_all_sets_narrow_together(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        other, fitting = (saved_profile(session, acting=acting, name=f"100 % {name}") for name in ("Agua", "Río"))
        for row in (other, fitting):
            row.kind, row.country, row.languages = "company", "CO", ["pt", "en"]
            row.areas, row.population = ["mobility", "culture"], 60_000
        other.areas = ["mobility_of_people"]
        session.flush()
        assert [row.id for row in browse_profiles(session, acting=ANYONE, wanted=MANY, limit=9)] == [fitting.id]
        assert count_browsed(session, acting=ANYONE, wanted=MANY) == 1
        assert numbers_browsed(session, acting=ANYONE, wanted=MANY) == {fitting.id}
        everyone = ProfilesWanted()
        assert len(profiles_named(session, acting=ANYONE, wanted=everyone, words="00 % r", limit=9)) == 1
        assert profiles_named(session, acting=ANYONE, wanted=everyone, words="1_0", limit=9) == []


def test_challenges_are_narrowed_by_principle_owner_and_size(database: Database) -> None:
    with database.transaction() as session:
        acting = signed_in(session)
        owner = saved_profile(session, acting=acting, name="Villa")
        challenges = [saved_challenge(session, acting=acting, owner=owner, title=f"Reto {n}") for n in range(2)]
        challenges[0].principles, challenges[0].population = ["inclusion", "urban_service_efficiency"], 2_000_000
        challenges[1].principles, challenges[1].population = ["urban_service_efficiency"], None
        session.flush()
        number = owner.id or 0
        wanted = ChallengesWanted(
            principles=frozenset({"inclusion"}),
            owners=frozenset({number}),
            sizes=frozenset({SizeBand.LARGE_METROPOLIS}),
        )
        found = browse_challenges(session, acting=ANYONE, wanted=wanted, limit=9)
        assert [row.id for row in found] == [challenges[0].id]
        assert challenge_lists.count_browsed(session, acting=ANYONE, wanted=ChallengesWanted()) == 2
