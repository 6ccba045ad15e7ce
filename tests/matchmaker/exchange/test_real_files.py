"""Files that nobody here wrote, and the demo's own, through the mappings of the repository."""

import os
from pathlib import Path

import pytest

from matchmaker.exchange.importer import ImportOptions, import_file
from matchmaker.exchange.vocabulary import MAPPINGS
from matchmaker.store.database import Database
from tests.factories import desk

ROOT = Path(__file__).parents[3]
SHARED = Path(os.environ.get("MATCHMAKER_SHARED_DATA", ROOT.parent / "shared" / "data")) / "content"
FILES = [
    ("digital_public_goods.jsonl", "digital_public_goods.json"),
    ("latin_american_civic_organisations.jsonl", "civic_organisations.json"),
    ("public_needs_urban.jsonl", "public_needs.json"),
]


@pytest.mark.parametrize(("name", "mapping"), FILES)
def test_real_files_import_whole_and_once(store: Database, name: str, mapping: str) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"{path} is absent: set MATCHMAKER_SHARED_DATA to the folder that holds content/{name}")
    options = ImportOptions(mapping=MAPPINGS / mapping)
    first = import_file(store, desk_of=desk(), path=path, options=options)
    second = import_file(store, desk_of=desk(), path=path, options=options)
    assert (first.created, first.refused) == (first.rows, ())
    assert (second.unchanged, second.refused) == (second.rows, ())


@pytest.mark.parametrize("path", sorted(MAPPINGS.parent.glob("demo/profiles/*.jsonl")), ids=lambda path: str(path.name))
def test_the_demo_is_told_to_be_profiles(store: Database, path: Path) -> None:
    report = import_file(store, desk_of=desk(), path=path, options=ImportOptions(source="demo", is_demo=True))
    assert report.kind == "profiles"
    assert set(report.problems_by_code) <= {"place_unknown"}, "the small gazetteer of the tests knows four towns"
