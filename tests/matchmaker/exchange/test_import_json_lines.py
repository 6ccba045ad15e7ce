"""The service's own shape, one object a line."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from matchmaker.challenges.models import Challenge, Need
from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.place_cells import Places
from matchmaker.exchange.vocabulary import load_vocabulary
from matchmaker.profiles.models import Profile
from matchmaker.store.database import Database
from tests.factories import desk, taxonomy
from tests.fakes import FakePlaceFinder
from tests.matchmaker.exchange.conftest import Import

CHALLENGE = {
    "external_id": "r1",
    "language": "pt",
    "difficulty": "plain",
    "place": {"name": "Curitiba", "country": "BR", "geonameid": 3464975},
    "texts": {
        "es": {"title": "Luz", "description": "Falta luz.", "needs": ["Falta luz"]},
        "pt": {"title": "Luz na rua", "description": "Falta luz na rua.", "needs": ["Falta luz"]},
        "en": {"title": "Light", "description": "There is no light.", "needs": ["no light"]},
    },
}


def test_a_challenge_in_three_languages_is_kept_in_its_authors(bring: Import, store: Database) -> None:
    report = bring(json.dumps(CHALLENGE), is_demo=True)
    with store.transaction() as session:
        challenge, need = session.exec(select(Challenge)).one(), session.exec(select(Need)).one()
    assert (challenge.title, challenge.language, challenge.is_demo) == ("Luz na rua", "pt", True)
    assert (need.text, need.is_suggested) == ("Falta luz", False)
    assert [(item.column, item.code) for item in report.notices] == [("difficulty", "column_ignored")]


def test_broken_lines_are_told_and_the_others_kept(bring: Import) -> None:
    good = json.dumps({"external_id": "1", "kind": "company", "name": "A"})
    lines = [good.encode(), b"{broken", b"[1]", b'"\xff"', b"", b'{"kind": "company", "name": "B\\ud800", "areas": 7}']
    report = bring(b"\n".join(lines))
    assert (report.created, report.rows) == (1, 5)
    assert [(item.line, item.code) for item in report.refused] == [
        (2, "json_invalid"),
        (3, "not_an_object"),
        (4, "encoding_invalid"),
        (6, "unknown_code"),
        (6, "lone_surrogate"),
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    ["external_id", "kind", "name", "offers", "experience", "place", "areas", "languages", "texts"]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=6), min_size=1, max_size=4))
def test_whatever_stands_in_a_file_every_row_is_kept_or_refused(
    store: Database, tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    path = tmp_path / "file.jsonl"
    good = {"external_id": "good", "kind": "company", "name": "Good"}
    path.write_text("\n".join(json.dumps(row) for row in [good, *rows]), encoding="utf-8")
    report = import_file(store, desk_of=desk(), path=path, options=ImportOptions(source="test"))
    assert report.rows == len(rows) + 1
    assert report.created + report.updated + report.unchanged + report.refused_rows == report.rows


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9), st.text(max_size=5)), max_size=8))
def test_the_second_import_changes_nothing(store: Database, tmp_path: Path, rows: list[tuple[int, str]]) -> None:
    path = tmp_path / "file.jsonl"
    lines = [{"external_id": str(n), "kind": "company", "name": f"N{n}", "description": text} for n, text in rows]
    path.write_text(
        "\n".join(json.dumps(line) for line in [{"kind": "company", "name": "N"}, *lines]), encoding="utf-8"
    )
    first = import_file(store, desk_of=desk(), path=path)
    second = import_file(store, desk_of=desk(), path=path)
    assert (second.created, second.updated, second.refused) == (0, 0, first.refused)


def test_a_later_key_of_the_same_name_is_a_profile_like_the_first(bring: Import, store: Database) -> None:
    assert bring('{"kind": "ONG", "nombre": "Río", "Ciudad": "Sogamoso"}').created == 1
    with store.transaction() as session:
        assert [(row.name, row.place_name) for row in session.exec(select(Profile))] == [("Río", "Sogamoso")]


def test_places_are_told_by_name_region_country_or_number() -> None:
    places = Places(FakePlaceFinder(), load_vocabulary(taxonomy()).labels["country"])
    told = ["Sogamoso", "Sogamoso, Colombia", "Sogamoso, Boyacá, CO", "anything (3667873)"]
    assert [places.settle(text)[0] for text in told] == [{"geonameid": 3667873}] * 4
    assert places.settle("San Carlos, Ñuble, Chile")[0] == {"geonameid": 101}
    assert places.settle("San Carlos, Chile")[1] == "place_ambiguous"
    assert places.settle("Sogamoso, Cundinamarca, Colombia")[1] == "place_unknown"
    assert places.settle({"name": "x", "geonameid": 10**30})[1] == "not_a_number"
