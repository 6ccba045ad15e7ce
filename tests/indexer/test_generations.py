import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from filelock import Timeout

from indexer.generation import Generation
from indexer.generations import KEPT_GENERATIONS, Generations
from tests.indexer.small_generation import is_whole, small_generation

ROOT = Path(__file__).parents[2]


def folders(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir() if path.is_dir())


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path)


def test_a_generation_is_read_as_it_was_written(tmp_path: Path) -> None:
    made = small_generation(2)
    made.save(tmp_path)
    read = Generation.load(tmp_path)
    assert is_whole(read, 2)
    assert read.document_of_row.tolist() == made.document_of_row.tolist() == [0, 0, 0]
    assert read.is_sentence.all()
    assert np.array_equal(read.index.vectors, made.index.vectors)


def test_before_the_first_publication_there_is_nothing(generations: Generations) -> None:
    assert (generations.current_number(), generations.current()) == (0, None)


def test_an_open_reader_notices_a_swap_and_opens_nothing_twice(tmp_path: Path, generations: Generations) -> None:
    reader = Generations(tmp_path)
    generations.publish(small_generation(1))
    first = reader.current()
    assert is_whole(first, 1)
    assert reader.current() is first
    generations.publish(small_generation(2))
    assert is_whole(reader.current(), 2)
    assert is_whole(first, 1)


def test_old_folders_are_removed(tmp_path: Path, generations: Generations) -> None:
    (tmp_path / "00000009.unfinished").mkdir()
    for number in range(1, 6):
        generations.publish(small_generation(number))
    assert folders(tmp_path) == ["00000005"]


def test_two_writers_exclude_each_other(tmp_path: Path) -> None:
    first, second = Generations(tmp_path), Generations(tmp_path)
    with first.writing, pytest.raises(Timeout):
        second.writing.acquire(timeout=0.01)
    with second.writing.acquire(timeout=0.01):
        assert second.writing.is_locked


def test_two_threads_of_one_process_write_one_after_the_other(generations: Generations) -> None:
    first_has_it, may_go, order = Event(), Event(), list[str]()

    def write_first() -> None:
        with generations.writing:
            first_has_it.set()
            may_go.wait(timeout=10)
            order.append("first")

    def write_second() -> None:
        with generations.writing:
            order.append("second")

    first, second = Thread(target=write_first), Thread(target=write_second)
    first.start()
    first_has_it.wait(timeout=10)
    second.start()
    second.join(timeout=0.1)
    may_go.set()
    first.join()
    second.join()
    assert order == ["first", "second"]


def test_a_reader_whose_generation_is_removed_while_it_opens_gets_the_next(
    tmp_path: Path, generations: Generations
) -> None:
    """The reader is held at a named pipe in the place of a file until its generation is gone."""
    generations.publish(small_generation(1))
    entries = tmp_path / "00000001" / "entries.jsonl"
    entries.unlink()
    os.mkfifo(entries)
    held = os.open(entries, os.O_RDWR)
    found: list[Generation | None] = []
    reader = Thread(target=lambda: found.append(Generations(tmp_path).current()))
    reader.start()
    reader.join(timeout=0.2)
    assert reader.is_alive()
    for number in (2, 3):
        generations.publish(small_generation(number))
    assert folders(tmp_path) == ["00000003"]
    os.close(held)
    reader.join(timeout=10)
    assert [is_whole(generation, 3) for generation in found] == [True]


def test_a_generation_that_stays_unreadable_is_an_error(tmp_path: Path, generations: Generations) -> None:
    generations.publish(small_generation(1))
    (tmp_path / "00000001" / "vectors.faiss").unlink()
    with pytest.raises((FileNotFoundError, RuntimeError)):
        Generations(tmp_path).current()


def test_readers_always_see_a_whole_generation_while_a_writer_swaps(tmp_path: Path, generations: Generations) -> None:
    generations.publish(small_generation(1))
    is_over, faults = Event(), list[object]()

    def read() -> None:
        while not is_over.is_set():
            seen = Generations(tmp_path).current()
            if seen is None or not is_whole(seen, seen.manifest.number):
                faults.append(seen)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(2, 60):
        generations.publish(small_generation(number))
    is_over.set()
    for reader in readers:
        reader.join()
    assert (faults, generations.current_number()) == ([], 59)


def crashes(folder: Path) -> Iterator[dict[str, int | bool]]:
    program = [sys.executable, "-m", "tests.indexer.small_generation", str(folder)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return (json.loads(line) for line in done.stdout.splitlines())


def test_a_crash_at_any_step_leaves_the_old_generation_or_the_new(tmp_path: Path) -> None:
    seen = list(crashes(tmp_path))
    assert len(seen) > 10
    assert {crash["whole"] for crash in seen} == {True}
    assert {int(crash["after"]) - int(crash["before"]) for crash in seen} == {0, 1}
    assert int(seen[-1]["after"]) - int(seen[-1]["before"]) == 1
    assert len(folders(tmp_path)) == KEPT_GENERATIONS
    assert not [name for name in folders(tmp_path) if name.endswith(".unfinished")]
