import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.places.sizes import LIKE_RATIO, SizeBand, are_alike, band

POPULATIONS = st.integers(min_value=1, max_value=40_000_000)


@pytest.mark.parametrize(
    ("population", "expected"),
    [
        (None, SizeBand.UNKNOWN),
        (0, SizeBand.UNKNOWN),
        (1, SizeBand.VILLAGE),
        (4_999, SizeBand.VILLAGE),
        (5_000, SizeBand.TOWN),
        (10_000, SizeBand.LARGER_TOWN),
        (49_999, SizeBand.LARGER_TOWN),
        (50_000, SizeBand.SMALL_CITY),
        (200_000, SizeBand.MEDIUM_CITY),
        (500_000, SizeBand.METROPOLIS),
        (1_499_999, SizeBand.METROPOLIS),
        (1_500_000, SizeBand.LARGE_METROPOLIS),
    ],
)
def test_a_band_begins_at_its_bound(population: int | None, expected: SizeBand) -> None:
    assert band(population) is expected


@given(POPULATIONS, POPULATIONS)
def test_bands_rise_with_population(first: int, second: int) -> None:
    order = list(SizeBand)
    small, large = sorted((first, second))
    assert order.index(band(small)) <= order.index(band(large))


@given(POPULATIONS, POPULATIONS)
def test_likeness_goes_both_ways(first: int, second: int) -> None:
    assert are_alike(first, second) == are_alike(second, first)


@given(POPULATIONS)
def test_a_known_place_is_like_itself(population: int) -> None:
    assert are_alike(population, population)


@given(st.none() | POPULATIONS)
def test_an_unknown_size_is_like_nothing(population: int | None) -> None:
    assert not are_alike(None, population)
    assert not are_alike(population, 0)


def test_a_bound_does_not_part_near_equals() -> None:
    assert are_alike(45_000, 55_000)
    assert not are_alike(49_000, int(49_000 * LIKE_RATIO) + 1)


def test_a_small_town_is_not_like_a_metropolis() -> None:
    assert are_alike(12_000, 30_000)
    assert not are_alike(12_000, 900_000)
