import pytest

from matchmaker.exchange.names import Names
from matchmaker.exchange.records import plan_headers
from matchmaker.exchange.vocabulary import CHALLENGES, PROFILES, load_vocabulary
from tests.factories import taxonomy

WORDS = load_vocabulary(taxonomy())


@pytest.mark.parametrize("header", ["Nombre", "NOME", "name", "razon social", "Razón-Social", " nombre: "])
def test_accents_case_and_punctuation_of_a_header_do_not_count(header: str) -> None:
    assert plan_headers((header,), WORDS.header_names[PROFILES], line=1).paths == {header: ("name", 0, "")}


def test_a_close_misspelling_is_accepted_with_a_notice() -> None:
    plan = plan_headers(("Descripcoin",), WORDS.header_names[CHALLENGES], line=1)
    assert plan.paths == {"Descripcoin": ("description", 0, "")}
    assert [notice.code for notice in plan.notices] == ["header_guessed"]


def test_a_misspelling_as_close_to_two_headers_is_not_guessed() -> None:
    plan = plan_headers(("idiomaz",), WORDS.header_names[PROFILES], line=1)
    assert plan.paths == {}
    assert [(notice.code, notice.expected) for notice in plan.notices] == [("header_ambiguous", "language, languages")]


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("offer 2", ("offers", 2, "text")),
        ("Oferta 12 título", ("offers", 12, "title")),
        ("experiência 3 cidade", ("experience", 3, "place")),
        ("Experiencia 1 año", ("experience", 1, "year")),
        ("offer", ("offers", 1, "text")),
    ],
)
def test_numbered_headers_name_their_group(header: str, path: tuple[str, int, str]) -> None:
    assert plan_headers((header,), WORDS.header_names[PROFILES], line=1).paths == {header: path}


def test_an_exact_header_goes_before_a_near_one() -> None:
    plan = plan_headers(("nombrre", "nombre"), WORDS.header_names[PROFILES], line=1)
    assert plan.paths == {"nombre": ("name", 0, "")}
    assert [(notice.column, notice.code) for notice in plan.notices] == [("nombrre", "column_repeated")]


@pytest.mark.parametrize(
    ("label", "code"),
    [("ONG", "civil_society"), ("Empresa proveedora", "company"), ("prefeitura", "local_government")],
)
def test_kinds_go_by_the_taxonomys_names_and_by_synonyms(label: str, code: str) -> None:
    assert WORDS.labels["kinds"].find(label).meaning == code


def test_a_country_as_near_to_two_is_ambiguous() -> None:
    assert WORDS.labels["country"].find("Austrlia").candidates == ("AT", "AU")


def test_a_spelling_of_two_meanings_means_neither() -> None:
    assert Names({"one": ["same"], "two": ["Samé"]}).find("same").candidates == ("one", "two")


def test_no_two_fields_share_a_spelling() -> None:
    shared = {
        (kind, spelling)
        for kind, headers in WORDS.headers.items()
        for texts in headers.values()
        for spellings in texts.values()
        for spelling in spellings
        if WORDS.header_names[kind].find(spelling).candidates
    }
    assert shared == set()
