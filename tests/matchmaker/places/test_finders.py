"""What every finder of places promises: the gazetteer, and the stand-in of the tests."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matchmaker.places.actions import PlaceFinder
from matchmaker.places.build import write_gazetteer
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.places.place import Ambiguous
from matchmaker.places.source import Town
from tests.fakes import CURITIBA, FEW_TOWNS, SAN_CARLOS_NORTE, SAN_CARLOS_SUR, SOGAMOSO, FakePlaceFinder


@pytest.fixture(scope="module", params=["fake", "gazetteer"])
def finder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlaceFinder]:
    if request.param == "fake":
        yield FakePlaceFinder()
        return
    with closing(Gazetteer(_written(tmp_path_factory.mktemp("finder") / "places.sqlite"))) as gazetteer:
        yield gazetteer


def test_a_town_is_known_by_its_number(finder: PlaceFinder) -> None:
    assert [finder.get(town.geonameid or 0) for town in FEW_TOWNS] == list(FEW_TOWNS)
    assert finder.get(999_999) is None


@pytest.mark.parametrize("name", ["Sogamoso", "sogamoso", "SOGAMOSO"])
def test_a_name_that_one_town_bears_means_it(finder: PlaceFinder, name: str) -> None:
    assert finder.resolve(name, country=None) == finder.resolve(name, country="CO") == SOGAMOSO
    assert finder.resolve(name, country="BR") is None


def test_the_beginning_of_a_name_means_nobody_and_finds_them(finder: PlaceFinder) -> None:
    assert finder.resolve("Soga", country="CO") is None
    assert finder.find("Soga", country=None, limit=5) == [SOGAMOSO]
    assert finder.find("cur", country="BR", limit=5) == [CURITIBA]
    assert finder.find("cur", country="CO", limit=5) == []


def test_several_towns_of_a_name_are_left_open_the_largest_first(finder: PlaceFinder) -> None:
    expected = (SAN_CARLOS_SUR, SAN_CARLOS_NORTE)
    assert finder.resolve("San Carlos", country="CL") == Ambiguous(expected)
    assert finder.find("San Carlos", country=None, limit=5) == list(expected)
    assert finder.find("San", country=None, limit=1) == [SAN_CARLOS_SUR]


def test_a_region_narrows(finder: PlaceFinder) -> None:
    assert finder.resolve("San Carlos", country="CL", region="Ñuble") == SAN_CARLOS_SUR
    assert finder.resolve("San Carlos", country="CL", region="Lima") is None
    assert finder.resolve("Sogamoso", country=None, region="Boyacá") == SOGAMOSO


def _written(path: Path) -> Path:
    towns = [
        Town(
            geonameid=place.geonameid or 0,
            name=place.name,
            country=place.country,
            region=place.region,
            population=place.population or 0,
            latitude=place.latitude or 0.0,
            longitude=place.longitude or 0.0,
            main_name=place.name,
            alternates=(),
        )
        for place in FEW_TOWNS
    ]
    return write_gazetteer(path, towns, stamp="few", report=lambda _event, _towns: None)
