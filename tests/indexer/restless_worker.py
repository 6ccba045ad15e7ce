"""Imports profiles and drains, until it is killed. Each start goes on where the last one was."""

import sys
from itertools import count
from pathlib import Path

from sqlmodel import col, func, select

from indexer.engines import open_engine
from indexer.settings import IndexerSettings
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.fakes import HashingEncoder
from tests.indexer.stores import Store

PROFILES_PER_DRAIN = 3


def summary(number: int) -> str:
    """Words that no other number has."""
    return f"Reparamos puentes con la palabra clave{number} y el material raro{number * 7} en el municipio m{number}x."


def open_store(folder: Path, *, background: Path) -> Store:
    """The store of a folder, as any process of the service opens it."""
    settings = IndexerSettings(
        model="fake", index_directory=folder / "index", background_directory=background, graph_from_rows=10**6
    )
    return Store(Database(f"sqlite:///{folder / 'store.sqlite'}"), open_engine(settings, HashingEncoder()))


def work(store: Store) -> None:
    """Import and drain; after each commit its number is said."""
    with store.database.reading() as session:
        known = session.exec(select(func.count(col(Profile.id)))).one()
    for number in count(known):
        store.bring(str(number), summary(number))
        store.tell(summary(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % PROFILES_PER_DRAIN == 0:
            store.drain()


if __name__ == "__main__":
    work(open_store(Path(sys.argv[1]), background=Path(sys.argv[2])))
