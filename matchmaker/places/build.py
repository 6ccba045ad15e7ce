"""The gazetteer's file, made once at install and read ever after."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from matchmaker.places.keys import names_worth_searching, search_key
from matchmaker.places.source import Town, division_names, source_version, towns

LAYOUT_VERSION = 1  # rises whenever the tables, the keys or the local names change
TOWNS_A_BATCH = 5_000  # towns held in memory between two reports

Report = Callable[[str, int], None]
"""Is told an event (gazetteer_ current, reading, rows or built) and how many towns are written so far."""

KeyRow = tuple[str, str, int, int, int]
"""Key, country, population, geonameid, is_alternate."""

_TABLES = """
    CREATE TABLE about (stamp TEXT NOT NULL);
    CREATE TABLE place (
        geonameid INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT NOT NULL, region TEXT,
        population INTEGER, latitude REAL NOT NULL, longitude REAL NOT NULL
    );
    CREATE TABLE name_key (
        key TEXT NOT NULL, country TEXT NOT NULL, population INTEGER NOT NULL, geonameid INTEGER NOT NULL,
        is_alternate INTEGER NOT NULL, PRIMARY KEY (key, geonameid)
    ) WITHOUT ROWID;
"""
"""`name_key` answers a search without a look at `place`; there an unknown population is 0, so that it sorts last.

`is_alternate` is 0 for the town's local name and for its main name in the source, 1 for any other.
"""


def build_gazetteer(path: Path, *, report: Report) -> Path:
    """Make the gazetteer at `path` from the installed packages, unless it is there and current; return `path`.

    Readers never see half a file: it is written beside and moved into place. Raises OSError when it cannot be written.
    """
    stamp = wanted_stamp()
    if stamp_of(path) == stamp:
        report("gazetteer_current", 0)
        return path
    report("gazetteer_reading", 0)
    return write_gazetteer(path, towns(division_names()), stamp=stamp, report=report)


def is_current(path: Path) -> bool:
    """Whether the file at `path` was made from the packages now installed, by this version of the build."""
    return stamp_of(path) == wanted_stamp()


def wanted_stamp() -> str:
    """Stamp that a file made now would bear."""
    return f"layout {LAYOUT_VERSION}, {source_version()}"


def stamp_of(path: Path) -> str | None:
    """Stamp of the gazetteer at `path`; None when there is none or it is no gazetteer."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            row = connection.execute("SELECT stamp FROM about").fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None else str(row[0])


def write_gazetteer(path: Path, rows: Iterable[Town], *, stamp: str, report: Report) -> Path:
    """Write a gazetteer of these towns to `path`, in the place of what was there; return `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        beside = Path(file.name)
    try:
        count = _fill(beside, rows, stamp=stamp, report=report)
        _move(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    report("gazetteer_built", count)
    return path


def _fill(path: Path, rows: Iterable[Town], *, stamp: str, report: Report) -> int:
    count, source = 0, iter(rows)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # a broken build is thrown away whole
        connection.executescript(_TABLES)
        keys: list[KeyRow] = []
        while batch := list(islice(source, TOWNS_A_BATCH)):
            connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", map(_place_row, batch))
            keys.extend(row for town in batch for row in _key_rows(town))
            count += len(batch)
            report("gazetteer_rows", count)
        connection.executemany("INSERT INTO name_key VALUES (?, ?, ?, ?, ?)", sorted(keys))
        connection.execute("INSERT INTO about VALUES (?)", (stamp,))
        connection.commit()
        connection.execute("ANALYZE")
    return count


def _place_row(town: Town) -> tuple[int, str, str, str | None, int | None, float, float]:
    population = town.population or None
    return town.geonameid, town.name, town.country, town.region, population, town.latitude, town.longitude


def _key_rows(town: Town) -> Iterator[KeyRow]:
    own = {search_key(name) for name in (town.name, town.main_name)}
    alternate = {search_key(name) for name in names_worth_searching(town.alternates)}
    for key in (own | alternate) - {""}:
        yield key, town.country, town.population, town.geonameid, int(key not in own)


def _move(beside: Path, path: Path) -> None:
    beside.chmod(0o644)  # a temporary file is its owner's alone
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
