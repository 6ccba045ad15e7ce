"""The texts of a workbook, kept on disk: openpyxl would hold them all in memory."""

from array import array
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from xml.etree.ElementTree import iterparse

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

_ITEM = f"{{{SHEET_MAIN_NS}}}si"


class SharedStrings:
    """A sequence of texts in a temporary file; memory is eight bytes for each."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - lives as long as the workbook is read
        self._ends = array("Q")

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, index: int) -> str:
        start = self._ends[index - 1] if index else 0
        self._file.seek(start)
        return self._file.read(self._ends[index] - start).decode("utf-8", "surrogatepass")

    def append(self, text: str) -> None:
        """Add one text at the end; only while none has been read."""
        encoded = text.encode("utf-8", "surrogatepass")
        self._file.write(encoded)
        self._ends.append((self._ends[-1] if self._ends else 0) + len(encoded))

    def close(self) -> None:
        """Throw the file away."""
        self._file.close()


class StreamingReader(ExcelReader):  # type: ignore[misc]
    """openpyxl's reader, with the shared texts on disk."""

    def read_strings(self) -> None:
        """Read the workbook's shared texts, formatting left out."""
        self.shared_strings: Any = SharedStrings()
        part = self.package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                _fill(self.shared_strings, source)


def open_workbook(file: BinaryIO) -> tuple[Any, SharedStrings]:
    """The workbook for reading row by row, and the texts that must be closed after it."""
    reader = StreamingReader(file, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb, reader.shared_strings


def _fill(strings: SharedStrings, source: Any) -> None:
    """As openpyxl's `read_string_table`, letting go of each element once read."""
    root = None
    for event, node in iterparse(source, events=("start", "end")):  # noqa: S314 - expat bounds entities since 2.4.1
        if root is None:
            root = node
        if event == "end" and node.tag == _ITEM:
            strings.append(Text.from_tree(node).content.replace("x005F_", ""))
            root.clear()
