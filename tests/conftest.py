"""Fixtures for the whole suite."""

import os
from collections.abc import Callable, Iterator

import pytest
from xdist.remote import Producer
from xdist.workermanage import WorkerController

from matchmaker.store.database import Database
from tests import sharing
from tests.databases import (
    Databases,
    PostgresDatabases,
    PostgresMissingError,
    SqliteDatabases,
    own_postgres,
    skip_or_fail,
)

Tally = Callable[[str], None]
COUNTED = pytest.StashKey[list[str]]()


@pytest.fixture
def tally(pytestconfig: pytest.Config) -> Tally:
    """Notes how much a test has tried, for the end of the report."""
    return pytestconfig.stash.setdefault(COUNTED, []).append


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        sharing.leave_cores_to_others()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> sharing.OneModuleEach:
    return sharing.OneModuleEach(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        sharing.long_ones_first(items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells what its tests have tried."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["counted"] = session.config.stash.get(COUNTED, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    told = getattr(node, "workeroutput", {}).get("counted", [])
    node.config.stash.setdefault(COUNTED, []).extend(told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for line in config.stash.get(COUNTED, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    return SqliteDatabases(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    try:
        with own_postgres() as databases:
            yield databases
    except PostgresMissingError as missing:
        skip_or_fail(str(missing), os.environ)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    name = "sqlite_databases" if request.param == "sqlite" else "postgres_databases"
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def empty_url(databases: Databases) -> str:
    """The address of a database without tables."""
    return databases.empty()


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A database of its own for the test, on SQLite and on PostgreSQL."""
    opened = Database(databases.migrated())
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_databases: SqliteDatabases) -> Iterator[Database]:
    opened = Database(sqlite_databases.migrated())
    yield opened
    opened.close()
