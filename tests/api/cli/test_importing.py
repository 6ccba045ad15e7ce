"""Files in and out."""

import json
from pathlib import Path

import pytest

from api.wiring import Service
from tests.api.cli.conftest import Run

GOOD = "external_id,kind,name,language,offer 1\np1,company,Fugas y Caudales,es,Encontramos fugas que no se ven.\n"
BAD_ROW = "p2,spaceship,Nave,es,Volamos.\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def partly_good(tmp_path: Path) -> Path:
    path = tmp_path / "partly.csv"
    path.write_text(GOOD + BAD_ROW, encoding="utf-8")
    return path


def test_a_file_whose_rows_are_all_kept_exits_with_0_and_is_indexed(run: Run, good: Path) -> None:
    result = run("import", good, "--source", "fair")

    assert result.exit_code == 0
    assert "new 1" in result.stdout
    assert run("index", "check").exit_code == 0


def test_the_same_file_again_changes_nothing(run: Run, good: Path) -> None:
    run("import", good)

    again = json.loads(run("import", good, "--json").stdout)

    assert again["files"][0]["report"]["unchanged"] == 1
    assert again["synchronised"] is None


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("es", "no está en la lista", "uno de"),
        ("pt", "não está na lista", "um de"),
        ("en", "not in the list", "one of"),
    ],
)
def test_a_refused_row_is_named_with_what_would_be_right_and_exits_with_1(
    run: Run, partly_good: Path, language: str, wrong: str, right: str
) -> None:
    result = run("import", partly_good, "--lang", language)

    assert result.exit_code == 1
    row = next(line for line in result.stdout.splitlines() if "spaceship" in line)
    assert row.split()[:3] == ["3", "kind", "spaceship"]
    assert wrong in row
    assert right in row


def test_a_report_as_json_has_codes_for_machines(run: Run, partly_good: Path) -> None:
    told = json.loads(run("import", partly_good, "--json", "--no-sync").stdout)

    report = told["files"][0]["report"]
    assert set(told) == {"files", "synchronised"}
    assert (report["rows"], report["created"], report["refused_rows"]) == (2, 1, 1)
    assert report["problems_by_code"] == {"unknown_code": 1}
    assert (report["refused"][0]["line"], report["refused"][0]["code"]) == (3, "unknown_code")


def test_a_dry_run_keeps_nothing(run: Run, good: Path, tmp_path: Path) -> None:
    assert run("import", good, "--dry-run", "--lang", "pt").exit_code == 0

    exported = tmp_path / "all.jsonl"
    assert json.loads(run("export", exported, "--json").stdout) == {"file": str(exported), "profiles": 0}


def test_without_sync_the_index_stays_behind(run: Run, good: Path) -> None:
    run("import", good, "--no-sync")

    assert run("index", "check").exit_code == 1


@pytest.mark.parametrize(
    ("language", "said"), [("es", "No se puede leer"), ("pt", "Não é possível"), ("en", "cannot be")]
)
def test_an_unreadable_file_exits_with_2_and_the_others_are_kept(
    run: Run, good: Path, tmp_path: Path, language: str, said: str
) -> None:
    result = run("import", tmp_path / "nothing.csv", good, tmp_path, "--lang", language)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "good.csv: " in result.stdout


def test_an_empty_file_and_a_picture_are_told_apart(run: Run, tmp_path: Path) -> None:
    empty, picture = tmp_path / "empty.csv", tmp_path / "picture.csv"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n")

    told = json.loads(run("import", empty, picture, "--json").stdout)

    assert [item["error"]["code"] for item in told["files"]] == ["file_empty", "format_unknown"]


def test_an_unknown_mapping_is_refused_with_those_that_there_are(run: Run, good: Path) -> None:
    result = run("import", good, "--mapping", "nothing")

    assert result.exit_code == 2
    assert "digital_public_goods" in result.stderr
    assert "headers" not in result.stderr


def test_a_mapping_of_the_repository_is_found_by_its_name(run: Run, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"id": 1, "org_type": "Gobierno", "name": "Oficina", "description": "Datos."}\n', encoding="utf-8")

    told = json.loads(run("import", rows, "--mapping", "civic_organisations", "--json").stdout)

    assert told["files"][0]["report"]["source"] == "exploralatam"


def test_visibility_decides_who_sees_new_profiles(run: Run, good: Path, service: Service) -> None:
    run("import", good, "--visibility", "unclaimed")

    with service.database.reading() as session:
        from matchmaker.accounts.models import ANYONE, OPERATOR
        from matchmaker.profiles.queries import count_profiles

        assert (count_profiles(session, acting=ANYONE), count_profiles(session, acting=OPERATOR)) == (0, 1)


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx", "all.jsonl"])
def test_what_was_exported_can_be_imported(run: Run, good: Path, tmp_path: Path, name: str) -> None:
    run("import", good)

    assert run("export", tmp_path / name, "--lang", "pt").exit_code == 0

    assert json.loads(run("import", tmp_path / name, "--json").stdout)["files"][0]["report"]["unchanged"] == 1


def test_an_export_of_an_unknown_kind_writes_nothing(run: Run, tmp_path: Path) -> None:
    result = run("export", tmp_path / "all.pdf")

    assert result.exit_code == 2
    assert ".xlsx" in result.stderr
    assert list(tmp_path.glob("*.pdf*")) == []
