"""CSV and XLSX, as people fill them in."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from matchmaker.challenges.models import Challenge
from matchmaker.errors import InvalidInputError
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.profiles.models import Experience, Offer, Profile, Representation, Visibility
from matchmaker.profiles.refusals import refuse_imports
from matchmaker.store.database import Database
from tests.factories import NOW, desk, signed_in
from tests.matchmaker.exchange.conftest import Import

SPANISH = (
    "Identificador;Nombre;Tipo;Descripción;Ciudad;País;Áreas;Oferta 1;Experiencia 1;Experiencia 1 ciudad;"
    "Experiencia 1 año\n"
    "a1;Señales del Río;Empresa;Medimos caudales.;Sogamoso;Colombia;Energía y medio ambiente|movilidad;"
    "Medición nocturna de caudales;Campaña de fugas;Curitiba, Brasil;2023\n"
)
PORTUGUESE = (
    "Título,Descrição,Cidade,País,Orçamento,Data de início\n"
    "Luz,Precisamos de luz.,Curitiba,Brasil,a definir,28/02/2027\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_encodings_and_delimiters_are_found_out(bring: Import, store: Database, encoding: str) -> None:
    report = bring(SPANISH.encode(encoding))
    with store.transaction() as session:
        profile = session.exec(select(Profile)).one()
        offer, done = session.exec(select(Offer)).one(), session.exec(select(Experience)).one()
    assert (report.created, report.refused) == (1, ())
    assert (profile.name, profile.kind, profile.place_name, profile.external_id) == (
        "Señales del Río", "company", "Sogamoso", "a1",
    )  # fmt: skip
    assert profile.areas == ["energy_environment", "mobility_planning"]
    assert offer.text == "Medición nocturna de caudales"
    assert (done.text, done.place_name, done.year) == ("Campaña de fugas", "Curitiba", 2023)


def test_a_portuguese_table_of_challenges_is_told_from_profiles(bring: Import, store: Database) -> None:
    report = bring(PORTUGUESE)
    with store.transaction() as session:
        challenge = session.exec(select(Challenge)).one()
    assert report.kind == "challenges"
    assert (challenge.title, challenge.place_name, challenge.budget_band) == ("Luz", "Curitiba", "undecided")
    assert str(challenge.starts_on) == "2027-02-28"


def test_bad_rows_are_named_and_good_rows_kept(bring: Import) -> None:
    report = bring(
        "id,name,kind,place,experience 1 text,experience 1 year\n"
        "1,Good,company,,,\n"
        '2,"Two\nlines",companny,,,\n'
        "3,,robot,,,\n"
        "4,Far,company,Nowhere,,\n"
        "5,Twice,company,San Carlos,,\n"
        "6,Late,company,,Done,soon\n"
        "1,Again,company,,,\n"
        "7,Wide,company,,,,,surplus\n"
    )
    assert (report.rows, report.created, report.refused_rows) == (8, 2, 6)
    assert [(item.line, item.column, item.value, item.code) for item in report.refused] == [
        (5, "kind", "robot", "unknown_code"),
        (5, "name", "", "missing"),
        (6, "place", "Nowhere", "place_unknown"),
        (7, "place", "San Carlos", "place_ambiguous"),
        (8, "experience 1 year", "soon", "not_a_number"),
        (9, "external_id", "1", "id_repeated"),
        (10, "", "surplus", "cells_extra"),
    ]
    assert report.refused[3].expected == "San Carlos, Ñuble, CL (101); San Carlos, CL (102)"
    assert [(item.value, item.code, item.expected) for item in report.notices] == [
        ("companny", "label_guessed", "company")
    ]


def test_a_candidate_copied_back_from_the_report_settles_the_place(bring: Import, store: Database) -> None:
    assert bring('id,name,kind,place\n1,A,company,"San Carlos, Ñuble, CL (101)"\n').created == 1
    with store.transaction() as session:
        assert session.exec(select(Profile.geonameid)).all() == [101]


def test_importing_twice_changes_nothing(bring: Import) -> None:
    assert bring(SPANISH).created == 1
    again = bring(SPANISH)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 1)


def test_rows_without_ids_are_known_again_by_their_name(bring: Import) -> None:
    text = "name,kind\nAlpha,company\nBeta,expert\n"
    assert bring(text).created == 2
    assert bring(text).unchanged == 2


def test_a_dry_run_tells_all_and_saves_nothing(bring: Import, store: Database) -> None:
    report = bring(SPANISH, dry_run=True)
    with store.transaction() as session:
        saved = session.exec(select(Profile)).all()
    assert (report.dry_run, report.created, list(saved)) == (True, 1, [])


def test_a_missing_column_is_told_with_its_names(bring: Import) -> None:
    report = bring("nombre,ciudad\nA,Sogamoso\n", kind="profiles")
    assert [(item.column, item.code, item.expected) for item in report.refused] == [
        ("kind", "column_missing", "tipo / kind")
    ]


def test_the_owner_of_a_challenge_is_named_by_external_id(bring: Import, store: Database) -> None:
    bring(SPANISH)
    report = bring("id,owner,title,description\nr1,a1,T,We need it.\nr2,zz,T,We need it.\n")
    with store.transaction() as session:
        challenge, profile = session.exec(select(Challenge)).one(), session.exec(select(Profile)).one()
    assert challenge.owner_id == profile.id
    assert [(item.line, item.column, item.value, item.code) for item in report.refused] == [
        (3, "owner", "zz", "owner_unknown")
    ]


def test_a_file_without_e_mail_leaves_the_stored_address(bring: Import, store: Database) -> None:
    bring("id,name,kind,email\n1,A,company,a@a.example\n")
    assert bring("id,name,kind\n1,A,company\n").unchanged == 1
    assert bring("id,name,kind\n1,B,company\n").updated == 1
    with store.transaction() as session:
        assert session.exec(select(Profile.email)).all() == ["a@a.example"]


def test_an_open_quotation_mark_costs_its_row_and_not_the_file(bring: Import) -> None:
    rows = "".join(f"{n},Firm {n},company,{'x' * 100}\n" for n in range(3, 2_000))
    report = bring(f'id,name,kind,description\n1,A,company,fine\n2,"B,company,open\n{rows}')
    assert report.problems_by_code["cell_too_long"] == 1
    assert report.created > 500


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "format_unknown"),
        (b"PK\x03\x04 no zip", "file_broken"),
        (b"alpha,beta\n1,2\n", "kind_undetected"),
    ],
)
def test_what_is_no_table_is_refused(bring: Import, content: bytes, code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        bring(content)
    assert refused.value.code == code


def test_workbooks_are_read_with_their_dates_and_numbers(store: Database, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Título", "Descripción", "Comienza", "Necesidad 1", "Necesidad 2"])
    sheet.append(["Agua", "Falta agua; y falta luz.", "28/02/2027", "Falta agua; hoy", "falta luz"])
    sheet.append([2027, "Falta todo", None, None, None])
    workbook.save(tmp_path / "retos.xlsx")
    report = import_file(store, desk_of=desk(), path=tmp_path / "retos.xlsx", options=ImportOptions())
    with store.transaction() as session:
        first, second = session.exec(select(Challenge).order_by(Challenge.title)).all()
    assert (report.created, report.refused) == (2, ())
    assert (first.title, second.title, str(second.starts_on)) == ("2027", "Agua", "2027-02-28")


def test_imported_profiles_get_the_visibility_that_is_asked_for(bring: Import, store: Database) -> None:
    bring(SPANISH, visibility=Visibility.UNCLAIMED)
    with store.transaction() as session:
        assert session.exec(select(Profile.visibility)).all() == [Visibility.UNCLAIMED]


def test_both_databases_refuse_a_row_and_keep_the_rest(either_store: Database, tmp_path: Path) -> None:
    long = "x" * 201
    path = tmp_path / "file.csv"
    path.write_text(f"id,name,kind\n1,A,company\n2,{long},company\n3,C,company\n", encoding="utf-8")
    report = import_file(either_store, desk_of=desk(), path=path)
    assert (report.created, [(item.line, item.code) for item in report.refused]) == (2, [(3, "too_long")])


def test_what_an_owner_refused_or_keeps_is_skipped_and_the_report_says_so(bring: Import, store: Database) -> None:
    table = "id,name,kind,summary\n1,Refused,company,{0}\n2,Claimed,company,{0}\n3,Free,company,{0}\n"
    bring(table.format("Before"))
    with store.transaction() as session:
        refused, claimed, _free = session.exec(select(Profile).order_by(col(Profile.id))).all()
        refuse_imports(session, profile=refused, now=NOW)
        session.add(Representation(account_id=signed_in(session).account_id or 0, profile_id=claimed.id or 0))
    for again, updated in (("Before", 0), ("After", 1)):
        report = bring(table.format(again))
        assert (report.created, report.updated, report.refused_rows) == (0, updated, 0)
    assert report.notices_by_code == {"refused_by_owner": 1, "owned_by_its_author": 1}
    with store.transaction() as session:
        kept = session.exec(select(Profile.name, Profile.summary).order_by(col(Profile.id))).all()
    assert kept == [("", ""), ("Claimed", "Before"), ("Free", "After")]
