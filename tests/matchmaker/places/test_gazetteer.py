import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from matchmaker.places.build import write_gazetteer
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.places.place import Place
from matchmaker.places.source import Town


def town(geonameid: int, name: str, population: int, *, country: str = "PE", alternates: tuple[str, ...] = ()) -> Town:
    return Town(geonameid, name, country, "Cusco", population, -13.5, -72.0, name, alternates)


TOWNS = (
    town(1, "Santa", 5_000),
    town(2, "Santa Ana", 900_000, country="SV"),
    town(3, "Santa Teresa", 7_000),
    town(4, "Quillabamba", 40_000, alternates=("Santa Ana de Quillabamba", "Santa Ana")),
    town(5, "Santa Rosa", 0),
    town(6, "Santa", 60_000, country="BR"),
)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gazetteer]:
    path = tmp_path_factory.mktemp("few") / "a folder with %?# marks" / "places.sqlite"
    with closing(Gazetteer(write_gazetteer(path, TOWNS, stamp="", report=lambda _event, _towns: None))) as gazetteer:
        yield gazetteer


def ids(places: list[Place]) -> list[int | None]:
    return [place.geonameid for place in places]


def test_the_very_name_comes_before_a_beginning_and_the_larger_before_the_smaller(few: Gazetteer) -> None:
    assert ids(few.find("santa", country=None, limit=10)) == [6, 1, 2, 3, 4, 5]


def test_a_town_found_by_several_names_comes_once(few: Gazetteer) -> None:
    assert ids(few.find("Santa Ana", country=None, limit=10)) == [2, 4]


def test_a_country_narrows_and_a_limit_cuts(few: Gazetteer) -> None:
    assert ids(few.find("santa", country="PE", limit=2)) == [1, 3]
    assert few.find("santa", country="XX", limit=2) == []
    assert few.find("santa", country=None, limit=0) == []


@pytest.mark.parametrize("text", ["", "  '- ", "s", "%", "_anta", "*"])
def test_a_text_without_two_letters_of_a_name_finds_nothing(few: Gazetteer, text: str) -> None:
    assert few.find(text, country=None, limit=5) == []


def test_a_population_of_0_is_unknown(few: Gazetteer) -> None:
    assert few.get(5) == Place(5, "Santa Rosa", "PE", "Cusco", None, -13.5, -72.0)


def test_an_unknown_geonameid_is_no_place(few: Gazetteer) -> None:
    assert few.get(404) is None


def test_resolving_asks_for_the_whole_name(few: Gazetteer) -> None:
    assert few.resolve("Santa Tere", country="PE") is None
    assert few.resolve("", country="PE") is None
    assert few.resolve("santa teresa", country="PE") == few.get(3)


def test_a_region_narrows_a_resolution(few: Gazetteer) -> None:
    assert few.resolve("Santa Teresa", country="PE", region="cusco") == few.get(3)
    assert few.resolve("Santa Teresa", country="PE", region="Puno") is None


def test_a_gazetteer_never_built_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Gazetteer(tmp_path / "places.sqlite")


def test_the_file_cannot_be_written_through_the_gazetteer(few: Gazetteer) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        few._connection().execute("DELETE FROM place")  # noqa: SLF001  there is no public way to try


def test_a_closed_gazetteer_opens_again_when_asked(few: Gazetteer) -> None:
    before = few.get(1)
    few.close()
    assert few.get(1) == before


def test_threads_read_side_by_side(few: Gazetteer) -> None:
    def read(_turn: int) -> tuple[list[int | None], Place | None]:
        return ids(few.find("santa", country=None, limit=10)), few.get(3)

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = set(map(repr, pool.map(read, range(200))))
    assert answers == {repr(read(0))}
