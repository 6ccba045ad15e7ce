"""A database with tables, and a way to import texts and files into it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.models import PortalFact
from matchmaker.exchange.report import ImportReport
from matchmaker.store.database import Database
from tests.databases import Databases
from tests.factories import desk

Import = Callable[..., ImportReport]
TABLES = PortalFact.metadata  # importing the model adds its table


def new_database(url: str) -> Database:
    opened = Database(url)
    SQLModel.metadata.create_all(opened.engine)
    return opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    opened = new_database(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield opened
    opened.close()


@pytest.fixture
def either_store(databases: Databases) -> Iterator[Database]:
    """The same on SQLite and on PostgreSQL."""
    opened = new_database(databases.empty())
    yield opened
    opened.close()


@pytest.fixture
def bring(store: Database, tmp_path: Path) -> Import:
    """Import a text or bytes as if it were a file."""

    def run(content: str | bytes, **options: object) -> ImportReport:
        path = tmp_path / "file"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        chosen = replace(ImportOptions(source="test"), **options)  # type: ignore[arg-type]
        return import_file(store, desk_of=desk(), path=path, options=chosen)

    return run
