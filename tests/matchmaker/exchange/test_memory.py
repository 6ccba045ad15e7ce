"""Large files stream."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.store.database import Database
from tests.factories import desk

MEGABYTE = 1_000_000
FILE_MEGABYTES, PEAK_MEGABYTES = 30, 60
TEXT = "Medimos caudales de noche y marcamos dónde excavar. " * 380  # near the limit, so that few rows fill the file
ROWS = FILE_MEGABYTES * MEGABYTE // len(TEXT.encode()) + 1


def write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("id,name,kind,language,description\n")
        file.writelines(f"{n},Firm {n},company,es,{TEXT}{n}\n" for n in range(ROWS))


def write_json_lines(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in range(ROWS):
            row = {"external_id": str(n), "name": f"Firm {n}", "kind": "company", "language": "es", "description": TEXT}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_xlsx(path: Path) -> None:
    """Shared texts, as Excel saves them."""
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "name", "kind", "language", "description"])
        for n in range(ROWS):
            sheet.write_row(n + 1, 0, [str(n), f"Firm {n}", "company", "es", f"{TEXT}{n}"])


def write_package(path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write('{"version": "1.1", "releases": [')
        for n in range(ROWS):
            tender = {"title": f"Bombas {n}", "description": "Se necesitan bombas.", "status": "active"}
            release = {"ocid": f"ocds-x-{n}", "date": "2024-01-01", "language": "es", "tender": tender}
            release["planning"] = {"rationale": TEXT}  # most of a portal's file is nothing that is read here
            file.write(("," if n else "") + json.dumps(release, ensure_ascii=False))
        file.write("]}")


@pytest.mark.slow  # half a minute each under tracemalloc
@pytest.mark.parametrize("write", [write_csv, write_json_lines, write_xlsx, write_package])
def test_thirty_megabytes_are_read_in_less_than_sixty(
    store: Database, tmp_path: Path, write: Callable[[Path], None]
) -> None:
    path = tmp_path / "large"
    write(path)
    tracemalloc.start()
    report = import_file(store, desk_of=desk(), path=path, options=ImportOptions(source="test"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (report.created, report.refused) == (ROWS, ())
    assert peak < PEAK_MEGABYTES * MEGABYTE
