"""The production wiring with a fake encoder, a few towns, and folders of the test's own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.wiring import Service
from matchmaker.places.build import write_gazetteer
from matchmaker.places.source import Town
from tests.databases import SqliteDatabases
from tests.factories import NOW
from tests.fakes import FEW_TOWNS, HashingEncoder

MANY = 1_000_000  # requests a minute: no test but those of the pace meets the limit
NewService = Callable[..., Service]


@pytest.fixture(scope="session")
def few_places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gazetteer of the few towns that the fake finder knows."""
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
    path = tmp_path_factory.mktemp("places") / "places.sqlite"
    return write_gazetteer(path, towns, stamp="few", report=lambda _event, _towns: None)


@pytest.fixture(scope="session")
def first_index(tmp_path_factory: pytest.TempPathFactory, few_places: Path, sqlite_databases: SqliteDatabases) -> Path:
    """A folder with gazetteer and an index of nothing, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("var")
    shutil.copy(few_places, folder / "places.sqlite")
    settings = Settings.model_validate({"DATABASE_URL": sqlite_databases.migrated(), "var_directory": folder})
    service = Service(settings, encoder=HashingEncoder())
    service.synchroniser.drain()
    service.close()
    return folder


@pytest.fixture
def new_service(first_index: Path, sqlite_databases: SqliteDatabases, tmp_path: Path) -> Iterator[NewService]:
    """Makes services with settings of their own."""
    made: list[Service] = []

    def make(**changes: object) -> Service:
        folder = tmp_path / f"var{len(made)}"
        shutil.copytree(first_index, folder)
        usual = {
            "DATABASE_URL": sqlite_databases.migrated(),
            "var_directory": folder,
            "sync_in_process": False,
            "letters_in_process": False,
            "admission": "open",
            "requests_per_minute": MANY,
            "tries_per_minute": MANY,
            "sign_ins_per_hour": MANY,
        }
        made.append(Service(Settings.model_validate(usual | changes), clock=lambda: NOW, encoder=HashingEncoder()))
        return made[-1]

    yield make
    for service in made:
        service.close()


@pytest.fixture
def service(new_service: NewService) -> Service:
    return new_service()


@pytest.fixture
def client(service: Service) -> Iterator[TestClient]:
    """A caller without a token who reads English. The outbox is drained by the tests themselves."""
    with TestClient(create_app(service), headers={"Accept-Language": "en"}) as opened:
        yield opened
