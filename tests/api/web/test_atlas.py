"""The region as it is drawn: equal-area, with shared borders, and nothing of another continent."""

import re
from math import cos, radians

import pytest

from api.web.atlas import VIEW_UNITS, projected, sheet
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode

BOGOTA = {"latitude": 4.6, "longitude": -74.08}
MADRID = {"latitude": 40.4, "longitude": -3.7}
NUMBERS = re.compile(r"-?\d+")


def test_the_region_has_its_countries_and_no_other() -> None:
    region = MACRO_REGIONS[MacroRegionCode.LATAM].countries
    drawn = {land.code for land in sheet().lands}
    assert drawn <= region
    assert {"AR", "BO", "BR", "CL", "CO", "CR", "CU", "DO", "EC", "GF", "GT", "HN", "MX", "PE", "UY", "VE"} <= drawn


def test_a_picture_is_as_long_as_it_should_be_and_small() -> None:
    for country in ("", "BR", "CL", "SV", "BB"):
        drawn = sheet(country)
        assert max(drawn.width, drawn.height) == VIEW_UNITS
        assert sum(len(land.path) for land in drawn.lands) < 15_000


def test_a_town_stands_in_its_country_and_nowhere_outside() -> None:
    region, own = sheet(), sheet("CO")
    for drawn in (region, own):
        at = drawn.at(**BOGOTA)
        assert at is not None
        assert 0 < at[0] < drawn.width
        assert 0 < at[1] < drawn.height
    assert region.at(**MADRID) is None
    assert sheet("CL").at(**BOGOTA) is None


def test_the_middle_of_a_country_is_drawn_where_its_shape_is() -> None:
    assert sheet().middle_of("BR") is not None
    assert sheet().middle_of("ES") is None


def test_a_country_without_a_shape_is_shown_in_the_region() -> None:
    assert sheet("XX") == sheet()


def test_areas_keep_their_size_far_from_the_middle() -> None:
    """A square degree is as large on the map as on the globe: its sides shrink with the cosine of the latitude."""
    sizes = [_extent(latitude) for latitude in (-50.0, -13.0, 25.0)]
    assert sizes == pytest.approx([1.0] * 3, rel=0.01)


def test_neighbours_share_their_border_to_the_unit() -> None:
    lands = {land.code: land.path for land in sheet().lands}
    shared = _corners(lands["BR"]) & _corners(lands["BO"])
    assert len(shared) > 10


def _extent(latitude: float) -> float:
    """How many times as large a small square is on the map as on the globe."""
    side = 0.1
    corners = [(-70, latitude), (-70 + side, latitude), (-70 + side, latitude + side), (-70, latitude + side)]
    points = [projected(*corner) for corner in corners]
    turned = zip(points, [*points[1:], points[0]], strict=True)
    drawn = abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in turned)) / 2
    return drawn / (radians(side) ** 2 * cos(radians(latitude + side / 2)))


def _corners(path: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for ring in path.split("M")[1:]:
        start, steps = ring.rstrip("z").split("l")
        x, y = (int(number) for number in start.split())
        numbers = [int(number) for number in NUMBERS.findall(steps)]
        for across, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + across, y + down
            found.add((x, y))
    return found
