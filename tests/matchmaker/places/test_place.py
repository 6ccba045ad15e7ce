import ast
from pathlib import Path

import pytest

from matchmaker.places import distance, keys, place, regions, resolution, sizes
from matchmaker.places.place import Place, PlaceFeature

PURE = (distance, keys, place, regions, resolution, sizes)


def territory(*, population: int | None = None, latitude: float | None = None, longitude: float | None = None) -> Place:
    return Place(None, "Wallmapu", "CL", None, population, latitude, longitude, PlaceFeature.INDIGENOUS, territory_id=7)


def test_a_territory_needs_no_geonameid_population_or_centre() -> None:
    assert territory().is_territory
    assert not Place(1, "Lima", "PE", "Lima", 1, 0.0, 0.0).is_territory


def test_a_territory_is_no_town_of_the_gazetteer() -> None:
    with pytest.raises(ValueError, match="geonameid"):
        Place(1, "Wallmapu", "CL", None, None, None, None, PlaceFeature.INDIGENOUS)
    with pytest.raises(ValueError, match="geonameid"):
        Place(1, "Lima", "PE", None, None, None, None, territory_id=7)


@pytest.mark.parametrize("population", [0, -1])
def test_a_population_of_nobody_is_refused(population: int) -> None:
    with pytest.raises(ValueError, match="population"):
        territory(population=population)


@pytest.mark.parametrize(("latitude", "longitude"), [(1.0, None), (None, 1.0), (90.1, 0.0), (0.0, -180.1)])
def test_coordinates_are_both_there_and_on_the_globe(latitude: float | None, longitude: float | None) -> None:
    with pytest.raises(ValueError, match="coordinates"):
        territory(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize("module", PURE, ids=lambda module: module.__name__)
def test_a_pure_module_imports_no_database(module: object) -> None:
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {name.partition(".")[0] for name in imported} & {"sqlite3", "sqlmodel", "sqlalchemy"}
