"""Empty files to fill in: CSV, and XLSX with a sheet of help in three languages."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from matchmaker.exchange.flat import header_of
from matchmaker.exchange.vocabulary import MAPPINGS, TEMPLATES, Headers, read_headers
from matchmaker.languages import WorkingLanguage
from matchmaker.taxonomy.models import Concern, Taxonomy

COLUMN_CHARACTERS = 24  # width of a column on the screen
HELP_CHARACTERS = 60


def template_headers(kind: str, *, language: str, directory: Path = MAPPINGS, templates: Path = TEMPLATES) -> list[str]:
    """The header row of a template for `profiles` or `challenges`, in one of the working languages."""
    headers, told = read_headers(directory)[kind], _told(templates)
    return [header_of(field, headers, language=language) for field in _columns(told, kind)]


def write_csv_template(path: Path, *, kind: str, language: str) -> None:
    """Write the header row, UTF-8 with a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerow(template_headers(kind, language=language))


def write_xlsx_template(
    path: Path, *, kind: str, language: str, taxonomy: Taxonomy, directory: Path = MAPPINGS, templates: Path = TEMPLATES
) -> None:
    """Write an empty sheet with headers in `language`, and one that explains every column in all working languages."""
    told, headers = _told(templates), read_headers(directory)[kind]
    labels = json.loads((directory / "labels.json").read_text(encoding="utf-8"))
    with Workbook(path) as workbook:
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet = workbook.add_worksheet(kind)
        for column, header in enumerate(template_headers(kind, language=language, directory=directory)):
            sheet.write_string(0, column, header, bold)
        sheet.set_column(0, len(_columns(told, kind)), COLUMN_CHARACTERS)
        sheet.freeze_panes(1, 0)
        page = workbook.add_worksheet(told["sheet"][language])
        _explain(page, _help_rows(told, kind, headers, taxonomy, labels), bold=bold, wrapped=wrapped)


def _explain(page: Worksheet, rows: list[list[str]], *, bold: Format, wrapped: Format) -> None:
    page.set_column(0, len(rows[0]), HELP_CHARACTERS)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(number, column, text, wrapped if number else bold)


def _help_rows(
    told: Mapping[str, Any], kind: str, headers: Headers, taxonomy: Taxonomy, labels: Mapping[str, Any]
) -> list[list[str]]:
    """One row for each column: its header, what it means and which values it takes, language after language."""
    rows = [[text for code in WorkingLanguage for text in (code.upper(), "", told["values"][code])]]
    for field, words in told["fields"][kind].items():
        row: list[str] = []
        for code in WorkingLanguage:
            row += [headers[field][code][0], words[code], _values(field, code, taxonomy, labels)]
        rows.append(row)
    return rows


def _values(field: str, code: str, taxonomy: Taxonomy, labels: Mapping[str, Any]) -> str:
    """What may stand in a column of labels, in one language."""
    concern = next((item for item in Concern if field in (item, item.removesuffix("s"))), None)
    if concern is not None:
        return "\n".join(term.name[code] for term in taxonomy.terms(concern))
    listed = labels.get("languages" if field == "language" else field, {})
    return "\n".join(words[code][0] for words in listed.values())


def _columns(told: Mapping[str, Any], kind: str) -> list[str]:
    """Target fields in order, groups repeated as often as the template does."""
    columns: list[str] = []
    fields = list(told["fields"][kind])
    for field in fields:
        name, mark, _ = field.partition(".#")
        group = [other for other in fields if other == field or (mark and other.startswith(f"{name}.#"))]
        if not mark:
            columns.append(field)
        elif group[0] == field:
            times = range(1, told["repeats"][name] + 1)
            columns += [other.replace("#", str(number)) for number in times for other in group]
    return columns


def _told(templates: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((templates / "templates.json").read_text(encoding="utf-8"))
    return data
