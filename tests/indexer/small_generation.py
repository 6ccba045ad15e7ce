"""Generations of a few bytes, whose content says their number, and a process that dies while it publishes them."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import numpy as np

from indexer.correction import LANGUAGES, Correction, QuerySample
from indexer.faiss_index import VectorIndex
from indexer.generation import Entry, Generation, Manifest
from indexer.generations import Generations
from matchmaker.sentences import Level

SIZE = 4
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "os.scandir", "shutil.rmtree"}
STEPS_AT_MOST = 200  # many more than a publication has


def small_generation(number: int) -> Generation:
    """A generation with `number` in its manifest, its entries and its vectors."""
    rows = number % 3 + 1
    entry = Entry("profile", number, 1, "es", ("country:CO", "kind:año"), ("agu",), ("d",) * rows, ("sentence",) * rows)
    vector = np.full(SIZE, number, np.float32)
    identity = np.eye(SIZE, dtype=np.float32)
    return Generation(
        manifest=Manifest(number, "fake-1", "none-1", 1, "tests"),
        entries=[entry],
        vectors=VectorIndex.of(np.tile(vector, (rows, 1)), graph_from_rows=10**6),
        correction=Correction(
            "none-1",
            {language: QuerySample(vector[None], np.zeros(1, np.float32)) for language in LANGUAGES},
            {(language, level): vector for language in LANGUAGES for level in Level},
            identity,
            dict.fromkeys(LANGUAGES, identity),
        ),
    )


def is_whole(generation: Generation | None, number: int) -> bool:
    """Whether everything in it is of this number."""
    if generation is None:
        return False
    made = small_generation(number)
    return (
        generation.manifest == made.manifest
        and generation.entries == made.entries
        and np.array_equal(generation.index.vectors, made.index.vectors)
        and np.array_equal(generation.correction.whitening, made.correction.whitening)
    )


def crashes(folder: Path) -> Iterator[dict[str, int | bool]]:
    """Publish again and again, killed at the first step, then the second, until a publication lives to its end."""
    Generations(folder).publish(small_generation(1))
    for step in count(1):
        before = Generations(folder).current_number()
        is_alive = _publish_until(folder, before + 1, step)
        after = Generations(folder).current_number()
        yield {
            "before": before, "after": after, "whole": is_whole(Generations(folder).current(), after),
        }  # fmt: skip
        if is_alive or step == STEPS_AT_MOST:
            return


def _publish_until(folder: Path, number: int, step: int) -> bool:
    """Whether a child that would die at `step` came to the end."""
    generation, generations = small_generation(number), Generations(folder)
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    steps = count(1)

    def die(event: str, _values: object) -> None:
        if event in STEPS and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(die)
    generations.publish(generation)
    os._exit(0)


if __name__ == "__main__":
    for crash in crashes(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(crash) + "\n")
