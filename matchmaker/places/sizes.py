"""Bands of population, so that a small town is compared with its like. Pure.

From 50,000 inhabitants upwards they are the OECD's classes of urban areas (Redefining "Urban", OECD Publishing 2012,
and the indicator "Urban population by city size"): small urban, medium-size urban, metropolitan, large metropolitan.
The OECD draws no line below that. 5,000 is where the Degree of Urbanisation (UN Statistical Commission, 2020) lets a
town begin, and 10,000 is a bound of the size classes of localities in the UN's Principles and Recommendations for
Population and Housing Censuses (revision 3). The OECD counts a city with its commuting zone, the gazetteer the town by
itself.
"""

from bisect import bisect_right
from enum import StrEnum

TOWN_INHABITANTS = 5_000  # Degree of Urbanisation
LARGER_TOWN_INHABITANTS = 10_000  # UN size classes of localities
SMALL_CITY_INHABITANTS = 50_000  # OECD and Degree of Urbanisation
MEDIUM_CITY_INHABITANTS = 200_000  # OECD
METROPOLIS_INHABITANTS = 500_000  # OECD
LARGE_METROPOLIS_INHABITANTS = 1_500_000  # OECD

LIKE_RATIO = 1.5  # this project's judgement: 45,000 and 55,000 are alike though a bound lies between them


class SizeBand(StrEnum):
    """How large a place is; each begins at the bound of its name and ends below the next."""

    UNKNOWN = "unknown"
    VILLAGE = "village"
    TOWN = "town"
    LARGER_TOWN = "larger_town"
    SMALL_CITY = "small_city"
    MEDIUM_CITY = "medium_city"
    METROPOLIS = "metropolis"
    LARGE_METROPOLIS = "large_metropolis"


_BOUNDS = (
    TOWN_INHABITANTS,
    LARGER_TOWN_INHABITANTS,
    SMALL_CITY_INHABITANTS,
    MEDIUM_CITY_INHABITANTS,
    METROPOLIS_INHABITANTS,
    LARGE_METROPOLIS_INHABITANTS,
)
_KNOWN_BANDS = tuple(band for band in SizeBand if band is not SizeBand.UNKNOWN)


def band(population: int | None) -> SizeBand:
    """Band of a population in inhabitants; None and 0 are unknown."""
    if not population:
        return SizeBand.UNKNOWN
    return _KNOWN_BANDS[bisect_right(_BOUNDS, population)]


def inhabitants_of(size: SizeBand) -> tuple[int, int]:
    """From how many inhabitants a known band begins, and where it ends; 0 where it has no end."""
    bounds, number = (0, *_BOUNDS, 0), _KNOWN_BANDS.index(size)
    return bounds[number], bounds[number + 1]


def are_alike(first: int | None, second: int | None) -> bool:
    """Whether two populations in inhabitants are of one band, or differ by no more than LIKE_RATIO.

    What is not known is like nothing, not even like another unknown.
    """
    if not first or not second:
        return False
    return band(first) is band(second) or max(first, second) <= LIKE_RATIO * min(first, second)
