"""XLSX, row by row."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.report import Problem, shown
from matchmaker.exchange.rows import Format, Opened, Readable, is_blank, row_of, unique_headers
from matchmaker.exchange.shared_strings import open_workbook

UNPACKED_BYTES = 2 << 30
"""An XLSX of 100 MB unpacks to some 1 GB; what unpacks to more than this is a trap."""
COLUMNS_AT_MOST = 2_000  # all groups of a profile fill about 1,100

BROKEN = (KeyError, ValueError, OSError, IndexError, TypeError, zipfile.BadZipFile, ParseError)
"""What openpyxl lets through when a workbook is damaged."""


def open_xlsx(file: BinaryIO) -> Opened:
    """Read the header row of the first sheet that has one. Raises `file_broken`, `file_too_large`."""
    _check_size(file)
    try:
        workbook, strings = open_workbook(file)
        for sheet in workbook.worksheets:
            rows = _records(sheet)
            for line, cells in rows:
                return _opened(unique_headers(cells), line, _rows(rows, unique_headers(cells), strings))
        strings.close()
    except BROKEN as error:
        raise InvalidInputError("file_broken", field="file", value=type(error).__name__) from error
    return _opened((), 1, iter(()))


def _opened(headers: tuple[str, ...], line: int, rows: Readable) -> Opened:
    return Opened(Format.XLSX, headers=headers, rows=rows, size=0, position=lambda: 0, header_line=line)


def _check_size(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile as error:
        raise InvalidInputError("file_broken", field="file", value="zip") from error
    if unpacked > UNPACKED_BYTES:
        raise InvalidInputError("file_too_large", field="file", value=unpacked, known=UNPACKED_BYTES)
    file.seek(0)


def _records(sheet: Any) -> Iterator[tuple[int, list[object]]]:
    """Rows that are not blank, with their numbers."""
    if not hasattr(sheet, "reset_dimensions"):
        return  # a sheet that is a chart
    sheet.reset_dimensions()  # some programs write a wrong one
    for line, cells in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS_AT_MOST), start=1):
        if any(not is_blank(cell) for cell in cells):
            yield line, [_plain(cell) for cell in cells]


def _rows(records: Iterator[tuple[int, list[object]]], headers: tuple[str, ...], strings: Any) -> Readable:
    line = 0
    with closing(strings):
        try:
            for line, cells in records:
                row = row_of(headers, cells, line=line)
                if row is not None:
                    yield row
        except BROKEN as error:
            yield Problem(line + 1, "", shown(type(error).__name__), "file_broken")


def _plain(cell: object) -> object:
    """Dates as ISO text, whole numbers without their point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
