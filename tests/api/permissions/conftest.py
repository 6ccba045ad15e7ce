"""The world, built once; every request meets it as it was built, because nothing that is asked is kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from api.app import create_app
from api.settings import Settings
from api.wiring import Service
from matchmaker.store.database import Database
from tests.api.conftest import MANY
from tests.api.permissions import worlds_of_events, worlds_of_rights, worlds_of_trust, worlds_of_work
from tests.api.permissions.walking import Answered, walk_table
from tests.api.permissions.world import World, add_members, add_people
from tests.databases import SqliteDatabases
from tests.factories import NOW
from tests.fakes import HashingEncoder


class ForgetfulDatabase(Database):
    """Does everything but commit."""

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with Session(self._writing, expire_on_commit=False) as session:
            yield session
            session.flush()
            session.expunge_all()  # what was read may still be read once it is undone


class ForgetfulService(Service):
    """The production wiring over a database that keeps nothing."""

    @cached_property
    def database(self) -> Database:
        return ForgetfulDatabase(self.settings.database_url)


@pytest.fixture(scope="session")
def settings(
    first_index: Path, sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    folder = tmp_path_factory.mktemp("world") / "var"
    shutil.copytree(first_index, folder)
    usual = {
        "DATABASE_URL": sqlite_databases.migrated(),
        "var_directory": folder,
        "sync_in_process": False,
        "letters_in_process": False,
        "admission": "reviewed",
        "requests_per_minute": MANY,
        "tries_per_minute": MANY,
        "sign_ins_per_hour": MANY,
    }
    return Settings.model_validate(usual)


@pytest.fixture(scope="session")
def world(settings: Settings) -> World:
    service = Service(settings, clock=lambda: NOW, encoder=HashingEncoder())
    built = World(service)
    with service.database.transaction() as session:
        add_people(session, built)
        add_members(session, built)
        worlds_of_work.add_challenges(session, built)
        worlds_of_work.add_introductions(session, built)
        worlds_of_work.add_mentoring(session, built)
        worlds_of_work.add_lessons(session, built)
        worlds_of_work.add_alert(session, built)
        worlds_of_trust.add_admission(session, built)
        worlds_of_trust.add_integrity(session, built)
        worlds_of_trust.add_secrets(session, built)
        worlds_of_trust.add_letters(session, built)
        worlds_of_rights.add_requests(session, built)
        worlds_of_rights.add_records(session, built)
        worlds_of_rights.add_partner(session, built)
        worlds_of_rights.add_silence(session, built)
        worlds_of_events.add_events(session, built)
    service.synchroniser.drain()
    service.close()
    return built


@pytest.fixture(scope="session")
def asked(world: World) -> Iterator[TestClient]:
    """A caller of the world, who says by headers who it is."""
    service = ForgetfulService(world.service.settings, clock=lambda: NOW, encoder=HashingEncoder())
    with TestClient(create_app(service), follow_redirects=False) as client:
        yield client
    service.close()


@pytest.fixture(scope="session")
def answers(world: World, asked: TestClient) -> list[Answered]:
    """What everyone is answered to everything in the table."""
    return list(walk_table(asked, world))
