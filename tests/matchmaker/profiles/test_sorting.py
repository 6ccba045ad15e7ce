"""A pasted text is sorted by headings, then by words, then by meaning; every sentence stays as it was."""

import pytest

from matchmaker.profiles.drafts import OFFERS_AT_MOST
from matchmaker.profiles.sorting import SORTED_SENTENCES, Place, Sorted, SortedText, sort_text, with_sentences
from tests.factories import profile_draft

SPANISH = """Agua Viva SAS

Somos doce personas en Medellín.

Servicios:
- Búsqueda de fugas con correladores
- Formación de cuadrillas

En 2023 buscamos fugas en Sogamoso. Hallamos 212 fugas y las pérdidas bajaron 18 %.

Contacto
Tel. 555 1234, www.aguaviva.example
"""


def never(sentence: str) -> Place:
    raise AssertionError(f"asked for the meaning of: {sentence}")


def about(_sentence: str) -> Place:
    return Place.ABOUT


def sort(text: str, language: str = "es") -> SortedText:
    return sort_text(text, language=language, nearest=about)


def test_headings_say_what_follows_until_the_next_one() -> None:
    found = {item.text: item.place for item in sort(SPANISH).sentences}
    assert found["Formación de cuadrillas"] is Place.OFFER
    assert found["Somos doce personas en Medellín."] is Place.ABOUT
    assert found["Tel. 555 1234, www.aguaviva.example"] is Place.ASIDE


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "Visite www.agua.example."), ("pt", "Acesse https://agua.example."), ("en", "Visit www.agua.example.")],
)
def test_where_to_read_more_is_no_sentence_of_a_profile(language: str, said: str) -> None:
    result = sort_text(said, language=language, nearest=never)
    assert [item.place for item in result.sentences] == [Place.ASIDE]
    assert "agua.example" in result.website


@pytest.mark.parametrize(
    ("language", "offer", "done", "who"),
    [
        ("es", "Ofrecemos cursos de reciclaje.", "Las pérdidas bajaron en tres barrios.", "Somos una cooperativa."),
        ("pt", "Oferecemos cursos de reciclagem.", "As perdas caíram em três bairros.", "Somos uma cooperativa."),
        ("en", "We offer courses on recycling.", "In 2023 we taught forty teachers.", "We are a cooperative."),
    ],
)
def test_words_decide_where_no_heading_does(language: str, offer: str, done: str, who: str) -> None:
    found = sort_text(f"{who}\n\n{offer}\n\n{done}", language=language, nearest=never)
    assert [item.place for item in found.sentences] == [Place.ABOUT, Place.OFFER, Place.EXPERIENCE]


def test_what_no_word_decides_is_asked_by_its_meaning() -> None:
    found = sort_text("Sensores acústicos para redes pequeñas.", language="es", nearest=lambda _said: Place.OFFER)
    assert [item.place for item in found.sentences] == [Place.OFFER]


@pytest.mark.parametrize("text", [SPANISH, "Uno;  dos   espacios.\tTabulador — guion."])
def test_every_sentence_is_a_verbatim_piece_of_the_text(text: str) -> None:
    assert all(item.text in text for item in sort(text).sentences)


def test_the_first_address_is_the_website() -> None:
    assert sort(SPANISH).website == "www.aguaviva.example"


def test_a_long_text_is_sorted_as_far_as_a_profile_goes_and_says_how_much_is_left() -> None:
    found = sort(" ".join(f"Esta es la frase número {number}." for number in range(SORTED_SENTENCES + 7)))
    assert (len(found.sentences), found.left_out) == (SORTED_SENTENCES, 7)


def test_sentences_of_a_paragraph_are_one_thing_done_with_its_year_and_its_result() -> None:
    kept = sort(SPANISH.replace("En 2023", "Experiencia\nEn 2023")).sentences
    done = with_sentences(profile_draft(experience=[]), kept, website="").experience[0]
    assert (done.text, done.result, done.year) == (
        "En 2023 buscamos fugas en Sogamoso.", "Hallamos 212 fugas y las pérdidas bajaron 18 %.", 2023,
    )  # fmt: skip


def test_what_was_written_before_stays_and_what_belongs_nowhere_is_left_out() -> None:
    draft = with_sentences(profile_draft(description="Antes."), sort(SPANISH).sentences, website="https://x.example")
    assert draft.description == "Antes.\n\nAgua Viva SAS\n\nSomos doce personas en Medellín."
    assert draft.offers[0].title == "Búsqueda de fugas"
    assert len(draft.offers) == 3
    assert "555" not in draft.model_dump_json()
    assert draft.website == "https://x.example"


def test_no_word_is_lost_where_there_are_more_offers_than_a_profile_holds() -> None:
    kept = [Sorted(f"Ofrecemos {number}.", Place.OFFER, number) for number in range(OFFERS_AT_MOST + 2)]
    draft = with_sentences(profile_draft(offers=[], description=""), kept, website="")
    assert len(draft.offers) == OFFERS_AT_MOST
    assert draft.description == f"Ofrecemos {OFFERS_AT_MOST}.\n\nOfrecemos {OFFERS_AT_MOST + 1}."
