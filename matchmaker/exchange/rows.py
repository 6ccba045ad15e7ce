"""What readers yield: rows, and the places where a file cannot be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matchmaker.exchange.report import Problem


class Format(StrEnum):
    """Kinds of file that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON_LINES = "jsonl"
    OCDS = "ocds"


@dataclass(frozen=True)
class Row:
    """One record: the line where it begins, from 1, and its values by header or key."""

    line: int
    values: dict[str, object]


Readable = Iterator[Row | Problem]


@dataclass(frozen=True)
class Opened:
    """A file being read. `headers` is empty for JSON Lines, whose rows name their keys.

    `position` tells how much of `size` is read: bytes, or 0 of 0 where a format does not say.
    """

    format: Format
    headers: tuple[str, ...]
    rows: Readable
    size: int
    position: Callable[[], int]
    header_line: int = 1


def row_of(headers: tuple[str, ...], cells: list[object], *, line: int) -> Row | Problem | None:
    """The cells under their headers; nothing for a blank row, a problem when cells stand beyond the last header."""
    if all(is_blank(cell) for cell in cells):
        return None
    beyond = [str(cell) for cell in cells[len(headers) :] if not is_blank(cell)]
    if beyond:
        return Problem(line, "", " | ".join(beyond), "cells_extra", str(len(headers)))
    return Row(line, dict(zip(headers, cells, strict=False)))


def unique_headers(cells: list[object]) -> tuple[str, ...]:
    """Headers as text; one that comes again is numbered."""
    names: list[str] = []
    for cell in cells:
        name = "" if cell is None else str(cell).strip()
        repeated = sum(known == name or known.startswith(f"{name} (") for known in names) if name else 0
        names.append(f"{name} ({repeated + 1})" if repeated else name)
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def is_blank(value: object) -> bool:
    """Whether a cell or a JSON value says nothing."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})
