from hypothesis import given
from hypothesis import strategies as st

from matchmaker.places.place import Ambiguous, Place
from matchmaker.places.resolution import ASSUMED_INHABITANTS, CLEARLY_LARGER, choose


def town(geonameid: int, population: int | None, *, name: str = "San José", latitude: float = 0.0) -> Place:
    return Place(geonameid, name, "CR", "Limón", population, latitude, 0.0)


def test_no_bearer_is_no_place() -> None:
    assert choose([]) is None


def test_the_only_bearer_is_meant_even_if_its_size_is_unknown() -> None:
    assert choose([town(1, None)]) == town(1, None)


def test_a_clearly_larger_town_is_meant() -> None:
    large, small = town(1, 1_000 * CLEARLY_LARGER), town(2, 1_000, latitude=1.0)
    assert choose([small, large]) == large


def test_towns_of_like_size_are_left_open_with_the_largest_first() -> None:
    large, small = town(1, 1_000 * CLEARLY_LARGER - 1), town(2, 1_000, latitude=1.0)
    assert choose([small, large]) == Ambiguous((large, small))


def test_an_unknown_rival_counts_as_a_small_seat() -> None:
    rival = town(2, None, latitude=1.0)
    clear, unclear = town(1, CLEARLY_LARGER * ASSUMED_INHABITANTS), town(1, CLEARLY_LARGER * ASSUMED_INHABITANTS - 1)
    assert choose([clear, rival]) == clear
    assert choose([unclear, rival]) == Ambiguous((unclear, rival))


def test_unknown_towns_are_never_clearly_larger() -> None:
    assert choose([town(1, None), town(2, None, latitude=1.0)]) == Ambiguous(
        (town(1, None), town(2, None, latitude=1.0))
    )


def test_a_town_that_the_source_lists_twice_is_one() -> None:
    first, second = town(1, 222_055), town(2, 215_973, latitude=0.05)
    assert choose([second, first]) == first


def test_a_smaller_town_also_called_so_does_not_disturb() -> None:
    assert choose([town(1, 90)], also_called=[town(2, 80, latitude=1.0)]) == town(1, 90)


def test_a_larger_town_also_called_so_leaves_it_open() -> None:
    bearer, larger = town(1, 80_000, name="Goiana"), town(2, 1_500_000, name="Goiânia", latitude=1.0)
    assert choose([bearer], also_called=[larger]) == Ambiguous((larger, bearer))


def test_towns_also_called_so_are_chosen_among_when_none_bears_the_name() -> None:
    assert choose([], also_called=[town(1, 900)]) == town(1, 900)


@given(st.permutations([town(number, number * 700, latitude=float(number)) for number in range(1, 6)]))
def test_the_order_of_candidates_does_not_matter(towns: list[Place]) -> None:
    assert choose(towns) == choose(sorted(towns, key=lambda place: place.geonameid or 0))
