"""Open contracting data: tenders and those who were awarded."""

import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from matchmaker.challenges.models import BudgetBand, Challenge
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.ocds_drafts import budget_band
from matchmaker.exchange.ocds_facts import facts_of, merged
from matchmaker.exchange.report import ImportReport
from matchmaker.profiles.actions import set_visibility
from matchmaker.profiles.models import Experience, Profile, Visibility
from matchmaker.profiles.refusals import refuse_imports
from matchmaker.store.database import Database
from tests.databases import Databases
from tests.factories import NOW, desk
from tests.matchmaker.exchange.conftest import new_database

BUYER = {
    "id": "CO-NIT-1",
    "name": "Municipio de la zona",
    "roles": ["buyer"],
    "address": {"locality": "Sogamoso", "region": "Boyacá", "countryName": "Colombia"},
}
SUPPLIER = {
    "id": "s1",
    "name": "Bombas del Valle",
    "identifier": {"scheme": "CO-NIT", "id": "900"},
    "address": {"locality": "Curitiba", "countryName": "Brasil"},
}


def release(ocid: str = "ocds-x-1", day: str = "2024-03-01", **parts: Any) -> dict[str, Any]:
    return {
        "ocid": ocid,
        "date": f"{day}T00:00:00Z",
        "parties": [BUYER, SUPPLIER],
        "buyer": {"id": "CO-NIT-1"},
        **parts,
    }


TENDER = {
    "title": "Bombas de agua",
    "description": "Se necesitan bombas para el acueducto.",
    "status": "active",
    "items": [{"id": "1", "description": "Bomba sumergible de 10 HP"}],
    "value": {"amount": 30_000, "currency": "USD"},
    "tenderPeriod": {"startDate": "2024-03-01T00:00:00Z", "endDate": "2024-03-15T00:00:00Z"},
    "documents": [{"id": "d", "documentType": "tenderNotice", "url": "https://portal.example/1"}],
}
AWARD = {"id": "a1", "title": "Bombas", "status": "active", "date": "2024-04-02", "suppliers": [{"id": "s1"}]}
CONTRACT = {"id": "c1", "awardID": "a1", "title": "Contrato de bombas", "dateSigned": "2024-05-01", "status": "active"}
FULL = release(tender=TENDER, awards=[AWARD], contracts=[CONTRACT])


def bring_package(store: Database, folder: Path, *releases: object, **options: Any) -> ImportReport:
    path = folder / "package.json"
    path.write_text(
        json.dumps({"uri": "https://portal.example/p", "version": "1.1", "releases": releases}), encoding="utf-8"
    )
    return import_file(store, desk_of=desk(), path=path, options=ImportOptions(**options))


def everything(store: Database) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    with store.transaction() as session:
        profiles = {row.id: row.external_id for row in session.exec(select(Profile))}
        done = session.exec(select(Experience)).all()
        tenders = session.exec(select(Challenge)).all()
        return (
            {(profiles[row.profile_id], row.position, row.title, row.text, row.year, row.place_name) for row in done},
            {(row.external_id, row.title, row.description, row.procurement, row.budget_band) for row in tenders},
        )


def test_a_tender_becomes_a_reference_and_its_supplier_an_unclaimed_profile(
    either_store: Database, tmp_path: Path
) -> None:
    report = bring_package(either_store, tmp_path, FULL)
    with either_store.transaction() as session:
        tender, profile = session.exec(select(Challenge)).one(), session.exec(select(Profile)).one()
        done = session.exec(select(Experience)).one()
    assert (report.rows, report.created, report.refused) == (1, 2, ())
    assert (tender.is_reference, tender.owner_id, tender.buyer, tender.url, tender.external_id) == (
        True, None, "Municipio de la zona", "https://portal.example/1", "ocds-x-1",
    )  # fmt: skip
    assert tender.description == "Se necesitan bombas para el acueducto.\nBomba sumergible de 10 HP"
    assert (tender.budget_band, tender.procurement, tender.ends_on) == ("25k_100k", "open", date(2024, 3, 15))
    assert tender.place_name == "Sogamoso"
    assert (profile.external_id, profile.visibility, profile.place_name) == ("CO-NIT-900", "unclaimed", "Curitiba")
    assert (done.title, done.year, done.place_name) == ("Contrato de bombas", 2024, "Sogamoso")


def test_the_same_package_again_changes_nothing(store: Database, tmp_path: Path) -> None:
    bring_package(store, tmp_path, FULL)
    again = bring_package(store, tmp_path, FULL)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_later_contracts_are_added_and_earlier_ones_kept(store: Database, tmp_path: Path) -> None:
    bring_package(store, tmp_path, FULL)
    bring_package(
        store, tmp_path, release("ocds-x-2", "2025-01-01", awards=[{**AWARD, "title": "Otra", "date": "2025-01-01"}])
    )
    bring_package(
        store, tmp_path, release("ocds-x-1", "2025-02-01", contracts=[{**CONTRACT, "title": "Contrato corregido"}])
    )
    assert [(title, year) for _, _, title, _, year, _ in sorted(everything(store)[0], key=lambda row: str(row[1]))] == [
        ("Otra", 2025),
        ("Contrato corregido", 2024),
    ]


def test_a_cancelled_contract_and_a_pending_award_are_no_experience(store: Database, tmp_path: Path) -> None:
    cancelled = release(awards=[AWARD], contracts=[{**CONTRACT, "status": "cancelled"}])
    pending = release("ocds-x-2", awards=[{**AWARD, "status": "pending"}])
    bring_package(store, tmp_path, cancelled, pending)
    assert everything(store) == (set(), set())


def test_a_profile_that_its_owner_has_claimed_is_left_alone(store: Database, tmp_path: Path) -> None:
    bring_package(store, tmp_path, FULL)
    with store.transaction() as session:
        set_visibility(session, profile=session.exec(select(Profile)).one(), visibility=Visibility.VISIBLE, now=NOW)
    report = bring_package(store, tmp_path, release("ocds-x-9", awards=[AWARD]))
    assert [notice.code for notice in report.notices] == ["owned_by_its_author"]
    assert len(everything(store)[0]) == 1


def test_a_profile_that_its_owner_refused_stays_away(store: Database, tmp_path: Path) -> None:
    bring_package(store, tmp_path, FULL)
    with store.transaction() as session:
        refuse_imports(session, profile=session.exec(select(Profile)).one(), now=NOW)
    report = bring_package(store, tmp_path, release("ocds-x-9", awards=[AWARD]))
    assert [notice.code for notice in report.notices] == ["refused_by_owner"]
    with store.transaction() as session:
        assert session.exec(select(Profile.name)).all() == [""]


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("record package", json.dumps({"records": [{"ocid": "ocds-x-1", "compiledRelease": FULL}]})),
        ("records of releases", json.dumps({"records": [{"ocid": "ocds-x-1", "releases": [FULL]}]})),
        ("list", json.dumps([FULL])),
        ("lines", json.dumps(FULL) + "\n"),
        ("pretty", json.dumps({"version": "1.1", "publisher": {"name": "x"}, "releases": [FULL]}, indent=2)),
        ("marked", "\ufeff" + json.dumps({"releases": [FULL]})),
    ],
)
def test_every_shape_of_package_is_read(store: Database, tmp_path: Path, shape: str, text: str) -> None:
    path = tmp_path / f"{shape}.json"
    path.write_text(text, encoding="utf-8")
    assert import_file(store, desk_of=desk(), path=path).created == 2


def test_a_package_that_breaks_off_keeps_what_came_before(store: Database, tmp_path: Path) -> None:
    path = tmp_path / "package.json"
    path.write_text(json.dumps({"releases": [FULL, FULL]})[:-200], encoding="utf-8")
    report = import_file(store, desk_of=desk(), path=path)
    assert (report.created, [(item.line, item.code) for item in report.refused]) == (2, [(2, "file_broken")])


def test_only_dollars_tell_a_band() -> None:
    amounts = [("24999", "USD"), ("25000", "USD"), ("900000", "usd"), ("900000", "COP"), ("0", "USD"), ("x", "USD")]
    assert [budget_band(*amount) for amount in amounts] == [
        BudgetBand.UNDER_25K, BudgetBand.FROM_25K, BudgetBand.OVER_500K, *[BudgetBand.UNDECIDED] * 3,
    ]  # fmt: skip


STATEMENTS = st.dictionaries(
    st.sampled_from("abc"), st.lists(st.sampled_from(["", "1", "2", "3"]), min_size=2, max_size=2), max_size=3
)


@given(STATEMENTS, STATEMENTS, STATEMENTS)
def test_facts_merge_in_any_order_and_any_number_of_times(
    one: dict[str, list[str]], two: dict[str, list[str]], three: dict[str, list[str]]
) -> None:
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert merged(one, one) == one


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_a_file_split_in_two_gives_what_the_whole_gives(
    sqlite_databases: Databases, tmp_path: Path, seed: int, cut: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    said: list[dict[str, Any]] = [
        {"tender": TENDER},
        {"tender": {**TENDER, "status": "complete"}},
        {"awards": [AWARD]},
        {"awards": [{**AWARD, "id": "a2", "title": "Dos"}]},
        {"contracts": [CONTRACT]},
        {"contracts": [{**CONTRACT, "title": "Corregido"}]},
    ]
    releases = [
        release(f"ocds-x-{chance.randint(1, 3)}", f"2024-0{chance.randint(1, 9)}-01", **part)
        for part in chance.choices(said, k=10)
    ]
    whole, parts = new_database(sqlite_databases.empty()), new_database(sqlite_databases.empty())
    bring_package(whole, tmp_path, *releases)
    bring_package(parts, tmp_path, *releases[cut:])
    bring_package(parts, tmp_path, *releases[:cut])
    assert everything(whole) == everything(parts)
    whole.close()
    parts.close()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "title",
                    "description",
                    "status",
                    "items",
                    "suppliers",
                    "value",
                    "parties",
                    "address",
                    "identifier",
                    "date",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(["tender", "awards", "contracts", "parties", "buyer", "date"]), JSON))
def test_no_release_is_so_odd_that_reading_it_fails(odd: dict[str, Any]) -> None:
    assert facts_of({"ocid": "ocds-x-1", **odd})[0].ocid == "ocds-x-1"
