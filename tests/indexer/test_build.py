from collections.abc import Mapping, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import REFIT_DOCUMENTS
from indexer.engines import Engine
from indexer.generation import Generation
from indexer.sync import silent
from matchmaker.matching.ports import Document, Hit, Query, Subject
from tests.fakes import HashingEncoder
from tests.indexer.conftest import OpenEngine, publish
from tests.search_contract import BUSES, FOUR, LAMPS, LEAKS, WASTE, document, request

TEXTS = (LEAKS, LAMPS, WASTE, BUSES, f"{LEAKS}. {WASTE}.", f"{BUSES}. {LAMPS}. {LEAKS}.")
State = Mapping[int, tuple[str, str]]
"""By number the text and the language of a profile."""


def documents(state: State) -> list[Document]:
    return [document(number, text, language=language) for number, (text, language) in state.items()]


def step(engine: Engine, current: Generation, before: State, after: State) -> Generation:
    """The generation after all that differs between two states."""
    numbers = {number for number in {*before, *after} if before.get(number) != after.get(number)}
    changed = {(Subject.PROFILE, number) for number in numbers}
    new = [found for found in documents(after) if found.id in numbers]
    return engine.builder.changed(current, new, changed, silent)


def live(engine: Engine) -> Generation:
    generation = engine.generations.current()
    assert generation is not None
    return generation


def answers(engine: Engine, generation: Generation) -> list[tuple[Hit, ...]]:
    engine.generations.publish(generation)
    index = engine.index
    return [
        index.search(request(text, WASTE, whole=Query(LEAKS, "pt"), language=language)).hits
        for text, language in ((LEAKS, "es"), (BUSES, "en"))
    ]


def who(answered: Sequence[tuple[Hit, ...]]) -> list[object]:
    """Who is found with which sentences, in order."""
    return [
        [(hit.id, hit.version, [[e.digest for e in found] for found in hit.evidence]) for hit in hits]
        for hits in answered
    ]


def how_near(answered: Sequence[tuple[Hit, ...]]) -> list[float]:
    """All numbers of the answers, in order."""
    hits = [hit for found in answered for hit in found]
    deviations = [evidence.deviations for hit in hits for found in hit.evidence for evidence in found]
    return [*(hit.relevance for hit in hits), *(hit.likeness for hit in hits), *deviations]


states = st.dictionaries(
    st.integers(1, 6), st.tuples(st.sampled_from(TEXTS), st.sampled_from(["es", "pt", "qu"])), max_size=6
)


@given(history=st.lists(states, min_size=2, max_size=4))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_changes_one_by_one_give_what_a_build_from_scratch_gives(open_index: OpenEngine, history: list[State]) -> None:
    engine = open_index()
    publish(engine, [])
    empty = live(engine)
    stepped, before = empty, dict[int, tuple[str, str]]()
    for after in history:
        stepped, before = step(engine, stepped, before, after), dict(after)
    from_scratch = step(engine, empty, {}, history[-1])
    assert {entry.key: entry for entry in stepped.entries} == {entry.key: entry for entry in from_scratch.entries}
    one, other = answers(engine, stepped), answers(engine, from_scratch)
    assert who(one) == who(other)
    assert how_near(one) == pytest.approx(how_near(other), abs=1e-3)


def test_nothing_is_encoded_again_for_a_change(open_index: OpenEngine) -> None:
    encoder = HashingEncoder()
    engine = open_index(encoder)
    publish(engine, FOUR)
    encoded = len(encoder.told)
    added = document(9, "Una oferta nueva")
    changed = engine.builder.changed(live(engine), [added], {(Subject.PROFILE, 9)}, silent)
    assert encoder.told[encoded:] == ["Una oferta nueva"]
    assert (len(changed.entries), changed.manifest.number) == (5, 2)


def test_profiles_and_challenges_of_one_number_are_two_documents(engine: Engine) -> None:
    publish(engine, [document(1, LEAKS), document(1, WASTE, subject=Subject.CHALLENGE)])
    left = engine.builder.changed(live(engine), [], {(Subject.PROFILE, 1)}, silent)
    assert [entry.key for entry in left.entries] == [("challenge", 1)]


def test_a_change_keeps_correction_and_reason(engine: Engine) -> None:
    publish(engine, FOUR)
    before = live(engine)
    after = engine.builder.changed(before, [document(9, LAMPS)], {(Subject.PROFILE, 9)}, silent)
    assert after.correction is before.correction
    kept = (after.manifest.correction, after.manifest.reason, after.manifest.corrected_at_documents)
    assert kept == (before.manifest.correction, "tests", 4)


def test_a_generation_holds_what_it_was_built_from_and_nothing_else(engine: Engine) -> None:
    publish(engine, FOUR)
    current, leaks = live(engine), {(Subject.PROFILE, 1)}
    assert engine.builder.holds(current, [FOUR[0]], leaks)
    assert engine.builder.holds(current, [], {(Subject.PROFILE, 99)})
    assert not engine.builder.holds(current, [], leaks)
    assert not engine.builder.holds(current, [document(1, WASTE)], leaks)
    assert not engine.builder.holds(current, [document(99, LEAKS)], {(Subject.PROFILE, 99)})


def test_a_generation_is_outgrown_by_many_documents_and_says_by_how_many(engine: Engine) -> None:
    publish(engine, FOUR)
    current = live(engine)

    def grown(more: int) -> Generation:
        added = [document(100 + number, WASTE) for number in range(more)]
        return engine.builder.changed(current, added, {(Subject.PROFILE, new.id) for new in added}, silent)

    assert engine.builder.outgrown(grown(REFIT_DOCUMENTS - 1)) == ""
    wanted = f"the corpus went from 4 to {REFIT_DOCUMENTS + 4} documents"
    assert engine.builder.outgrown(grown(REFIT_DOCUMENTS)) == wanted


def test_a_corpus_without_documents_can_be_built_and_grows(engine: Engine) -> None:
    publish(engine, [])
    grown = engine.builder.changed(live(engine), [document(1, LEAKS)], {(Subject.PROFILE, 1)}, silent)
    assert [hits[0].id for hits in answers(engine, grown)] == [1, 1]


def test_needs_of_challenges_are_part_of_the_sample_of_queries(open_index: OpenEngine) -> None:
    encoder = HashingEncoder()
    publish(open_index(encoder), FOUR)
    assert LEAKS not in encoder.asked
    need = document(7, LEAKS, subject=Subject.CHALLENGE).passages[0]
    asked = Document(
        Subject.CHALLENGE, 7, 1, "es", frozenset(), (type(need)(need.level, 0, "need", need.text, need.language),)
    )
    publish(open_index(encoder, folder="other"), [asked])
    assert LEAKS in encoder.asked
