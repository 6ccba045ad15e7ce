import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaker.challenges.need_scores import Agreement, agreement
from matchmaker.challenges.needs import NEEDS_SUGGESTED_AT_MOST, split_needs
from matchmaker.sentences import sentences

DEMO = Path(__file__).parents[3] / "data" / "demo" / "challenges"
BATCHES = {"developed on": "bd", "held out": "ac"}
PHRASES = (
    "necesitamos", "no hay", "queremos", "que", "y", "un plan de obras", "faltan", "piden", "porque", "¿cómo", "?",
    "precisamos de", "não temos", "é preciso", "uma equipe de campo", "we need to", "we want",
    "there is no", "a list of",
    "nobody knows", "how to reach", "and also", "in 2019", "the old market", ",", ";", ":", ".",
    "\n", "\n- ", "1. ", "a) ",
    "(2) ", "- ", "—", "S.A.", "NECESITAMOS AGUA", "Lluvia fuerte.", "\u2028", "İ", "ﬁ", "é", "\ud800",
)  # fmt: skip
LANGUAGES = st.sampled_from(["es", "pt", "en", "fr", "qu", "que", ""])
WILD = st.text(st.characters(), max_size=200)
WORDY = st.lists(st.sampled_from(PHRASES), max_size=40).map(" ".join)


def _texts(batches: str, language: str) -> Iterator[tuple[str, list[str]]]:
    for batch in batches:
        for line in (DEMO / f"{batch}.jsonl").read_text("utf-8").splitlines():
            words = json.loads(line)["texts"][language]
            yield words["description"], words["needs"]


def _agreement_with_labels(batches: str, language: str) -> tuple[Agreement, Agreement]:
    """Of the rules, and of taking every sentence for a need."""
    rules, baseline = Agreement(), Agreement()
    for description, marked in _texts(batches, language):
        suggested = split_needs(description, language=language)
        rules += agreement(description, suggested=suggested, marked=marked)
        baseline += agreement(description, suggested=sentences(description, language), marked=marked)
    return rules, baseline


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("part", BATCHES)
def test_the_rules_agree_with_the_labels_better_than_sentences_do(part: str, language: str) -> None:
    rules, baseline = _agreement_with_labels(BATCHES[part], language)

    for name, found in (("rules", rules), ("sentences", baseline)):
        figures = f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"
        print(f"{part:12} {language} {name:9} {figures} {found}")  # noqa: T201  # shown by pytest -s
    assert rules.f1 > baseline.f1


@settings(max_examples=150, deadline=None)
@given(text=WILD | WORDY, language=LANGUAGES)
def test_needs_are_pieces_of_the_text_in_order_without_overlap_and_never_none(text: str, language: str) -> None:
    needs = split_needs(text, language=language)

    assert 1 <= len(needs) <= NEEDS_SUGGESTED_AT_MOST
    place = 0
    for need in needs:
        found = text.find(need, place)
        assert found >= 0
        place = found + len(need)


@settings(max_examples=150, deadline=None)
@given(text=WILD | WORDY, language=LANGUAGES)
def test_a_need_is_not_cut_again(text: str, language: str) -> None:
    for need in split_needs(text, language=language):
        assert split_needs(need, language=language) == [need]


@settings(max_examples=50, deadline=None)
@given(text=WILD | WORDY)
def test_only_a_blank_text_has_a_blank_need(text: str) -> None:
    assert ("" in split_needs(text, language="es")) == (not text.strip())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "ADQUISICION DE DOS MINICARGADORES FRONTALES"),
        ("es", "Contratación del servicio de mantenimiento preventivo y correctivo de la flota municipal"),
        ("pt", "AQUISIÇÃO DE UNIFORMES ESCOLARES E MOCHILAS PARA A REDE MUNICIPAL"),
        ("en", "By 2030, provide access to safe transport for all, with attention to the needs of women and children."),
        ("en", "Leave no one behind."),
    ],
)
def test_an_object_of_purchase_or_a_goal_is_one_need(language: str, text: str) -> None:
    assert split_needs(text, language=language) == [text]


def test_a_pitch_gives_its_problem_and_its_question() -> None:
    pitch = (
        "Cada día miles de personas esperan el bus. El problema es que nadie sabe a qué hora llega. Somos cinco "
        "estudiantes que ganaron un premio en 2021. ¿Cómo podríamos avisar a los pasajeros? La app tiene 300 usuarios."
    )

    assert split_needs(pitch, language="es") == [
        "nadie sabe a qué hora llega",
        "¿Cómo podríamos avisar a los pasajeros?",
    ]


@pytest.mark.parametrize(
    ("language", "text", "needs"),
    [
        ("es", "Necesitamos:\n- Un plan de riego\n* podadoras de altura", ["Un plan de riego", "podadoras de altura"]),
        ("es", "Necesitamos: 1. Luces en la calle. 2. Agua limpia.", ["Luces en la calle", "Agua limpia"]),
        ("pt", "Precisamos de: a) luzes na rua; b) água limpa.", ["luzes na rua", "água limpa"]),
        ("en", "Problems:\n1) streets without light\n2) no benches", ["streets without light", "no benches"]),
        (
            "en",
            "Supply of 30 laptops; installation of cabling; support for two years",
            ["Supply of 30 laptops", "installation of cabling", "support for two years"],
        ),
        (
            "en",
            "We need data on air quality; training for our staff; and a plan for the centre.",
            ["data on air quality", "training for our staff", "a plan for the centre"],
        ),
    ],
)
def test_the_items_of_a_list_are_needs(language: str, text: str, needs: list[str]) -> None:
    assert split_needs(text, language=language) == needs


def test_a_list_of_what_there_is_holds_no_need() -> None:
    text = "Faltan bancos en la plaza.\nContamos con:\n- un vivero municipal\n- dos camiones nuevos"

    assert split_needs(text, language="es") == ["bancos en la plaza"]


def test_an_enumeration_is_cut_only_where_each_part_stands_alone() -> None:
    apart = "Precisamos de um plano de drenagem, uma equipe de manutenção e um sistema de alerta."

    assert split_needs(apart, language="pt") == [
        "um plano de drenagem",
        "uma equipe de manutenção",
        "um sistema de alerta",
    ]
    assert split_needs("Necesitamos lámparas, cámaras y botones.", language="es") == ["lámparas, cámaras y botones"]


def test_what_is_lacking_is_the_reason_where_something_is_asked_for() -> None:
    text = "We have no rain gauges, so we need a network of sensors. There is no map of the drains."

    assert split_needs(text, language="en") == ["a network of sensors", "There is no map of the drains"]


def test_capitals_and_missing_accents_and_marks_change_nothing() -> None:
    shouted = "EL RIO CRECE EN MARZO. NECESITAMOS UN SISTEMA DE ALERTA. NO TENEMOS DATOS DE LLUVIA."
    breathless = "necesitamos un sistema de alerta para las quebradas y tambien queremos capacitar a los vecinos"

    assert split_needs(shouted, language="es") == ["UN SISTEMA DE ALERTA", "NO TENEMOS DATOS DE LLUVIA"]
    assert split_needs(breathless, language="es") == [
        "un sistema de alerta para las quebradas",
        "capacitar a los vecinos",
    ]


def test_a_text_without_known_words_gives_its_sentences_up_to_the_limit() -> None:
    french = "Nous avons besoin d'un bus. La ville est belle."

    assert split_needs(french, language="fr") == ["Nous avons besoin d'un bus.", "La ville est belle."]
    assert split_needs("Las calles se inundan. Hay ruido.", language="es") == ["Las calles se inundan.", "Hay ruido."]
    assert len(split_needs("La ville est belle. " * 30, language="fr")) == NEEDS_SUGGESTED_AT_MOST


def test_a_long_run_of_marks_is_cut_in_reasonable_time() -> None:
    for run in ("- " * 5_000, "we need " * 2_000, "a, " * 3_000, "1. " * 3_000, "y que " * 2_000):
        assert split_needs(run, language="en")
