"""Numbers, money, days and hours as each language writes them."""

from datetime import UTC, datetime

import pytest

from api.pages import environment
from api.web.pieces import Frame, Person

WHEN = datetime(2026, 5, 12, 15, 40, tzinfo=UTC)


def spoken(language: str, template: str, **values: object) -> str:
    return environment(language).from_string(template).render(values).replace("\xa0", " ").replace("\u202f", " ")


def frame(time_zone: str) -> Frame:
    return Frame("/", "", "try", person=Person("Ana", "", is_member=True, is_secretariat=False, time_zone=time_zone))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "mar 12 may 2026, 10:40 (Bogotá)"),
        ("pt", "ter. 12 mai. 2026, 10:40 (Bogotá)"),
        ("en", "Tue 12 May 2026, 10:40 (Bogota)"),
    ],
)
def test_a_moment_names_the_place_of_its_hour(language: str, words: str) -> None:
    assert spoken(language, "{{ when | moment }}", when=WHEN, frame=frame("America/Bogota")) == words
    assert spoken(language, "{{ when | moment }}", when=WHEN) == words


def test_a_reader_elsewhere_reads_its_own_hour() -> None:
    said = spoken("pt", "{{ when | moment }}", when=WHEN, frame=frame("America/Sao_Paulo"))
    assert said == "ter. 12 mai. 2026, 12:40 (São Paulo)"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "25.000 dólares estadounidenses"),
        ("pt", "25.000 dólares americanos"),
        ("en", "25,000 US dollars"),
    ],
)
def test_money_has_the_name_that_the_language_has_for_it(language: str, words: str) -> None:
    assert spoken(language, "{{ 25000 | dollars }}") == words


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_every_band_of_money_is_said_in_the_language_of_the_page(language: str) -> None:
    source = "{% import 'words.html' as words %}{{ words.budget(band) }}"
    bands = ["none", "under_25k", "25k_100k", "100k_500k", "over_500k", "undecided"]
    said = [spoken(language, source, band=band) for band in bands]
    assert len(set(said)) == len(bands)
    assert sum("000" in words for words in said) == 4


@pytest.mark.parametrize(("language", "words"), [("es", "12.345,6"), ("pt", "12.345,6"), ("en", "12,345.6")])
def test_numbers_are_grouped_as_the_language_does(language: str, words: str) -> None:
    assert spoken(language, "{{ 12345.6 | number(1) }}") == words


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("es", "1 reto", "2 retos"), ("pt", "1 desafio", "2 desafios"), ("en", "1 challenge", "2 challenges")],
)
def test_plural_forms_follow_the_number(language: str, one: str, two: str) -> None:
    source = "{% import 'map_picture.html' as picture %}{{ picture.counts(count, 0) }}"
    assert spoken(language, source, count=1).startswith(f"{one}, ")
    assert spoken(language, source, count=2).startswith(f"{two}, ")
