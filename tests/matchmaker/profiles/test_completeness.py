"""What a profile does not say yet: fields and sentences count, in three languages."""

import pytest

from matchmaker.profiles.completeness import Lack, Missing, missing_from, says_result
from matchmaker.profiles.drafts import ProfileDraft
from tests.factories import profile_draft

SAYING_ALL = {
    "es": "En Sogamoso buscamos fugas para 3.000 hogares y las pérdidas bajaron 18 %.",
    "pt": "Em Curitiba procuramos vazamentos para 3.000 famílias e as perdas caíram 18 %.",
    "en": "In Bristol we looked for leaks for 3,000 households and losses fell by 18 %.",
}
SAYING_NOTHING = {
    "es": "Instalamos medidores de caudal con personal propio.",
    "pt": "Instalamos medidores de vazão com equipe própria.",
    "en": "We installed flow meters with our own staff.",
}
FAILED = {"es": "El sistema no funcionó.", "pt": "O sistema não deu certo.", "en": "The system did not work."}


def lacks(language: str, **changes: object) -> list[Lack]:
    return [missing.lack for missing in missing_from(profile_draft(**changes), language=language)]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_a_sentence_that_says_where_what_came_of_it_and_for_whom_lacks_nothing(language: str) -> None:
    assert lacks(language, experience=[{"text": SAYING_ALL[language]}]) == []


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_a_sentence_that_says_none_of_it_lacks_all_three(language: str) -> None:
    assert lacks(language, experience=[{"text": SAYING_NOTHING[language]}]) == [Lack.WHERE, Lack.RESULT, Lack.FOR_WHOM]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_fields_say_it_as_well_as_sentences(language: str) -> None:
    done = {
        "text": SAYING_NOTHING[language], "place": {"geonameid": 3667873}, "result": "x", "for_whom": "y"
    }  # fmt: skip
    assert lacks(language, experience=[done]) == []


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_a_failure_is_a_result_too(language: str) -> None:
    assert says_result(FAILED[language], language=language)


def test_a_text_in_another_language_is_read_with_the_words_of_all_three() -> None:
    assert lacks("qu", experience=[{"text": SAYING_ALL["pt"]}]) == []


def test_an_empty_profile_is_asked_for_everything_in_the_order_of_its_steps() -> None:
    empty = ProfileDraft(kind="academic", name="Universidad")
    assert missing_from(empty, language="es") == tuple(
        Missing(lack) for lack in (Lack.OFFERS, Lack.EXPERIENCE, Lack.LANGUAGES, Lack.PLACE, Lack.DELIVERY_AREA)
    )


def test_a_label_is_no_offer_that_can_be_quoted_and_is_called_by_its_words() -> None:
    found = missing_from(profile_draft(offers=[{"text": "Consultoría integral"}]), language="es")
    assert found[0] == Missing(Lack.OFFER_SHORT, 0, "Consultoría integral")


def test_what_has_no_title_is_called_by_the_beginning_of_its_text() -> None:
    found = missing_from(profile_draft(experience=[{"text": f"{SAYING_NOTHING['es']} {'Bien. ' * 20}"}]), language="es")
    assert found[0].named == "Instalamos medidores de caudal con personal propio. Bien.…"
