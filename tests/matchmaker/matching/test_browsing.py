"""Lists are narrowed and searched; what the reader may not see is in none."""

import pytest

from matchmaker.accounts.models import ANYONE
from matchmaker.challenges.browsing import ChallengesWanted, browse_challenges, count_browsed, countries_asking
from matchmaker.matching.browsing import search_challenges, search_profiles
from matchmaker.matching.ports import Query
from matchmaker.places.sizes import SizeBand, band
from matchmaker.profiles import browsing as directory
from matchmaker.profiles.browsing import ProfilesWanted, browse_profiles
from matchmaker.profiles.models import Profile, Visibility
from tests.matchmaker.matching.conftest import LAMPS, LEAKS, SECTORS, Scene

EVERYONE, EVERYTHING = ProfilesWanted(), ChallengesWanted()


def test_the_directory_stands_by_name_and_turns_its_pages(scene: Scene) -> None:
    made = [scene.agent(LEAKS) for _ in range(5)]
    for number, row in enumerate(made):
        row.name = f"Agente {9 - number}"
    seen = [
        row.name for offset in (0, 2, 4, 6)
        for row in browse_profiles(scene.session, acting=ANYONE, wanted=EVERYONE, offset=offset, limit=2)
    ]  # fmt: skip
    assert seen == sorted(row.name for row in (*made, scene.town))
    assert directory.count_browsed(scene.session, acting=ANYONE, wanted=EVERYONE) == len(seen)


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("kind", "expert", ProfilesWanted(kinds=frozenset({"expert"}))),
        ("country", "PE", ProfilesWanted(countries=frozenset({"PE"}))),
        ("areas", ["mobility", "culture"], ProfilesWanted(areas=frozenset({"culture"}))),
        ("languages", ["pt"], ProfilesWanted(languages=frozenset({"pt"}))),
        ("population", 120_000, ProfilesWanted(sizes=frozenset({SizeBand.MEDIUM_CITY, band(120_000)}))),
    ],
)
def test_each_set_narrows_the_directory(scene: Scene, column: str, value: object, wanted: ProfilesWanted) -> None:
    other, fitting = scene.agent(LEAKS), scene.agent(LAMPS)
    for row in (other, scene.town):
        row.kind, row.country, row.areas, row.languages, row.population = "company", "CO", ["x"], ["es"], 7_000
    setattr(fitting, column, value)
    found = browse_profiles(scene.session, acting=ANYONE, wanted=wanted, limit=9)
    assert [row.id for row in found] == [fitting.id]


@pytest.mark.parametrize(
    ("column", "value", "wanted"),
    [
        ("country", "PE", ChallengesWanted(countries=frozenset({"PE"}))),
        ("language", "pt", ChallengesWanted(languages=frozenset({"pt"}))),
        ("procurement", "open", ChallengesWanted(procurements=frozenset({"open"}))),
        ("areas", ["mobility", "culture"], ChallengesWanted(areas=frozenset({"culture"}))),
        ("principles", ["inclusion"], ChallengesWanted(principles=frozenset({"inclusion"}))),
        ("population", 2_000_000, ChallengesWanted(sizes=frozenset({SizeBand.LARGE_METROPOLIS}))),
    ],
)
def test_each_set_narrows_challenges(scene: Scene, column: str, value: object, wanted: ChallengesWanted) -> None:
    other, fitting = scene.challenge(LEAKS), scene.challenge(LAMPS)
    other.country, other.language, other.procurement, other.population = "CO", "es", "none", 7_000
    setattr(fitting, column, value)
    found = browse_challenges(scene.session, acting=ANYONE, wanted=wanted, limit=9)
    assert [row.id for row in found] == [fitting.id]
    assert count_browsed(scene.session, acting=ANYONE, wanted=wanted) == 1


def test_a_code_that_begins_like_another_is_not_it(scene: Scene) -> None:
    scene.agent(LEAKS).areas = ["water_supply"]
    for code in ("water", "water%supply", "_ater_supply"):
        wanted = ProfilesWanted(areas=frozenset({code}))
        assert browse_profiles(scene.session, acting=ANYONE, wanted=wanted, limit=9) == []


def test_a_text_finds_profiles_by_what_they_say_and_quotes_it(scene: Scene) -> None:
    fitting, _ = scene.agent(LEAKS, SECTORS), scene.agent(LAMPS)
    found = search_profiles(scene.session, index=scene.index, acting=ANYONE, query=Query(LEAKS, "es"), wanted=EVERYONE)
    assert {row.profile.id for row in found} == {fitting.id, scene.town.id}
    assert {row.quotation.text for row in found if row.quotation} == {f"{LEAKS}."}


def test_a_text_finds_members_by_their_name_first(scene: Scene) -> None:
    fitting, named = scene.agent(LEAKS), scene.agent(LAMPS)
    named.name = f"Casa de {LEAKS.upper()}"
    found = search_profiles(scene.session, index=scene.index, acting=ANYONE, query=Query(LEAKS, "es"), wanted=EVERYONE)
    assert found[0].profile.id == named.id
    assert found[0].quotation is None
    assert fitting.id in {row.profile.id for row in found[1:] if row.quotation}


def test_a_text_finds_challenges_by_what_they_say(scene: Scene) -> None:
    fitting, _ = scene.challenge(LEAKS), scene.challenge(LAMPS)
    found = search_challenges(
        scene.session, index=scene.index, acting=ANYONE, query=Query(LEAKS, "es"), wanted=EVERYTHING
    )
    assert [row.challenge.id for row in found] == [fitting.id]


def test_what_is_searched_is_narrowed_too(scene: Scene) -> None:
    scene.agent(LEAKS)
    elsewhere = ProfilesWanted(countries=frozenset({"ZZ"}))
    nowhere = ChallengesWanted(countries=frozenset({"ZZ"}))
    scene.challenge(LEAKS)
    query = Query(LEAKS, "es")
    assert search_profiles(scene.session, index=scene.index, acting=ANYONE, query=query, wanted=elsewhere) == []
    assert search_challenges(scene.session, index=scene.index, acting=ANYONE, query=query, wanted=nowhere) == []


def test_who_is_hidden_is_in_no_list_and_no_search(hidden: tuple[Scene, Profile]) -> None:
    scene, firm = hidden
    query = Query(LEAKS, "es")
    assert firm.name
    assert browse_profiles(scene.session, acting=ANYONE, wanted=EVERYONE, limit=9) == []
    assert browse_challenges(scene.session, acting=ANYONE, wanted=EVERYTHING, limit=9) == []
    assert countries_asking(scene.session, acting=ANYONE) == []
    assert search_profiles(scene.session, index=scene.index, acting=ANYONE, query=query, wanted=EVERYONE) == []
    assert search_challenges(scene.session, index=scene.index, acting=ANYONE, query=query, wanted=EVERYTHING) == []


@pytest.fixture
def hidden(scene: Scene) -> tuple[Scene, Profile]:
    """A firm, and a town with a challenge, that the index still holds: they were hidden since."""
    firm = scene.agent(LEAKS)
    scene.challenge(LEAKS)
    for row in (firm, scene.town):
        scene.show(row, Visibility.HIDDEN)
    return scene, firm
