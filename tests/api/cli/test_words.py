"""The catalogues, and which language is spoken."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from api.cli.words import Chosen, choose
from api.i18n import LOCALE
from api.saying import Say
from matchmaker.exchange import report
from matchmaker.languages import WorkingLanguage

HERE = Path(__file__).parents[3] / "api" / "cli"
KEY = re.compile(r'(?:say|known|refusal|_worded)\(\s*"([a-z_]+\.[a-z_.A-Z]+)"|help="(help[a-z_.]*)"')
CODES = re.compile(r"`([a-z_]+)`")


def catalogue_of(language: str) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "cli.po").open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source) if message.id}


def fields_of(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_every_key_has_words_in_the_three_languages() -> None:
    english, spanish, portuguese = (catalogue_of(language) for language in ("en", "es", "pt"))

    assert english.keys() == spanish.keys() == portuguese.keys()
    assert all(english.values())
    assert all(spanish.values())
    assert all(portuguese.values())


def test_a_sentence_repeats_the_same_values_in_the_three_languages() -> None:
    english, spanish, portuguese = (catalogue_of(language) for language in ("en", "es", "pt"))

    for key, sentence in english.items():
        assert fields_of(sentence) == fields_of(spanish[key]) == fields_of(portuguese[key]), key


def test_every_key_of_the_code_is_in_the_catalogue() -> None:
    known = catalogue_of("en")

    used = {
        first or second for path in HERE.glob("*.py") for first, second in KEY.findall(path.read_text(encoding="utf-8"))
    }

    assert len(used) > 80
    assert used - known.keys() == set()


def test_every_code_of_an_import_has_words() -> None:
    problems, notices = str(report.__doc__).split("Codes of notices")
    named = set(CODES.findall(problems)) - {"api", "expected"}
    noticed = set(CODES.findall(notices)) - {"expected"}
    known = catalogue_of("es")

    assert len(named) > 25
    assert {code for code in named if f"problem.{code}.wrong" not in known} == set()
    assert {code for code in named if f"problem.{code}.right" not in known} == set()
    assert {code for code in noticed if f"notice.{code}" not in known} == set()


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "es_CO.UTF-8"}, "es"),
        ({"LANG": "pt_BR", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "es_CO.UTF-8", "LC_ALL": "pt_BR.UTF-8"}, "pt"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "es_CO.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "es_CO.UTF-8"}, "es"),
    ],
)
def test_the_locale_of_the_environment_decides(variables: dict[str, str], expected: str) -> None:
    assert choose([], variables).language == expected


def test_the_option_decides_before_the_environment_wherever_it_stands() -> None:
    asked = choose(["index", "sync", "--lang", "pt", "--json"], {"LANG": "es_CO.UTF-8"})

    assert asked == Chosen(WorkingLanguage.PT, ["index", "sync", "--json"])
    assert choose(["--lang=es", "bench"], {}) == Chosen(WorkingLanguage.ES, ["bench"])


def test_what_stands_after_two_hyphens_is_a_text() -> None:
    assert choose(["match", "--", "--lang", "pt"], {}) == Chosen(WorkingLanguage.EN, ["match", "--", "--lang", "pt"])


def test_an_unknown_language_is_named() -> None:
    assert choose(["--lang", "qu"], {}).unknown == "qu"


def test_an_error_without_words_of_its_own_takes_those_of_the_api() -> None:
    assert "…" not in Say(WorkingLanguage.ES).refusal("external_id_taken", {"field": "external_id", "value": "x"})
    assert "never_heard_of" in Say(WorkingLanguage.PT).refusal("never_heard_of", {"value": 1})
