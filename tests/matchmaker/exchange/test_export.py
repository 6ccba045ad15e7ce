"""What leaves, and how it comes back."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlmodel import Session, select

from matchmaker.accounts.models import ANYONE, OPERATOR
from matchmaker.exchange.export import export_profiles
from matchmaker.exchange.flat import profile_object
from matchmaker.exchange.importer import import_file
from matchmaker.exchange.writers import CsvWriter, JsonLinesWriter, XlsxWriter
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.profiles.queries import load_full
from matchmaker.store.database import Database
from tests.databases import Databases
from tests.factories import desk, profile_draft
from tests.matchmaker.exchange.conftest import new_database

FORMATS = ["csv", "xlsx", "jsonl"]


def save(session: Session, *, visibility: Visibility = Visibility.VISIBLE, **changes: object) -> Profile:
    draft = profile_draft(**changes)
    return import_profile(session, desk=desk(), source="test", draft=draft, visibility=visibility)[0]


def written(store: Database, path: Path, *, language: str = "en") -> Path:
    with store.transaction() as session, path.open("wb") as file:
        if path.suffix == ".csv":
            with CsvWriter(file, language=language) as rows:
                export_profiles(session, OPERATOR, rows)
        elif path.suffix == ".xlsx":
            with XlsxWriter(file, language=language) as sheet:
                export_profiles(session, OPERATOR, sheet)
        else:
            export_profiles(session, OPERATOR, JsonLinesWriter(file))
    return path


def objects(store: Database) -> list[dict[str, object]]:
    with store.transaction() as session:
        return [profile_object(full) for full in load_full(session, session.exec(select(Profile).order_by("id")).all())]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_imports_back_as_it_was(
    store: Database, sqlite_databases: Databases, tmp_path: Path, suffix: str, language: str
) -> None:
    with store.transaction() as session:
        save(session, external_id="1", name="=cmd|' /C calc'!A0", summary="'=1", description="Uno;\n\ndos|tres")
        save(
            session,
            external_id="2",
            kind="expert",
            place=None,
            offers=[],
            experience=[],
            facts=[{"text": "+57", "source": "s"}],
        )
    other = new_database(sqlite_databases.empty())
    report = import_file(other, desk_of=desk(), path=written(store, tmp_path / f"out.{suffix}", language=language))
    assert (report.created, report.refused) == (2, ())
    assert objects(other) == objects(store)
    other.close()


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_export_imported_where_it_came_from_changes_nothing(store: Database, tmp_path: Path, suffix: str) -> None:
    with store.transaction() as session:
        save(session, external_id="1", place={"geonameid": 3667873})
    report = import_file(store, desk_of=desk(), path=written(store, tmp_path / f"out.{suffix}"))
    assert (report.unchanged, report.refused) == (1, ())
    with store.transaction() as session:
        assert session.exec(select(Profile.email)).all() == ["campo@fugas.example"]


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@'\n,;\""), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3))
def test_any_text_survives_a_round_trip_through_csv(
    sqlite_databases: Databases, tmp_path: Path, texts: list[tuple[str, str, str]]
) -> None:
    store, other = new_database(sqlite_databases.empty()), new_database(sqlite_databases.empty())
    with store.transaction() as session:
        for number, (summary, title, text) in enumerate(texts):
            offers = [{"title": f"{title}.", "text": f"{text}."}]
            save(session, external_id=str(number), summary=summary, offers=offers)
    import_file(other, desk_of=desk(), path=written(store, tmp_path / "out.csv"))
    assert objects(other) == objects(store)
    store.close()
    other.close()


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_export_holds_an_e_mail_address(store: Database, tmp_path: Path, suffix: str) -> None:
    with store.transaction() as session:
        save(session, external_id="1")
    path = written(store, tmp_path / f"out.{suffix}")
    if suffix == "xlsx":
        cells = [str(cell) for row in load_workbook(path).active.iter_rows(values_only=True) for cell in row]
    else:
        cells = [path.read_text(encoding="utf-8")]
    assert [cell for cell in cells if "@" in cell or "mail" in cell] == []


def test_others_than_the_secretariat_get_no_unclaimed_profile(store: Database) -> None:
    with store.transaction() as session:
        save(session, external_id="1")
        save(session, external_id="2", visibility=Visibility.UNCLAIMED)
    for acting, ids in ((ANYONE, ["1"]), (OPERATOR, ["1", "2"])):
        file = io.BytesIO()
        with store.transaction() as session:
            export_profiles(session, acting, JsonLinesWriter(file))
        assert [json.loads(line)["external_id"] for line in file.getvalue().splitlines()] == ids


def test_cells_that_a_spreadsheet_would_run_are_guarded(store: Database, tmp_path: Path) -> None:
    with store.transaction() as session:
        save(session, external_id="1", name="=1+1", summary="@x")
    with written(store, tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["name"], rows[0]["summary"]) == ("'=1+1", "'@x")


def test_an_export_works_on_both_databases(either_store: Database, tmp_path: Path) -> None:
    with either_store.transaction() as session:
        save(session, external_id="1", facts=[{"text": "a", "source": "b"}])
    assert len(written(either_store, tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 2
