"""JSON Lines, line by line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Format, Opened, Readable, Row

LINE_BYTES = 8 << 20  # the longest lawful profile has about 1 MB


def open_json_lines(file: BinaryIO, path: Path) -> Opened:
    """Give each line's object as a row. `file` stays open while they are read."""
    file.seek(0)
    return Opened(Format.JSON_LINES, headers=(), rows=_rows(file), size=path.stat().st_size, position=file.tell)


def _rows(file: BinaryIO) -> Readable:
    for line, raw in _lines(file):
        if raw is None:
            yield Problem(line, "", "", "line_too_long", str(LINE_BYTES))
        elif raw.strip():
            yield parse_line(raw, line=line)


def parse_line(raw: bytes, *, line: int) -> Row | Problem:
    """One line's object, or what is wrong with it."""
    try:
        value = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_such_number)
    except UnicodeDecodeError:
        return Problem(line, "", shown(raw[:200]), "encoding_invalid", "UTF-8")
    except (ValueError, RecursionError) as error:
        return Problem(line, "", shown(raw[:200].decode("utf-8", "replace")), "json_invalid", shown(error))
    if not isinstance(value, dict):
        return Problem(line, "", shown(value), "not_an_object", "{…}")
    return Row(line, value)


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; nothing in place of one that is too long to be held."""
    number = 0
    while raw := file.readline(LINE_BYTES):
        number += 1
        is_whole = raw.endswith(b"\n") or len(raw) < LINE_BYTES
        while not is_whole:
            rest = file.readline(LINE_BYTES)
            is_whole = rest.endswith(b"\n") or len(rest) < LINE_BYTES
        yield number, raw if raw.endswith(b"\n") or len(raw) < LINE_BYTES else None


def _no_such_number(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")
