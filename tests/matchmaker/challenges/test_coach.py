"""The coach quotes what an author wrote, in three languages, and is silent where all is said."""

import pytest

from matchmaker.challenges.coach import Advice, Hint, advise
from matchmaker.challenges.models import BudgetBand, Challenge
from tests.factories import NOW

LANGUAGES = ("es", "pt", "en")
COMPLETE = {
    "es": "En el mercado central se botan tres toneladas de fruta por semana y los puesteros pagan por llevarlas.",
    "pt": "No mercado central vão fora três toneladas de fruta por semana, e os feirantes pagam para retirá-las.",
    "en": "The central market throws away three tonnes of fruit a week and stallholders pay to have it taken away.",
}
PRODUCTS = {
    "es": [
        "Queremos comprar una app de turnos.", "Se busca implementar una plataforma de trámites.",
        "Necesitamos drones para vigilar el humedal.", "Hace falta un sistema informático de citas.",
        "La alcaldía pide instalar cámaras en las esquinas.",
    ],
    "pt": [
        "Queremos comprar um aplicativo de senhas.", "A ideia é implantar uma plataforma de serviços.",
        "Precisamos de drones para vigiar o mangue.", "Falta um sistema informatizado de consultas.",
        "A prefeitura quer instalar câmeras nas esquinas.",
    ],
    "en": [
        "We want to buy an app for queues.", "The plan is to implement a platform for permits.",
        "We need drones to watch the wetland.", "We lack a booking system.",
        "The town asks for proposals to install cameras on the corners.",
    ],
}  # fmt: skip
NO_PRODUCTS = {
    "es": ["Hay que contar los camiones que entran.", "No queremos comprar otra plataforma.",
           "El sistema de agua pierde presión."],
    "pt": ["É preciso contar os caminhões que entram.", "Não queremos comprar outra plataforma.",
           "O sistema de água perde pressão."],
    "en": ["Somebody has to count the lorries.", "We do not want to buy another platform.",
           "The water system loses pressure."],
}  # fmt: skip
SECOND = {
    "es": "El otro problema es el ruido de los bares.",
    "pt": "Por outro lado, o barulho dos bares não deixa dormir.",
    "en": "On the other hand, the noise of the bars keeps everyone awake.",
}


def challenge(language: str, description: str, **said: str) -> Challenge:
    kept = {"title": "", "budget_band": BudgetBand.UNDER_25K, **said}
    return Challenge(language=language, description=description, created_at=NOW, updated_at=NOW, **kept)


def hints(language: str, description: str, **said: str) -> dict[Hint, str]:
    return {advice.hint: advice.quote for advice in advise(challenge(language, description, **said))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_in_which_all_is_said_gets_no_advice(language: str) -> None:
    people = {"es": "Los puesteros.", "pt": "Os feirantes.", "en": "The stallholders."}[language]
    assert hints(language, COMPLETE[language], beneficiaries=people) == {}


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in LANGUAGES for text in PRODUCTS[code]])
def test_a_product_named_as_the_problem_is_quoted(language: str, text: str) -> None:
    found = hints(language, f"{COMPLETE[language]} {text}")
    assert found[Hint.PRODUCT_NAMED] == text


@pytest.mark.parametrize(("language", "text"), [(code, text) for code in LANGUAGES for text in NO_PRODUCTS[code]])
def test_what_is_not_to_be_bought_is_no_product(language: str, text: str) -> None:
    assert Hint.PRODUCT_NAMED not in hints(language, f"{COMPLETE[language]} {text}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_product_in_the_title_comes_before_one_in_the_text(language: str) -> None:
    title, text = PRODUCTS[language][:2]
    found = advise(challenge(language, text, title=title))
    assert found[0] == Advice(Hint.PRODUCT_NAMED, "title", title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_problem_is_quoted_where_it_begins(language: str) -> None:
    assert hints(language, f"{COMPLETE[language]} {SECOND[language]}")[Hint.TWO_PROBLEMS] == SECOND[language]


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "El agua se pierde desde 2019."), ("pt", "A água se perde desde 2019."),
     ("en", "Water has been lost since 2019.")],
)  # fmt: skip
def test_a_year_is_no_measure_and_nobody_is_named_whom_it_would_help(language: str, text: str) -> None:
    assert set(hints(language, text)) == {Hint.NO_MEASURE, Hint.NO_BENEFICIARY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_counts_in_the_benefit_too(language: str) -> None:
    said = {"es": "Se pierde agua.", "pt": "Perde-se água.", "en": "Water is lost."}[language]
    assert Hint.NO_MEASURE in hints(language, said)
    assert Hint.NO_MEASURE not in hints(language, said, expected_benefit="40 %")


def test_money_that_is_not_decided_is_asked_for_and_money_that_is_not_there_is_not() -> None:
    undecided, none = ({"budget_band": band} for band in (BudgetBand.UNDECIDED, BudgetBand.NONE))
    assert Hint.NO_BUDGET in hints("es", COMPLETE["es"], **undecided)
    assert Hint.NO_BUDGET not in hints("es", COMPLETE["es"], **none)


def test_a_text_in_a_language_without_words_of_ours_is_asked_only_for_money() -> None:
    assert set(hints("qu", "Yaku pisiyan.", budget_band=BudgetBand.UNDECIDED)) == {Hint.NO_BUDGET}


def test_nothing_is_said_of_an_empty_text() -> None:
    assert advise(challenge("es", " ")) == ()
