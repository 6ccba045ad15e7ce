"""What kind of file it is, by its content; its name says nothing reliable."""

from pathlib import Path
from typing import BinaryIO

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.csv_reader import open_csv
from matchmaker.exchange.json_lines_reader import open_json_lines
from matchmaker.exchange.ocds_reader import open_ocds, shape_of
from matchmaker.exchange.rows import Format, Opened
from matchmaker.exchange.xlsx_reader import open_xlsx

HEAD_BYTES = 4_096
_ZIP, _UTF8_MARK = b"PK\x03\x04", b"\xef\xbb\xbf"
_NO_TEXT = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b", b"\x89PNG")  # old Excel and Word, PDF, gzip, pictures


def open_table(file: BinaryIO, path: Path) -> Opened:
    """Open a file of any format. Raises `file_empty`, `format_unknown`, `file_broken`, `file_too_large`."""
    file.seek(0)
    head = file.read(HEAD_BYTES).removeprefix(_UTF8_MARK).lstrip()
    if not head:
        raise InvalidInputError("file_empty", field="file", value=path.name)
    if head.startswith(_ZIP):
        return open_xlsx(file)
    if head.startswith(_NO_TEXT):
        raise InvalidInputError("format_unknown", field="file", value=path.name, known=[*Format])
    if head[:1] in (b"{", b"["):
        shape = shape_of(file)
        return open_ocds(file, path, shape=shape) if shape else open_json_lines(file, path)
    return open_csv(file, path)
