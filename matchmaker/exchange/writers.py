"""Tables and lines written as they come: CSV, XLSX, JSON Lines."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from matchmaker.exchange.flat import Widths, flat_fields, header_of, profile_cells, profile_object
from matchmaker.exchange.vocabulary import MAPPINGS, PROFILES, Headers, read_headers
from matchmaker.formulas import guarded
from matchmaker.profiles.queries import FullProfile

CELL_CHARACTERS = 32_767  # Excel's limit; the longest text of a profile has 20,000


class ProfileWriter(Protocol):
    """What an export asks of a file."""

    def begin(self, widths: Widths) -> None:
        """Write what comes before the first profile."""
        ...

    def write(self, full: FullProfile) -> None:
        """Write one profile."""
        ...


class JsonLinesWriter:
    """One object a line, UTF-8."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def begin(self, widths: Widths) -> None:
        """Nothing comes first."""

    def write(self, full: FullProfile) -> None:
        """Write one line."""
        self._file.write(json.dumps(profile_object(full), ensure_ascii=False).encode() + b"\n")


class CsvWriter:
    """Comma-separated UTF-8 with a byte order mark, by which Excel knows it; headers in `language`."""

    def __init__(self, file: BinaryIO, *, language: str = "en", directory: Path = MAPPINGS) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self._rows = csv.writer(self._text)
        self._headers, self._language = read_headers(directory)[PROFILES], language
        self._fields: list[str] = []

    def begin(self, widths: Widths) -> None:
        """Write the header row."""
        self._fields = flat_fields(widths)
        self._text.write("\ufeff")
        self._rows.writerow(header_of(field, self._headers, language=self._language) for field in self._fields)

    def write(self, full: FullProfile) -> None:
        """Write one row."""
        cells = profile_cells(full)
        self._rows.writerow(guarded(cells.get(field, "")) for field in self._fields)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Let go of the file without closing it."""
        self._text.detach()


class XlsxWriter:
    """A workbook of one sheet, written row by row; complete when the `with` block ends."""

    def __init__(self, file: Path | BinaryIO, *, language: str = "en", directory: Path = MAPPINGS) -> None:
        self._workbook = Workbook(file, {"constant_memory": True})
        self._sheet = self._workbook.add_worksheet(PROFILES)
        self._headers: Headers = read_headers(directory)[PROFILES]
        self._language = language
        self._columns: dict[str, int] = {}
        self._row = 0

    def begin(self, widths: Widths) -> None:
        """Write the header row, which stays in sight."""
        fields = flat_fields(widths)
        self._columns = {field: column for column, field in enumerate(fields)}
        bold = self._workbook.add_format({"bold": True})
        for field, column in self._columns.items():
            self._sheet.write_string(0, column, header_of(field, self._headers, language=self._language), bold)
        self._sheet.freeze_panes(1, 0)

    def write(self, full: FullProfile) -> None:
        """Write one row, its empty cells left out."""
        self._row += 1
        write_cells(self._sheet, self._row, profile_cells(full), self._columns)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Complete the file."""
        self._workbook.close()


def write_cells(sheet: Worksheet, row: int, cells: Mapping[str, str], columns: Mapping[str, int]) -> None:
    """Write texts as texts, never as formulas or links."""
    for field in sorted(cells, key=lambda name: columns[name]):
        sheet.write_string(row, columns[field], guarded(cells[field])[:CELL_CHARACTERS])
