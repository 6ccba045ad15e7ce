from pathlib import Path

import pytest

from indexer.build import REFIT_DOCUMENTS
from indexer.sync import Drained
from matchmaker.challenges.actions import set_status
from matchmaker.challenges.models import Status
from matchmaker.errors import NotReadyError
from matchmaker.lessons.actions import erase_lesson, set_lesson_state
from matchmaker.lessons.models import LessonState
from matchmaker.profiles.models import Profile, Visibility
from matchmaker.sentences import digest_of
from matchmaker.store.database import Database
from matchmaker.store.outbox import Topic, leave_message
from tests.factories import NOW, desk, saved_challenge, saved_lesson, saved_profile, signed_in
from tests.fakes import HashingEncoder
from tests.indexer.conftest import OpenEngine
from tests.indexer.stores import Store
from tests.search_contract import BUSES, LAMPS, LEAKS, WASTE


@pytest.fixture
def store(sqlite_database: Database, open_index: OpenEngine) -> Store:
    return Store(sqlite_database, open_index())


def test_what_is_saved_is_found_after_a_drain(database: Database, open_index: OpenEngine) -> None:
    store = Store(database, open_index())
    numbers = [store.add(text) for text in (LEAKS, LAMPS, WASTE)]
    store.drain()
    assert [store.best(text) for text in (LEAKS, LAMPS, WASTE)] == numbers
    assert store.check().agrees


def test_a_store_without_profiles_gets_an_index_that_finds_the_first(store: Store) -> None:
    assert store.drain() == Drained(0, 1)
    assert store.best(LEAKS) is None
    number = store.add(LEAKS)
    assert store.drain() == Drained(1, 2)
    assert store.best(LEAKS) == number


def test_a_drain_with_nothing_to_do_changes_nothing(store: Store) -> None:
    store.add(LEAKS)
    store.drain()
    assert store.drain() == Drained(0, 1)
    store.ask_again()
    assert store.drain() == Drained(1, 1)


def test_words_that_are_replaced_or_hidden_are_found_no_more(store: Store) -> None:
    first, second = store.add(LEAKS), store.add(LAMPS)
    store.drain()
    store.replace(first, WASTE)
    store.drain()
    assert store.best(WASTE) == first
    store.show(first, Visibility.HIDDEN)
    store.drain()
    assert store.best(WASTE) == second
    store.show(first, Visibility.UNCLAIMED)
    store.drain()
    assert store.best(WASTE) == first
    assert store.check().agrees


def test_only_open_challenges_are_kept(store: Store) -> None:
    with store.database.transaction() as session:
        acting = signed_in(session)
        made = saved_challenge(session, acting=acting, owner=saved_profile(session, acting=acting))
    store.drain()
    assert ("challenge", made.id) in {entry.key for entry in store.generation.entries}
    with store.database.transaction() as session:
        set_status(session, desk=desk(), acting=acting, challenge_id=made.id or 0, status=Status.CLOSED)
    store.drain()
    assert {entry.subject for entry in store.generation.entries} == {"profile"}


def test_a_check_tells_what_is_missing_stale_and_surplus(store: Store) -> None:
    stale, surplus, same = store.add(LEAKS), store.add(LAMPS), store.add(BUSES)
    store.drain()
    missing = store.add(WASTE)
    store.replace(stale, WASTE)
    store.show(surplus, Visibility.HIDDEN)
    found = store.check()
    assert (found.missing, found.stale, found.surplus) == (
        (("profile", missing),), (("profile", stale),), (("profile", surplus),)
    )  # fmt: skip
    assert (found.waiting, found.agrees) == (3, False)
    store.drain()
    after = store.check()
    assert (after.waiting, after.agrees) == (0, True)
    assert same in {entry.id for entry in store.generation.entries}


def test_without_an_index_everything_is_missing(store: Store) -> None:
    number = store.add(LEAKS)
    assert store.check().missing == (("profile", number),)


def test_a_rebuild_heals_what_no_message_asks_for(store: Store) -> None:
    store.add(LEAKS)
    store.drain()
    number = store.add(WASTE)
    store.forget_messages()
    assert store.drain() == Drained(0, 1)
    assert store.check().missing == (("profile", number),)
    assert store.synchroniser.rebuild() == Drained(0, 2)
    assert store.generation.manifest.reason == "asked for"
    assert store.check().agrees


def test_a_corpus_that_has_outgrown_its_means_gets_new_ones_and_the_manifest_says_why(store: Store) -> None:
    store.drain()
    first = store.generation.manifest
    for number in range(REFIT_DOCUMENTS + 2):
        store.add(f"{WASTE} en la plaza {number}")
    store.drain()
    refitted = store.generation.manifest
    assert refitted.reason == f"the corpus went from 0 to {REFIT_DOCUMENTS + 2} documents"
    assert refitted.correction != first.correction
    assert refitted.corrected_at_documents == REFIT_DOCUMENTS + 2
    assert store.check().agrees
    assert store.drain().generation == refitted.number


def test_another_model_rebuilds_beside_while_the_old_answers_and_then_swaps(
    sqlite_database: Database, open_index: OpenEngine
) -> None:
    old = Store(sqlite_database, open_index(HashingEncoder("fake-1")))
    new = Store(sqlite_database, open_index(HashingEncoder("fake-2")))
    number = old.add(LEAKS)
    old.drain()
    found: set[int | None] = set()
    new.synchroniser.drain(lambda _stage, _done, _total: found.add(old.best(LEAKS)))
    assert found == {number}
    manifest = new.generation.manifest
    assert (manifest.model, manifest.number, manifest.reason) == ("fake-2", 2, "no index of this model")
    assert new.best(LEAKS) == number
    with pytest.raises(NotReadyError, match="index_being_built"):
        old.best(LEAKS)


def test_a_bulk_of_messages_becomes_few_generations(store: Store) -> None:
    store.drain()
    for number in range(5):
        store.add(f"{LEAKS} en la calle {number}")
    assert store.drain() == Drained(5, 2)


def test_two_synchronisers_share_the_work_without_harm(store: Store, open_index: OpenEngine) -> None:
    other = Store(store.database, open_index())
    first = store.add(LEAKS)
    store.drain()
    second = store.add(WASTE)
    assert other.drain() == Drained(1, 2)
    assert store.drain() == Drained(0, 2)
    assert [store.best(LEAKS), store.best(WASTE)] == [first, second]


def test_a_lesson_follows_its_author_in_and_out_of_the_index(store: Store) -> None:
    with store.database.transaction() as session:
        acting = signed_in(session)
        author = saved_profile(session, acting=acting)
        told = saved_lesson(session, acting=acting, author=author)
    key = ("lesson", told.id)
    assert key in store.check().missing
    store.drain()
    assert key in {entry.key for entry in store.generation.entries}
    for visibility, is_kept in ((Visibility.HIDDEN, False), (Visibility.UNCLAIMED, True), (Visibility.VISIBLE, True)):
        store.show(author.id or 0, visibility)
        store.drain()
        assert (key in {entry.key for entry in store.generation.entries}) is is_kept
        assert store.check().agrees


def test_lessons_that_fall_with_their_author_leave_the_index(store: Store) -> None:
    with store.database.transaction() as session:
        acting = signed_in(session)
        author = saved_profile(session, acting=acting)
        saved_lesson(session, acting=acting, author=author)
    store.drain()
    with store.database.transaction() as session:
        session.delete(session.get_one(Profile, author.id))
        leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=author.id or 0, now=NOW)
    store.drain()
    assert len(store.generation.entries) == 0
    assert store.check().agrees


def test_a_lesson_that_is_withdrawn_or_erased_is_found_no_more(store: Store) -> None:
    with store.database.transaction() as session:
        acting = signed_in(session)
        author = saved_profile(session, acting=acting)
        withdrawn, erased = (saved_lesson(session, acting=acting, author=author) for _ in range(2))
    store.drain()
    with store.database.transaction() as session:
        set_lesson_state(session, desk=desk(), acting=acting, lesson_id=withdrawn.id or 0, state=LessonState.WITHDRAWN)
        erase_lesson(session, desk=desk(), acting=acting, lesson_id=erased.id or 0)
    store.drain()
    assert {entry.subject for entry in store.generation.entries} == {"profile"}
    assert store.check().agrees


def test_words_that_are_replaced_leave_neither_vector_nor_digest_in_any_file(store: Store, tmp_path: Path) -> None:
    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file() and "index" in path.parts)

    first = store.add(LEAKS)
    store.add(WASTE)
    store.drain()
    store.engine.cache.queries([LEAKS])
    held, kept = digest_of(LEAKS).encode(), digest_of(WASTE).encode()
    assert held in files()
    store.replace(first, LAMPS)
    store.drain()
    assert held not in files()
    assert kept in files()
    assert store.check().agrees
