"""A place: a town of the gazetteer, or a territory that an author added. Pure."""

from dataclasses import dataclass
from enum import StrEnum

LATITUDE_DEGREES = 90.0  # largest distance from the equator
LONGITUDE_DEGREES = 180.0  # largest distance from Greenwich


class PlaceFeature(StrEnum):
    """What kind of place it is.

    The source tells no capital from a district or a village: every row of it is a SETTLEMENT.
    """

    SETTLEMENT = "settlement"
    METROPOLITAN = "metropolitan"
    RURAL = "rural"
    INDIGENOUS = "indigenous"


@dataclass(frozen=True)
class Place:
    """A place that can be named, compared in size and found on the globe.

    A town has a `geonameid`; a territory has none, and once kept a `territory_id`. `name` is the local one where the
    source has it (see `local_names`). `country` is ISO 3166-1 alpha-2. `region` is the name of the first-level
    division, its GeoNames code where no name is known, None where it has none. `population` in inhabitants, None when
    not known, never 0. Latitude and longitude in degrees (WGS 84), both None for a territory without a centre.
    """

    geonameid: int | None
    name: str
    country: str
    region: str | None
    population: int | None
    latitude: float | None
    longitude: float | None
    feature: PlaceFeature = PlaceFeature.SETTLEMENT
    territory_id: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for two identities, a population of 0 or less, half a coordinate, or one off the globe."""
        if self.geonameid is not None and (self.is_territory or self.territory_id is not None):
            raise ValueError("geonameid: a territory has none")
        if self.population is not None and self.population <= 0:
            raise ValueError("population: unknown is None")
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("coordinates: both or neither")
        if not _is_on_the_globe(self.latitude, self.longitude):
            raise ValueError("coordinates: outside the globe")

    @property
    def is_territory(self) -> bool:
        """Whether it is one that an author added, not a town of the gazetteer."""
        return self.feature is not PlaceFeature.SETTLEMENT


@dataclass(frozen=True)
class Ambiguous:
    """Several places have the name, and none is clearly meant: `candidates`, the largest first."""

    candidates: tuple[Place, ...]


def _is_on_the_globe(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return True
    return abs(latitude) <= LATITUDE_DEGREES and abs(longitude) <= LONGITUDE_DEGREES
