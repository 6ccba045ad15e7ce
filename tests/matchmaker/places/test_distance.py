from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.places.distance import EARTH_RADIUS_KILOMETRES, kilometres_between
from matchmaker.places.place import Place, PlaceFeature

LATITUDES = st.floats(min_value=-90, max_value=90)
LONGITUDES = st.floats(min_value=-180, max_value=180)


def at(latitude: float | None, longitude: float | None) -> Place:
    return Place(None, "", "PE", None, None, latitude, longitude, PlaceFeature.RURAL)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_the_same_both_ways_and_at_most_half_the_globe(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> None:
    there, back = at(latitude, longitude), at(other_latitude, other_longitude)
    kilometres = kilometres_between(there, back)
    assert kilometres is not None
    assert kilometres == pytest.approx(kilometres_between(back, there))
    assert 0 <= kilometres <= pi * EARTH_RADIUS_KILOMETRES + 1e-6


@given(LATITUDES, LONGITUDES)
def test_a_place_is_at_no_distance_from_itself(latitude: float, longitude: float) -> None:
    assert kilometres_between(at(latitude, longitude), at(latitude, longitude)) == 0


def test_a_quarter_of_a_meridian_is_ten_thousand_kilometres() -> None:
    assert kilometres_between(at(0, 0), at(90, 0)) == pytest.approx(10_007.557, abs=0.001)


def test_lima_and_sao_paulo_are_apart_by_what_the_map_says() -> None:
    assert kilometres_between(at(-12.04318, -77.02824), at(-23.5475, -46.63611)) == pytest.approx(3_460, abs=20)


def test_the_date_line_is_no_wall() -> None:
    assert kilometres_between(at(0, 179.5), at(0, -179.5)) == pytest.approx(111.195, abs=0.001)


def test_a_territory_without_a_centre_has_no_distance() -> None:
    assert kilometres_between(at(None, None), at(0, 0)) is None
    assert kilometres_between(at(0, 0), at(None, None)) is None
