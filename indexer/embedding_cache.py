"""Vectors kept by content, so that nothing that did not change is encoded twice. It can be thrown away."""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from filelock import FileLock

from indexer.encoder import Encoder
from indexer.vectors import Vectors
from matchmaker.sentences import digest_of

LOOKUP_KEYS = 500  # SQLite's limit of variables in one statement is 999 in its oldest builds
ENCODE_TEXTS = 64  # texts between two commits: a crash loses seconds of work
WAIT_SECONDS = 30  # for another process that writes
CUT_MILLISECONDS = 2_000  # for readers to let go of the log; else the next forgetting cuts it


class EmbeddingCache:
    """An SQLite file of passage vectors under one model's fingerprint. Several processes may share it."""

    def __init__(self, path: Path, encoder: Encoder) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self._lock = Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False, timeout=WAIT_SECONDS)
        with FileLock(f"{path}.lock"):  # two that turn to the log at the same instant would not wait for each other
            self._connection.execute("PRAGMA journal_mode=WAL").fetchall()
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA secure_delete=ON")  # what is forgotten leaves no bytes behind
        self._connection.execute("CREATE TABLE IF NOT EXISTS vector (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def passages(self, texts: Sequence[str], progress: Callable[[int], None] = lambda _done: None) -> Vectors:
        """Vectors (n, d) of passages, encoding only those not yet known. `progress` hears how many are ready."""
        return self._vectors("passage", texts, progress)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of texts that ask and that are stored anyway (never of a challenge that is only tried)."""
        return self._vectors("query", texts, lambda _done: None)

    def forget_except(self, *, passages: Collection[str], queries: Collection[str]) -> int:
        """Erase every vector but those of these digests, also those of other models; say how many went.

        Their bytes are overwritten in the file and the log is cut, as far as other processes let go of it in time.
        """
        fingerprint = self._encoder.fingerprint
        kept = {_key("passage", fingerprint, digest) for digest in passages}
        kept |= {_key("query", fingerprint, digest) for digest in queries}
        with self._lock:
            with self._connection:
                known = [row[0] for row in self._connection.execute("SELECT key FROM vector")]
                gone = [(key,) for key in known if key.rpartition(":")[0] not in kept]
                self._connection.executemany("DELETE FROM vector WHERE key = ?", gone)
            self._cut_log()
        return len(gone)

    def _cut_log(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout={CUT_MILLISECONDS}")
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._connection.execute(f"PRAGMA busy_timeout={WAIT_SECONDS * 1000}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _vectors(self, role: str, texts: Sequence[str], progress: Callable[[int], None]) -> Vectors:
        keys = self._keys(role, texts)
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

    def _keys(self, role: str, texts: Sequence[str]) -> list[str]:
        begun = [_key(role, self._encoder.fingerprint, digest_of(text)) for text in texts]
        return [f"{key}:{_content(text)}" for key, text in zip(begun, texts, strict=True)]


def _key(role: str, fingerprint: str, digest: str) -> str:
    return f"{role}:{fingerprint}:{digest}"


def _content(text: str) -> str:
    """Tells apart what has one digest: the model reads capitals, and gives them vectors of their own."""
    return hashlib.sha256(text.encode()).hexdigest()
