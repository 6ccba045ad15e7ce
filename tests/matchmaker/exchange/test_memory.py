"""Large files stream: memory does not grow with them, and batches are committed on the way."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.matchmaker.exchange.large_files import MEGABYTE, WRITERS

ROOT = Path(__file__).parents[3]
ADDED_MEGABYTES = 60  # of memory, whatever the file
BATCH_ROWS = 200
IMPORT_SECONDS = 1_800


@pytest.mark.parametrize("written", WRITERS)
@pytest.mark.parametrize("megabytes", [3, pytest.param(100, marks=pytest.mark.slow)])  # the latter take minutes each
def test_a_large_file_is_imported_in_little_memory(tmp_path: Path, written: str, megabytes: int) -> None:
    path = tmp_path / "large"
    WRITERS[written](path, megabytes * MEGABYTE)
    program = [sys.executable, "-m", "tests.matchmaker.exchange.large_files", str(path)]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True, timeout=IMPORT_SECONDS)
    found = json.loads(done.stdout)
    assert found["megabytes"] == pytest.approx(megabytes, rel=0.1)
    assert (found["refused"], found["created"] >= found["rows"]) == (0, True)
    assert found["told"] >= found["rows"] / BATCH_ROWS
    assert found["added"] < ADDED_MEGABYTES
