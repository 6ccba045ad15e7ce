from typing import Any

from matchmaker.challenges.models import Challenge
from matchmaker.matching.asks import WHOLE_CHARACTERS, Ask, ask_of
from tests.factories import NOW, taxonomy


def asked(*needs: str, is_stored: bool = False, **changes: Any) -> Ask:
    values: dict[str, Any] = {
        "language": "es",
        "title": "",
        "description": "",
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    return ask_of(Challenge(**values), needs, taxonomy=taxonomy(), is_stored=is_stored)


def test_needs_and_the_whole_are_asked_in_the_language_of_the_challenge() -> None:
    made = asked("Una", "Otra", title="Agua", description="Una. Otra.", language="pt")
    assert [(query.text, query.language) for query in made.needs] == [("Una", "pt"), ("Otra", "pt")]
    assert made.whole is not None
    assert (made.whole.text, made.whole.language) == ("Agua. Una. Otra.", "pt")


def test_the_whole_is_left_out_where_one_need_says_it_all() -> None:
    assert asked("Buscamos fugas.", description="Buscamos fugas.").whole is None
    assert asked("Buscamos fugas.", title="Agua", description="Buscamos fugas.").whole is not None


def test_only_what_is_stored_is_asked_as_stored() -> None:
    for is_stored in (True, False):
        made = asked("Una", "Otra", description="Una. Otra.", is_stored=is_stored)
        assert {query.is_stored for query in (*made.needs, made.whole) if query} == {is_stored}


def test_principles_are_asked_in_the_language_of_the_challenge_or_in_spanish() -> None:
    term = taxonomy().principles[0]
    for language, spoken in (("pt", "pt"), ("en", "en"), ("fr", "es"), ("und", "es")):
        [(code, query)] = asked("Una", principles=[term.code, "unknown"], language=language).principles
        assert (code, query.text, query.language) == (term.code, term.description[spoken], spoken)


def test_a_long_challenge_is_read_as_far_as_the_model_reads() -> None:
    whole = asked("Una", "Otra", description="agua " * 1_000).whole
    assert whole is not None
    assert len(whole.text) == WHOLE_CHARACTERS


def test_circumstances_come_from_the_challenge() -> None:
    made = asked("Una", country="CO", population=111_336, place_name="Sogamoso", areas=["energy_environment"])
    assert (made.where.country, made.where.population, made.where.place_name) == ("CO", 111_336, "Sogamoso")
    assert made.areas == {"energy_environment"}
