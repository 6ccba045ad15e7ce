from collections.abc import Sequence

import pytest

from matchmaker.matching.asks import Ask
from matchmaker.matching.circumstances import WEIGHTS, Circumstance, circumstances_of, size_circumstance, weight
from matchmaker.places.models import Located
from matchmaker.profiles.models import Experience, Profile
from tests.matchmaker.matching.ranked import LARGE_CITY, LIKE_TOWN, SMALL_TOWN, ask, done_in, profile


def codes(asked: Ask, agent: Profile, experience: Sequence[Experience] = ()) -> list[Circumstance]:
    return [fitting.code for fitting in circumstances_of(asked, agent, experience)]


def test_an_agent_of_the_country_delivers_there() -> None:
    found = codes(ask(), profile(country="CO", delivery_area=["BR"]))
    assert found == ["same_country", "delivers_there", "shared_language"]


@pytest.mark.parametrize(
    ("area", "reaches"),
    [
        (["CO"], True),
        (["ANDEAN"], True),
        (["LATAM"], True),
        (["*"], True),
        (["MX", "SOUTH_AMERICA"], True),
        (["MERCOSUR"], False),
        (["BR"], False),
        ([], False),
    ],
)
def test_a_delivery_area_may_name_countries_macro_regions_or_anywhere(area: list[str], reaches: bool) -> None:  # noqa: FBT001 - a row of the table
    found = codes(ask(country="CO"), profile(country="BR", delivery_area=area))
    assert found[0] == ("delivers_there" if reaches else "does_not_deliver_there")


def test_an_agent_that_names_no_area_delivers_at_home() -> None:
    assert codes(ask(country="BR"), profile(country="BR", delivery_area=[]))[:2] == ["same_country", "delivers_there"]


def test_work_in_the_country_is_said_of_those_from_elsewhere() -> None:
    there = [done_in("Cali", population=None)]
    assert "worked_in_the_country" in codes(ask(), profile(country="BR"), there)
    assert "worked_in_the_country" not in codes(ask(), profile(country="CO"), there)
    assert "worked_in_the_country" not in codes(ask(country="PE"), profile(country="BR"), there)


def test_languages_are_compared_with_that_of_the_challenge() -> None:
    assert codes(ask(language="pt"), profile(languages=["es", "pt"]))[-1] == "shared_language"
    assert codes(ask(language="qu"), profile(languages=["es", "pt"]))[-1] == "no_shared_language"


def test_an_agent_whose_languages_are_unknown_is_not_compared_by_them() -> None:
    assert codes(ask(country=""), profile(languages=[])) == []


def test_a_small_town_is_compared_with_its_like() -> None:
    places = [done_in("Nobsa"), done_in("Bogotá", population=LARGE_CITY), done_in("Nobsa"), done_in("Tibasosa")]
    found = circumstances_of(ask(population=SMALL_TOWN), profile(), places)[-1]
    assert found.code == "worked_in_like_places"
    assert found.values == {"places": "Nobsa, Tibasosa", "count": 2, "band": "larger_town"}
    metropolis = circumstances_of(ask(population=LARGE_CITY), profile(), places)[-1]
    assert metropolis.values == {"places": "Bogotá", "count": 1, "band": "large_metropolis"}


@pytest.mark.parametrize(("here", "there"), [(None, LIKE_TOWN), (SMALL_TOWN, None), (None, None), (0, 0)])
def test_an_unknown_population_is_compared_with_nothing(here: int | None, there: int | None) -> None:
    assert "worked_in_like_places" not in codes(ask(population=here), profile(), [done_in("Nobsa", population=there)])
    first, second = Located(place_name="A", population=here), Located(place_name="B", population=there)
    assert size_circumstance(first, second) == ()


def test_experience_without_a_place_is_not_counted() -> None:
    assert "worked_in_like_places" not in codes(ask(), profile(), [done_in("")])


def test_a_challenge_without_a_country_has_no_circumstance_of_country() -> None:
    found = codes(ask(country="", population=None), profile(country="", delivery_area=["*"]), [done_in("Nobsa")])
    assert found == ["shared_language"]


def test_peers_of_like_size_are_told_so() -> None:
    first, second = Located(place_name="A", population=SMALL_TOWN), Located(place_name="B", population=LIKE_TOWN)
    [found] = size_circumstance(first, second)
    assert (found.code, found.values) == ("like_size", {"place": "B", "band": "larger_town"})
    assert size_circumstance(first, Located(place_name="C", population=LARGE_CITY)) == ()


def test_a_hundred_places_count_as_one() -> None:
    once = circumstances_of(ask(), profile(), [done_in("Nobsa")])
    often = circumstances_of(ask(), profile(), [done_in(f"Lugar {number}") for number in range(100)])
    assert weight(often) == weight(once)


def test_every_circumstance_has_a_weight_with_the_sign_of_its_words() -> None:
    assert set(WEIGHTS) == set(Circumstance)
    unwelcome = {Circumstance.DOES_NOT_DELIVER_THERE, Circumstance.NO_SHARED_LANGUAGE}
    assert all((value <= 0) if code in unwelcome else (value >= 0) for code, value in WEIGHTS.items())
    assert weight(()) == 0


def test_what_is_not_known_of_language_or_place_counts_neither_way() -> None:
    unplaced = profile(country="", delivery_area=[])
    assert circumstances_of(ask(language="und"), unplaced, []) == ()
