"""Reads of the gazetteer's file: by name, by beginning of a name, by geonameid."""

import sqlite3
from pathlib import Path
from threading import Lock, local

from matchmaker.places.keys import search_key
from matchmaker.places.place import Ambiguous, Place
from matchmaker.places.resolution import choose

LAST_CHARACTER = "\U0010ffff"  # sorts after every letter, so that key + it ends a prefix's range
ALTERNATE_DISCOUNT = 10  # a town whose alternate begins so counts a tenth, lest "san" find San Cristóbal Ecatepec first
SHORTEST_PREFIX = 2  # letters; one letter begins the names of tens of thousands of towns, so it is sought whole

_PLACE_COLUMNS = "place.geonameid, place.name, place.country, place.region, population, latitude, longitude"
_EXACT = """
    SELECT geonameid, is_alternate FROM name_key
    WHERE key = :key AND (:country IS NULL OR country = :country)
    ORDER BY population DESC, geonameid
"""
_PREFIX = """
    SELECT geonameid, max(population / iif(is_alternate, :discount, 1)) AS weight FROM name_key
    WHERE key > :key AND key < :end AND (:country IS NULL OR country = :country)
    GROUP BY geonameid ORDER BY weight DESC, population DESC, geonameid LIMIT :limit
"""


class Gazetteer:
    """Towns of the file at `path`, made by `build.build_gazetteer`. Threads may share it: each has its connection.

    The file is opened as one that never changes: a new build replaces it, and is read by a new Gazetteer.
    """

    def __init__(self, path: Path) -> None:
        """Raise FileNotFoundError when the file was never built."""
        if not path.is_file():
            raise FileNotFoundError(path)
        self._address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._local = local()
        self._opened: list[sqlite3.Connection] = []
        self._lock = Lock()

    def find(self, text: str, *, country: str | None, limit: int) -> list[Place]:
        """Towns whose name, or an alternate of it, is or begins with `text`: at most `limit`.

        Without regard to case, accents, apostrophes, hyphens and spaces; those of the very name first, then those that
        begin with it, either lot by population (divided by ALTERNATE_DISCOUNT where only an alternate begins so).
        `country` (ISO 3166-1 alpha-2) narrows. Only Latin script is known.
        """
        key = search_key(text)
        if not key or limit <= 0:
            return []
        found = [geonameid for geonameid, _ in self._exact(key, country)]
        if len(found) < limit and len(key) >= SHORTEST_PREFIX:
            found += self._beginning_with(key, country=country, limit=limit + len(found))  # some may be found already
        return self._places(list(dict.fromkeys(found))[:limit])

    def get(self, geonameid: int) -> Place | None:
        """The town with this geonameid, None when the gazetteer has none."""
        return next(iter(self._places([geonameid])), None)

    def resolve(self, name: str, *, country: str | None, region: str | None = None) -> Place | Ambiguous | None:
        """The town that a file to import means by `name`; None when no town has it.

        `region`, a first-level division's name, narrows. Ambiguous when several have the name and none is clearly
        the largest: see `resolution.choose`. The beginning of a name is not enough.
        """
        rows = self._exact(search_key(name), country)
        called, also_called = (
            self._places([geonameid for geonameid, is_alternate in rows if is_alternate == wanted])
            for wanted in (False, True)
        )
        return choose(_within(called, region), also_called=_within(also_called, region))

    def close(self) -> None:
        """Close the connections of all threads; none may be reading."""
        with self._lock:
            while self._opened:
                self._opened.pop().close()
            self._local = local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)  # only `close` crosses
            with self._lock:
                self._opened.append(connection)
            self._local.connection = connection
        return connection

    def _exact(self, key: str, country: str | None) -> list[tuple[int, bool]]:
        """Towns of this very key, the largest first, and whether it is only an alternate name of theirs."""
        rows = self._connection().execute(_EXACT, {"key": key, "country": country})
        return [(int(geonameid), bool(is_alternate)) for geonameid, is_alternate in rows]

    def _beginning_with(self, key: str, *, country: str | None, limit: int) -> list[int]:
        values = {"key": key, "end": key + LAST_CHARACTER, "country": country}
        numbers = {"limit": limit, "discount": ALTERNATE_DISCOUNT}
        return [int(row[0]) for row in self._connection().execute(_PREFIX, values | numbers)]

    def _places(self, geonameids: list[int]) -> list[Place]:
        """Places in the order of their ids; unknown ids are left out."""
        query = f"SELECT {_PLACE_COLUMNS} FROM place WHERE geonameid = ?"  # noqa: S608  constant columns
        rows = (self._connection().execute(query, (geonameid,)).fetchone() for geonameid in geonameids)
        return [Place(*row) for row in rows if row is not None]


def _within(places: list[Place], region: str | None) -> list[Place]:
    """Those in the region of this name; all of them when none is asked for."""
    if region is None:
        return places
    wanted = search_key(region)
    return [place for place in places if search_key(place.region or "") == wanted]
