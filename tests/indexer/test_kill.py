"""kill -9 in a loop: what was committed is found in the end."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from matchmaker.migrations import upgrade
from tests.indexer.restless_worker import open_store, summary

ROOT = Path(__file__).parents[2]
LONGEST_LIFE_SECONDS = 0.9  # after its first commit: some drains, one of them with new means
STARTS_WITHIN_SECONDS = 60


def killed_worker(folder: Path, background: Path, *, seconds: float) -> list[int]:
    """Start a worker, kill it some time after its first commit, and say what it has committed."""
    program = [sys.executable, "-m", "tests.indexer.restless_worker", str(folder), str(background)]
    worker = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    first = worker.stdout.readline()
    try:
        worker.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        worker.kill()
    rest, errors = worker.communicate(timeout=STARTS_WITHIN_SECONDS)
    assert (worker.returncode, errors) == (-9, "")
    lines = (first + rest).splitlines()
    return [int(line) for line in lines if (first + rest).endswith("\n") or line is not lines[-1]]


@pytest.mark.parametrize("kills", [3, pytest.param(25, marks=pytest.mark.slow)])
def test_no_committed_profile_is_lost_however_often_the_process_is_killed(
    tmp_path: Path, small_background: Path, kills: int
) -> None:
    upgrade(f"sqlite:///{tmp_path / 'store.sqlite'}")
    chance = Random(kills)  # noqa: S311 - moments of death, not secrets
    said: list[int] = []
    for _ in range(kills):
        said += killed_worker(tmp_path, small_background, seconds=chance.uniform(0.0, LONGEST_LIFE_SECONDS))
    store = open_store(tmp_path, background=small_background)
    try:
        store.drain()
        kept = store.summaries()
        assert [summary(number) for number in range(len(kept))] == [kept[key] for key in sorted(kept)]
        assert set(said) <= set(range(len(kept)))
        assert len(said) >= kills
        difference = store.check()
        assert (difference.agrees, difference.waiting) == (True, 0)
        assert {key: store.best(text) for key, text in kept.items()} == {key: key for key in kept}
    finally:
        store.engine.close()
        store.database.close()
