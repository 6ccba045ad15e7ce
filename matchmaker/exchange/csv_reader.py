"""CSV as spreadsheets and portals write it: encoding and delimiter are found out, never asked for."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Format, Opened, Readable, row_of, unique_headers

SAMPLE_CHARACTERS = 65_536
SAMPLE_RECORDS = 20
CELL_CHARACTERS = 131_072  # the csv module's own limit; a quotation mark left open ends there
CHUNK_BYTES = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def open_csv(file: BinaryIO, path: Path) -> Opened:
    """Read the header row and give the rest as rows. `file` stays open while they are read."""
    encoding = encoding_of(file)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="", errors="replace")
    sample = text.read(SAMPLE_CHARACTERS)
    delimiter, skipped = delimiter_of(sample)
    text.seek(0)
    for _ in range(skipped):
        text.readline()
    records = _records(text, delimiter=delimiter, skipped=skipped)
    headers, header_line = _headers(records)
    return Opened(
        format=Format.CSV, headers=headers, rows=_rows(records, headers), size=path.stat().st_size,
        position=lambda: text.buffer.tell(),  # noqa: PLW0108 - keeps `text` alive: its end closes the file
        header_line=header_line,
    )  # fmt: skip


def encoding_of(file: BinaryIO) -> str:
    """The encoding by its mark, else UTF-8 when all of the file is, else Windows-1252, else Latin-1 (never fails)."""
    file.seek(0)
    start = file.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    return next((encoding for encoding in ("utf-8", "cp1252") if _is_encoded_as(file, encoding)), "latin-1")


def delimiter_of(sample: str) -> tuple[str, int]:
    """The delimiter under which the first records agree on most columns, and how many lines come before the header.

    Excel writes a line `sep=;` first where it was asked to say.
    """
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1], 1
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter)), 0


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Share of records as wide as the header (0 when it is one column wide), and the header's width."""
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) > SAMPLE_RECORDS:
                break
    except csv.Error:
        pass  # a cell without end: judged by the records before it
    if not widths or widths[0] == 1:
        return 0.0, 0
    return round(sum(width == widths[0] for width in widths) / len(widths), 1), widths[0]


def _is_encoded_as(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _records(text: io.TextIOWrapper, *, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the line where it begins; nothing in place of one that cannot be read."""
    reader = csv.reader(iter(text.readline, ""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None


def _headers(records: Iterator[tuple[int, list[str] | None]]) -> tuple[tuple[str, ...], int]:
    for line, record in records:
        if record and any(cell.strip() for cell in record):
            return unique_headers(list(record)), line
    return (), 1


def _rows(records: Iterator[tuple[int, list[str] | None]], headers: tuple[str, ...]) -> Readable:
    for line, record in records:
        if record is None:
            yield Problem(line, "", "", "cell_too_long", str(CELL_CHARACTERS))
            continue
        row = row_of(headers, list(record), line=line)
        if isinstance(row, Problem):
            yield Problem(line, row.column, shown(row.value), row.code, row.expected)
        elif row is not None:
            yield row
