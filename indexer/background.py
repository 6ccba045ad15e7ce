"""The shipped sample of unlabelled texts, from which the means of each language are taken."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BackgroundText:
    """One text of the shipped sample."""

    language: str
    text: str


@dataclass(frozen=True)
class Background:
    """Unlabelled texts of each language, written for this purpose, from which means are taken."""

    version: str
    queries: tuple[BackgroundText, ...]
    passages: tuple[BackgroundText, ...]


def load_background(directory: Path) -> Background:
    """Read `queries.jsonl` and `passages.jsonl`; the version is a digest of both."""
    files = [(directory / name).read_bytes() for name in ("queries.jsonl", "passages.jsonl")]
    parsed = [tuple(_text(line) for line in content.decode().splitlines() if line) for content in files]
    version = hashlib.blake2b(b"\0".join(files), digest_size=4).hexdigest()
    return Background(version=version, queries=parsed[0], passages=parsed[1])


def _text(line: str) -> BackgroundText:
    row = json.loads(line)
    return BackgroundText(language=row["language"], text=row["text"])
