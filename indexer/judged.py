"""Judged sets in BEIR layout (Thakur et al. 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from matchmaker.errors import InvalidInputError
from matchmaker.languages import detect


@dataclass(frozen=True)
class Text:
    """A document or a query with its language (given, else detected)."""

    id: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class JudgedSet:
    """Documents, queries and grades by query and document; no grades when there are no judgements."""

    name: str
    corpus: tuple[Text, ...]
    queries: tuple[Text, ...]
    grades: dict[str, dict[str, int]]


def load_judged_set(directory: Path) -> JudgedSet:
    """Read a folder. Judgements may be absent, or empty: then there is a run and no figure.

    Raises `judged_set_missing`, `judged_set_empty`, `judged_set_line`, `judged_set_twice`, `judged_set_grade`,
    `judged_set_not_utf8`, each with the `file`.
    """
    corpus = tuple(_texts(directory / "corpus.jsonl"))
    queries = tuple(_texts(directory / "queries.jsonl"))
    return JudgedSet(directory.resolve().name, corpus, queries, _grades(directory / "qrels" / "test.tsv"))


def _texts(path: Path) -> Iterator[Text]:
    if not path.is_file():
        raise InvalidInputError("judged_set_missing", file=path)
    seen: set[str] = set()
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                text = _text(path, number, line)
                if text.id in seen:
                    raise InvalidInputError("judged_set_twice", file=path, line=number, value=text.id)
                seen.add(text.id)
                yield text
    if not seen:
        raise InvalidInputError("judged_set_empty", file=path)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            yield lines
    except UnicodeDecodeError as error:
        raise InvalidInputError("judged_set_not_utf8", file=path) from error


def _text(path: Path, number: int, line: str) -> Text:
    try:
        row: dict[str, Any] = json.loads(line)
        identity, title, text = str(row["_id"]), str(row.get("title") or ""), str(row["text"])
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInputError("judged_set_line", file=path, line=number) from error
    return Text(identity, title, text, str(row.get("language") or "") or detect(f"{title} {text}").language)


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    if not path.is_file():
        return grades
    with _opened(path) as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t"), start=1):
            if number == 1 or not row:
                continue
            try:
                grades.setdefault(row[0], {})[row[1]] = int(row[2])
            except (IndexError, ValueError) as error:
                raise InvalidInputError("judged_set_grade", file=path, line=number) from error
    return grades
