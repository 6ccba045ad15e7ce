import pytest

from matchmaker.matching.ports import Evidence, Hit
from matchmaker.matching.reasons import Reasons, reasons_of
from matchmaker.matching.strength import ANSWERED_DEVIATIONS
from matchmaker.sentences import Section, passages
from tests.matchmaker.matching.ranked import evidence

LEAST = ANSWERED_DEVIATIONS
HIGH, LOW = LEAST + 1, LEAST - 0.2
FIRST, SECOND = "Encontramos fugas que no se ven.", "Marcamos dónde excavar, sin abrir calles."
TEXT = passages([Section("offer", "Búsqueda de fugas", f"{FIRST} {SECOND}", "es")])


def reasons(*found: tuple[Evidence, ...], needs: int, principles: tuple[str, ...] = ()) -> Reasons:
    return reasons_of(Hit(1, 1, 0.0, 0.0, 0.0, found), TEXT, needs=needs, principles=principles)


def quoted(made: Reasons) -> list[str | None]:
    return [None if answer is None else answer.text for answer in made.answers]


def test_each_need_is_answered_by_the_best_sentence_word_for_word() -> None:
    made = reasons(evidence((FIRST, HIGH + 1), (SECOND, HIGH)), evidence((SECOND, HIGH)), needs=2)
    assert quoted(made) == [FIRST, SECOND]
    assert [(a.language, a.field, a.deviations) for a in made.answers if a] == [
        ("es", "offer", HIGH + 1),
        ("es", "offer", HIGH),
    ]
    assert (made.missing, made.answered) == ((), 2)


def test_a_text_that_has_changed_is_not_quoted_and_the_next_sentence_stands_in() -> None:
    made = reasons(evidence(("Ya no lo decimos.", HIGH + 2), (SECOND, HIGH)), evidence(("Tampoco.", HIGH)), needs=2)
    assert quoted(made) == [SECOND, None]
    assert (made.missing, made.answered) == ((1,), 1)


def test_the_words_of_today_are_quoted_when_only_case_or_space_has_changed() -> None:
    assert quoted(reasons(evidence((FIRST.upper().replace(" ", "  "), HIGH)), needs=1)) == [FIRST]


def test_a_sentence_that_does_not_stand_out_is_not_quoted() -> None:
    assert quoted(reasons(evidence((FIRST, LOW)), evidence((FIRST, LEAST)), needs=2)) == [None, FIRST]


def test_a_section_is_never_quoted() -> None:
    section = TEXT[0]
    assert quoted(reasons(evidence((section.text, HIGH)), needs=1)) == [None]


def test_principles_have_their_quotations_after_the_needs() -> None:
    made = reasons(evidence((FIRST, HIGH)), evidence((SECOND, HIGH)), evidence(), needs=1, principles=("p", "q"))
    assert quoted(made) == [FIRST]
    assert [(code, quote.text if quote else None) for code, quote in made.principles] == [("p", SECOND), ("q", None)]


def test_needs_without_any_evidence_are_missing() -> None:
    assert reasons((), (), (), needs=3).missing == (0, 1, 2)


def test_evidence_for_another_number_of_questions_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        reasons((), (), needs=1, principles=("p", "q"))
