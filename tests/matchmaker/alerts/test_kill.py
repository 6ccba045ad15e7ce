"""kill -9 in a loop: every challenge is told in one letter, and in no other."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from sqlmodel import select

from matchmaker.challenges.models import Challenge
from matchmaker.letters.models import Letter
from matchmaker.migrations import upgrade
from matchmaker.store.database import Database
from tests.matchmaker.alerts.restless_worker import follow, prepare

ROOT = Path(__file__).parents[3]
LONGEST_LIFE_SECONDS = 0.4  # after the first challenge: some rounds
LAST_DAY = 100_000  # later than all days of the workers


def killed_worker(url: str, *, seconds: float) -> None:
    program = [sys.executable, "-m", "tests.matchmaker.alerts.restless_worker", url]
    worker = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert worker.stdout is not None
    worker.stdout.read(1)
    try:
        worker.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        worker.kill()
    _, errors = worker.communicate(timeout=60)
    assert (worker.returncode, errors) == (-9, b"")


@pytest.mark.parametrize("kills", [3, pytest.param(25, marks=pytest.mark.slow)])
def test_no_challenge_is_lost_or_told_twice_however_often_the_process_is_killed(tmp_path: Path, kills: int) -> None:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    upgrade(url)
    database = Database(url)
    prepare(database)
    chance = Random(kills)  # noqa: S311 - moments of death, not secrets
    for _ in range(kills):
        killed_worker(url, seconds=chance.uniform(0.0, LONGEST_LIFE_SECONDS))
    day = LAST_DAY
    while follow(database, day=day):
        day += 1
    with database.reading() as session:
        posted = sorted(number or 0 for number in session.exec(select(Challenge.id)).all())
        letters = session.exec(select(Letter).where(Letter.kind == "alert_digest")).all()
    database.close()
    told = sorted(int(number) for letter in letters for number in str(letter.codes["challenge_ids"]).split(","))
    assert told == posted
    assert len(posted) >= kills
