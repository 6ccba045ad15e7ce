"""External ids that a file has already used, kept on disk: a file may have millions."""

import hashlib
import sqlite3


class SeenIds:
    """The line on which each id was first seen. Holds a temporary file of SQLite's until closed."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("")  # SQLite: a nameless database in a temporary file
        self._connection.execute("CREATE TABLE seen (digest INTEGER PRIMARY KEY, line INTEGER NOT NULL)")

    def first_line(self, *names: str, line: int) -> int:
        """The line that used these names first; `line` itself when it is this one."""
        digest = hashlib.blake2b("\0".join(names).encode("utf-8", "backslashreplace"), digest_size=8).digest()
        key = int.from_bytes(digest, "big", signed=True)  # of a billion ids, two collide with a chance of 3 %
        known = self._connection.execute("SELECT line FROM seen WHERE digest = ?", (key,)).fetchone()
        if known is not None:
            return int(known[0])
        self._connection.execute("INSERT INTO seen VALUES (?, ?)", (key, line))
        return line

    def close(self) -> None:
        """Throw the file away."""
        self._connection.close()
