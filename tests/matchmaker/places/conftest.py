"""The gazetteer of the whole world, reused where it is current, else built once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matchmaker.places.build import build_gazetteer, is_current
from matchmaker.places.gazetteer import Gazetteer

INSTALLED = Path(__file__).parents[3] / "data" / "var" / "places.sqlite"


@pytest.fixture(scope="session")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if is_current(INSTALLED):
        return INSTALLED
    return build_gazetteer(tmp_path_factory.mktemp("gazetteer") / "places.sqlite", report=lambda _event, _towns: None)


@pytest.fixture(scope="session")
def world(world_file: Path) -> Iterator[Gazetteer]:
    gazetteer = Gazetteer(world_file)
    yield gazetteer
    gazetteer.close()
