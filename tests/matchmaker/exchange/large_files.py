"""Large files of each format, and a process that imports one and says what that cost."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

from sqlmodel import SQLModel
from xlsxwriter import Workbook

from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.models import PortalFact
from matchmaker.store.database import Database
from tests.factories import desk

MEGABYTE = 1_000_000
TABLES = PortalFact.metadata  # importing the model adds its table
HEADERS = ("id", "name", "kind", "language", "summary", "description", "offer 1", "offer 1 title")
SYLLABLES = ("ca", "lu", "mi", "tor", "ben", "rias", "que", "do", "fal", "ne", "gos", "pi", "ra", "ves", "to", "un")
DESCRIPTION_WORDS = 500  # with the other cells some 4,000 characters a row: a profile that has much to say


def texts() -> Iterator[str]:
    """Texts of many different words, so that a packed file is not smaller than those of life."""
    chance = Random(4)  # noqa: S311 - words, not secrets
    known = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 5))) for _ in range(20_000)]
    while True:
        yield " ".join(chance.choices(known, k=DESCRIPTION_WORDS))


def rows() -> Iterator[tuple[str, ...]]:
    """Profiles as cells under `HEADERS`."""
    for number, text in zip(count(1), texts(), strict=False):
        yield str(number), f"Firma {number}", "company", "es", text[:300], text, text[-300:], text[300:350]


def write_csv(path: Path, size: int) -> None:
    """A header and rows until the file has that many bytes."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADERS) + "\n")
        for row in rows():
            file.write(",".join(row) + "\n")
            if file.tell() >= size:
                return


def write_json_lines(path: Path, size: int) -> None:
    """One object a line."""
    with path.open("w", encoding="utf-8") as file:
        for row in rows():
            named = dict(zip(("external_id", *HEADERS[1:6]), row, strict=False))
            file.write(json.dumps({**named, "offers": [{"title": row[7], "text": row[6]}]}) + "\n")
            if file.tell() >= size:
                return


def write_xlsx(path: Path, size: int) -> None:
    """Texts within the sheet, as programs save them that write row by row; about a third of them is left packed."""
    unpacked = 0
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(rows(), start=1):
            sheet.write_row(number, 0, row)
            unpacked += sum(map(len, row))
            if unpacked >= size * PACKED:
                return


PACKED = 3.45
"""Characters of such texts that fill one byte of a packed file."""


def write_shared(path: Path, size: int) -> None:
    """The same with shared texts, as Excel saves them."""
    unpacked = 0
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(rows(), start=1):
            sheet.write_row(number, 0, row)
            unpacked += sum(map(len, row))
            if unpacked >= size * PACKED:
                return


def write_package(path: Path, size: int) -> None:
    """An OCDS package: tenders, of which every other one was won by one of a thousand suppliers."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"version": "1.1", "releases": [')
        for number, text in zip(count(1), texts(), strict=False):
            file.write(("," if number > 1 else "") + json.dumps(_release(number, text)))
            if file.tell() >= size:
                break
        file.write("]}")


def _release(number: int, text: str) -> dict[str, object]:
    ocid, supplier = f"ocds-x-{number}", {"id": f"S-{number % 1_000}", "name": f"Firma {number % 1_000}"}
    release: dict[str, object] = {
        "ocid": ocid, "id": f"{number}", "date": "2024-01-01T00:00:00Z", "language": "es", "tag": ["tender"],
        "tender": {"id": ocid, "title": text[:80], "description": text, "status": "active"},
        "buyer": {"id": "B-1", "name": "Alcaldía"}, "planning": {"rationale": text[:800]},
    }  # fmt: skip
    if number % 2:
        release["awards"] = [{"id": f"A-{number}", "title": text[80:160], "status": "active", "suppliers": [supplier]}]
        release["parties"] = [{**supplier, "roles": ["supplier"]}]
    return release


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "csv": write_csv, "jsonl": write_json_lines, "xlsx": write_xlsx, "shared": write_shared, "ocds": write_package,
}  # fmt: skip


def import_measured(path: Path) -> dict[str, float]:
    """Import into a new database beside the file: counts, seconds, and megabytes of memory that the import added."""
    database = Database(f"sqlite:///{path}.sqlite")
    SQLModel.metadata.create_all(database.engine)
    before, started, told = _peak_megabytes(), time.perf_counter(), []
    report = import_file(
        database, desk_of=desk(), path=path, options=ImportOptions(source="test"),
        progress=lambda _stage, done, _total: told.append(done),
    )  # fmt: skip
    seconds = time.perf_counter() - started
    database.close()
    return {
        "rows": report.rows, "created": report.created, "refused": report.refused_rows, "told": len(told),
        "megabytes": path.stat().st_size / MEGABYTE, "seconds": seconds, "added": _peak_megabytes() - before,
    }  # fmt: skip


def _peak_megabytes() -> float:
    """Of this program: what `getrusage` tells begins with the peak of the process that started it."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return int(told.partition("VmHWM:")[2].split()[0]) * 1_024 / MEGABYTE


if __name__ == "__main__":
    sys.stdout.write(json.dumps(import_measured(Path(sys.argv[1]))))
