"""Discs on a map: what stands close together is one, and none hides another."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as any_of

from api.web.clusters import LARGEST, SMALLEST, Spot, discs_of

SIZE = (2_000, 2_000)
PLACES = any_of.builds(
    Spot,
    x=any_of.integers(0, 2_000).map(float),
    y=any_of.integers(0, 2_000).map(float),
    challenges=any_of.integers(0, 9),
    members=any_of.integers(1, 9),
    key=any_of.sampled_from(["CO", "BR", "MX"]),
)


@given(any_of.lists(PLACES, max_size=30))
def test_nothing_is_lost_in_gathering_and_every_disc_is_in_the_picture(spots: list[Spot]) -> None:
    discs = discs_of(spots, within=260.0, size=SIZE)
    assert sum(disc.challenges for disc in discs) == sum(spot.challenges for spot in spots)
    assert sum(disc.members for disc in discs) == sum(spot.members for spot in spots)
    assert all(SMALLEST <= disc.radius <= LARGEST for disc in discs)
    assert all(disc.radius <= disc.x <= SIZE[0] - disc.radius + 0.001 for disc in discs)


def test_discs_of_neighbours_do_not_cover_one_another() -> None:
    spots = [Spot(1_000.0 + 9 * number, 1_000.0, 1, 2, f"{number}") for number in range(9)]
    discs = discs_of(spots, within=100.0, size=SIZE)
    overlaps = [
        one.radius + other.radius - hypot(one.x - other.x, one.y - other.y) for one, other in combinations(discs, 2)
    ]
    assert len(discs) == len(spots)
    assert max(overlaps) < SMALLEST / 4


def test_places_of_one_country_near_one_another_are_one_disc() -> None:
    (disc,) = discs_of([Spot(10.0, 10.0, 3, 0, "CO"), Spot(60.0, 10.0, 0, 1, "CO")], within=100.0, size=SIZE)
    assert (disc.challenges, disc.members, disc.has_both) == (3, 1, True)
    assert disc.slice.startswith("M0 0V-")


def test_the_same_places_in_another_order_make_the_same_discs() -> None:
    spots = [Spot(float(x), 500.0, 1, x % 3, "CO") for x in range(100, 1_900, 90)]
    assert discs_of(spots, within=200.0, size=SIZE) == discs_of(spots[::-1], within=200.0, size=SIZE)
