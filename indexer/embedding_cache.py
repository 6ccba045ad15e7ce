"""Vectors kept by content, so that nothing that did not change is encoded twice. It can be thrown away."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np

from indexer.encoder import Encoder
from indexer.vectors import Vectors

LOOKUP_KEYS = 500  # SQLite's limit of variables in one statement is 999 in its oldest builds
ENCODE_TEXTS = 64  # texts between two commits: a crash loses seconds of work


class EmbeddingCache:
    """An SQLite file of passage vectors under one model's fingerprint. Several processes may share it."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=30)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.execute("CREATE TABLE IF NOT EXISTS vector (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def passages(self, texts: Sequence[str], progress: Callable[[int], None] = lambda _done: None) -> Vectors:
        """Vectors (n, d) of passages, encoding only those not yet known. `progress` hears how many are ready."""
        return self._vectors("passage", texts, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of texts that ask and that are stored anyway (never of a challenge that is only tried)."""
        return self._vectors("query", texts, lambda _done: None)

    def forget_except(self, texts: Sequence[str], *, asking: Sequence[str]) -> int:
        """Erase the vectors that no one holds any more, bytes included; say how many.

        `texts` are the passages still held, `asking` the texts that still ask. A vector and its digest would tell
        whoever can guess a text that it was here, so the file is written anew and its journal emptied.
        """
        kept = {self._key("passage", text) for text in texts} | {self._key("query", text) for text in asking}
        with self._lock:
            with self._connection:
                known = [row[0] for row in self._connection.execute("SELECT key FROM vector")]
                gone = [(key,) for key in known if key not in kept]
                self._connection.executemany("DELETE FROM vector WHERE key = ?", gone)
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(gone)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _vectors(self, role: str, texts: Sequence[str], progress: Callable[[int], None]) -> Vectors:
        keys = [self._key(role, text) for text in texts]
        found = self._known(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        progress(len(texts) - len(missing))
        todo = sorted(missing.items(), key=lambda item: len(item[1]))
        encode = self._encoder.passages if role == "passage" else self._encoder.queries
        for start in range(0, len(todo), ENCODE_TEXTS):
            batch = todo[start : start + ENCODE_TEXTS]
            vectors = encode([text for _, text in batch])
            self._keep([key for key, _ in batch], vectors)
            found.update({key: vector for (key, _), vector in zip(batch, vectors, strict=True)})
            progress(len(batch))
        return np.stack([found[key] for key in keys]) if keys else np.zeros((0, 0), np.float32)

    def _known(self, keys: Sequence[str]) -> dict[str, Vectors]:
        found: dict[str, Vectors] = {}
        unique = list(dict.fromkeys(keys))
        with self._lock:
            for start in range(0, len(unique), LOOKUP_KEYS):
                some = unique[start : start + LOOKUP_KEYS]
                marks = ",".join("?" * len(some))
                rows = self._connection.execute(f"SELECT key, value FROM vector WHERE key IN ({marks})", some)  # noqa: S608
                found.update({key: np.frombuffer(value, np.float32) for key, value in rows})
        return found

    def _keep(self, keys: Sequence[str], vectors: Vectors) -> None:
        rows = [(key, vector.tobytes()) for key, vector in zip(keys, vectors, strict=True)]
        with self._lock, self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", rows)

    def _key(self, role: str, text: str) -> str:
        content = hashlib.sha256(text.encode()).hexdigest()
        return f"{role}:{self._encoder.fingerprint}:{content}"
