from datetime import date

import pytest
from pydantic import ValidationError

from matchmaker.challenges.drafts import NEEDS_AT_MOST, NeedsDraft
from tests.factories import challenge_draft

BAD_CHARACTERS = [
    ("agua\x00sucia", "nul_character"),
    ("agua \ud83d", "lone_surrogate"),
    ("\udfffagua", "lone_surrogate"),
]
FIELDS = ["title", "description", "expected_benefit", "beneficiaries", "buyer", "url", "external_id", "language"]


def faults(**changes: object) -> list[tuple[str, tuple[str | int, ...]]]:
    with pytest.raises(ValidationError) as refused:
        challenge_draft(**changes)
    return [(fault["type"], fault["loc"]) for fault in refused.value.errors()]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("text", "code"), BAD_CHARACTERS)
def test_characters_that_no_reader_could_see_are_refused_where_they_stand(field: str, text: str, code: str) -> None:
    assert faults(**{field: text}) == [(code, (field,))]


@pytest.mark.parametrize(("text", "code"), BAD_CHARACTERS)
def test_they_are_refused_inside_lists_and_places_too(text: str, code: str) -> None:
    assert faults(needs=["agua", text]) == [(code, ("needs", 1))]
    assert faults(areas=[text]) == [(code, ("areas", 0))]
    assert faults(place={"name": text, "country": "CO"}) == [(code, ("place", "name"))]


def test_a_challenge_does_not_end_before_it_starts() -> None:
    assert faults(starts_on=date(2027, 2, 2), ends_on=date(2027, 2, 1)) == [("dates_out_of_order", ())]


def test_one_date_or_twice_the_same_is_in_order() -> None:
    day = date(2027, 2, 1)
    assert challenge_draft(starts_on=day, ends_on=day).ends_on == day
    assert challenge_draft(ends_on=day).starts_on is None


@pytest.mark.parametrize("text", ["", "   ", "123 / 456", "?!", "\n\t"])
def test_a_description_says_something(text: str) -> None:
    assert [code for code, _place in faults(description=text)] == ["no_words"]


def test_text_is_put_in_order_and_otherwise_left_as_it_is() -> None:
    draft = challenge_draft(title="  Agua\u0301  ", description="\r\nUno.\r\n\r\nDos: «así».\rTres. ")
    assert (draft.title, draft.description) == ("Aguá", "Uno.\n\nDos: «así».\nTres.")


def test_what_the_form_does_not_have_is_refused() -> None:
    assert faults(owner="me") == [("extra_forbidden", ("owner",))]
    assert faults(budget_band="a_lot") == [("enum", ("budget_band",))]
    assert [code for code, _place in faults(needs=["agua"] * (NEEDS_AT_MOST + 1))] == ["too_long"]
    assert [code for code, _place in faults(language="Spanish")] == ["string_pattern_mismatch"]


@pytest.mark.parametrize("needs", [[], ["agua"] * (NEEDS_AT_MOST + 1), ["agua", "?!"], ["agua\x00"], ["a" * 20_001]])
def test_the_authors_needs_are_some_and_each_says_something(needs: list[str]) -> None:
    with pytest.raises(ValidationError):
        NeedsDraft(needs=needs)
    assert NeedsDraft(needs=["  agua "]).needs == ["agua"]


def test_a_need_said_twice_counts_once_in_its_first_place_and_spelling() -> None:
    said = ["Hallar fugas", "Medir", "hallar  FUGAS", "Medir ", "Hallar fugas de gas"]
    assert NeedsDraft(needs=said).needs == ["Hallar fugas", "Medir", "Hallar fugas de gas"]
    assert challenge_draft(needs=said).needs == ["Hallar fugas", "Medir", "Hallar fugas de gas"]
    assert NeedsDraft(needs=["agua"] * NEEDS_AT_MOST).needs == ["agua"]
