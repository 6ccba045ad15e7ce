"""The gazetteer of the packages installed: what people of the region type, and what they must not be told."""

import pytest

from matchmaker.places.distance import kilometres_between
from matchmaker.places.gazetteer import Gazetteer
from matchmaker.places.local_names import LOCAL_NAMES
from matchmaker.places.place import Ambiguous, Place


def name_of(place: Place | None) -> str | None:
    return None if place is None else place.name


@pytest.mark.parametrize(
    ("typed", "name", "country", "region"),
    [
        ("Ciudad de México", "Ciudad de México", "MX", "Ciudad de México"),
        ("Cidade do México", "Ciudad de México", "MX", "Ciudad de México"),
        ("Mexico City", "Ciudad de México", "MX", "Ciudad de México"),
        ("mexico", "Ciudad de México", "MX", "Ciudad de México"),
        ("Sao Paulo", "São Paulo", "BR", "São Paulo"),
        ("Santa Bárbara d'Oeste", "Santa Bárbara d'Oeste", "BR", "São Paulo"),
        ("Santa Barbara dOeste", "Santa Bárbara d'Oeste", "BR", "São Paulo"),
        ("Santa Bárbara d’Oes", "Santa Bárbara d'Oeste", "BR", "São Paulo"),
        ("Cuzco", "Cusco", "PE", "Cusco"),
        ("Cusco", "Cusco", "PE", "Cusco"),
        ("Asunción", "Asunción", "PY", "Asunción"),
        ("Assunção", "Asunción", "PY", "Asunción"),
        ("havana", "La Habana", "CU", "La Habana"),
        ("Querétaro", "Santiago de Querétaro", "MX", "Querétaro"),
        ("cap haitien", "Cap-Haïtien", "HT", "Nord"),
        ("Nemby", "Nemby", "PY", "Central"),
    ],
)
def test_towns_are_found_as_people_type_them(
    world: Gazetteer, typed: str, name: str, country: str, region: str
) -> None:
    first = world.find(typed, country=None, limit=5)[0]
    assert (first.name, first.country, first.region) == (name, country, region)


@pytest.mark.parametrize(("geonameid", "name"), sorted(LOCAL_NAMES.items()))
def test_every_local_name_is_borne_out_by_the_source(world: Gazetteer, geonameid: int, name: str) -> None:
    assert name_of(world.get(geonameid)) == name


def test_a_town_smaller_than_the_default_of_the_package_is_there(world: Gazetteer) -> None:
    first = world.find("Pisac", country="PE", limit=1)[0]
    assert first.population is not None
    assert first.population < 15_000


def test_a_name_of_many_towns_is_left_open(world: Gazetteer) -> None:
    answer = world.resolve("Springfield", country="US")
    assert isinstance(answer, Ambiguous)
    assert [place.region for place in answer.candidates[:3]] == ["Missouri", "Massachusetts", "Illinois"]


def test_a_region_settles_what_a_name_leaves_open(world: Gazetteer) -> None:
    answer = world.resolve("Springfield", country="US", region="illinois")
    assert isinstance(answer, Place)
    assert (answer.geonameid, answer.region) == (4250542, "Illinois")


def test_a_town_is_not_taken_for_a_larger_one_of_like_name(world: Gazetteer) -> None:
    answer = world.resolve("Goiana", country="BR")
    assert isinstance(answer, Ambiguous)
    assert [place.name for place in answer.candidates[:2]] == ["Goiânia", "Goiana"]


@pytest.mark.parametrize(
    ("typed", "country"), [("Santiago", "CL"), ("Mérida", "MX"), ("La Ceiba", "HN"), ("bogota", "CO"), ("Lima", "PE")]
)
def test_the_clearly_largest_town_of_a_name_is_meant(world: Gazetteer, typed: str, country: str) -> None:
    answer = world.resolve(typed, country=country)
    assert answer == world.find(typed, country=country, limit=1)[0]


def test_a_nation_parts_towns_of_one_name(world: Gazetteer) -> None:
    peru, brazil = world.resolve("Trujillo", country="PE"), world.resolve("Fortaleza", country="BR")
    assert isinstance(peru, Place)
    assert isinstance(brazil, Place)
    assert kilometres_between(peru, brazil) == pytest.approx(4_510, abs=100)
