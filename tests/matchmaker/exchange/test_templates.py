from pathlib import Path

import pytest
from openpyxl import load_workbook

from matchmaker.exchange.__main__ import write_templates
from matchmaker.exchange.records import plan_headers
from matchmaker.exchange.templates import template_headers
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES, TEMPLATES, load_vocabulary
from tests.factories import taxonomy


@pytest.mark.parametrize("kind", [PROFILES, CHALLENGES])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_header_of_a_template_is_understood_exactly(kind: str, language: str) -> None:
    headers = template_headers(kind, language=language)
    plan = plan_headers(tuple(headers), load_vocabulary(taxonomy()).header_names[kind], line=1)
    assert (list(plan.paths), plan.notices) == (headers, ())


def test_the_templates_of_the_repository_are_those_that_are_written_now(tmp_path: Path) -> None:
    write_templates(tmp_path)
    for kind in (PROFILES, CHALLENGES):
        assert (TEMPLATES / f"{kind}.csv").read_bytes() == (tmp_path / f"{kind}.csv").read_bytes()


def test_the_help_sheet_explains_every_column_in_three_languages(tmp_path: Path) -> None:
    write_templates(tmp_path)
    book = load_workbook(tmp_path / "profiles.pt.xlsx")
    rows = list(book["Ajuda"].iter_rows(values_only=True))
    kind = next(row for row in rows if row[0] == "tipo")
    assert book.sheetnames == ["profiles", "Ajuda"]
    assert str(kind[5]).splitlines()[0] == "Governo local ou regional"
    assert all(row[column] for row in rows[1:] for column in (0, 1, 3, 4, 6, 7))
