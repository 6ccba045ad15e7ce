"""kill -9 in the middle of sending: each letter arrives, and none twice under two names."""

import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from sqlmodel import col, select

from matchmaker.letters.actions import write_letter
from matchmaker.letters.kinds import DIGEST
from matchmaker.letters.models import Letter, LetterHabits, LetterState
from matchmaker.migrations import upgrade
from matchmaker.store.database import Database
from tests.api.letters.conftest import ROOT, MailServer, send_plain, text_of
from tests.api.letters.restless_sender import open_service
from tests.factories import NOW
from tests.letters import account

MOST_LETTERS = 6  # between two deaths
LONGEST_SECONDS = 0.1  # after the last of them: a letter or two more
HOURS_BETWEEN = 4.0  # longer than a claim holds and than letters to one reader keep apart
GATHERED = ("introduction_expired", "introduction_closed", "lesson_names_you")


def killed_sender(folder: Path, server: MailServer, *, hours: float, letters: int, seconds: float) -> None:
    """Start a sender and kill it so long after so many letters have arrived: at once, it has not heard of the last."""
    program = [sys.executable, "-m", "tests.api.letters.restless_sender", str(folder), str(server.port), str(hours)]
    sender = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wanted = server.count() + letters
    while server.count() < wanted and sender.poll() is None:
        time.sleep(0.002)
    time.sleep(seconds)
    sender.kill()
    output, errors = sender.communicate()
    assert (sender.returncode in {0, -9}, output, errors) == (True, "starts\n", "")


def fill(folder: Path, people: int) -> None:
    """People who each have one urgent letter and three that will share a digest; nobody sleeps."""
    upgrade(f"sqlite:///{folder / 'store.sqlite'}")
    database = Database(f"sqlite:///{folder / 'store.sqlite'}")
    with database.transaction() as session:
        for person in range(people):
            row = account(session, f"slow{person}@ciudad.example")
            session.add(LetterHabits(account_id=row.id or 0, quiet_from=0, quiet_until=0))
            write_letter(session, kind="application_received", account_id=row.id, is_urgent=True, now=NOW)
            for kind in GATHERED:
                write_letter(session, kind=kind, account_id=row.id, now=NOW)
    database.close()


@pytest.mark.parametrize(("kills", "people"), [(3, 12), pytest.param(30, 150, marks=pytest.mark.slow)])
def test_each_letter_arrives_and_none_twice_under_two_names(
    tmp_path: Path, mail_server: MailServer, kills: int, people: int
) -> None:
    fill(tmp_path, people)
    chance = Random(kills)  # noqa: S311 - moments of death, not secrets
    for number in range(kills):
        seconds = chance.choice([0.0, chance.uniform(0.0, LONGEST_SECONDS)]) if number else 0.0
        letters_before = chance.randint(1, MOST_LETTERS)
        hours = HOURS_BETWEEN * number
        killed_sender(tmp_path, mail_server, hours=hours, letters=letters_before, seconds=seconds)
    survivor = open_service(tmp_path, port=mail_server.port, hours=HOURS_BETWEEN * kills)
    send_plain(survivor)
    with survivor.database.reading() as session:
        letters = session.exec(select(Letter).order_by(col(Letter.id))).all()
    survivor.close()

    arrived = mail_server.taken()
    by_name = Counter(str(message["Message-ID"]).strip("<>").partition("@")[0] for message in arrived)
    assert set(by_name) == {letter.message_id for letter in letters if letter.digest_id is None}
    assert {letter.state for letter in letters if letter.digest_id is None} == {LetterState.SENT}
    assert Counter(letter.kind for letter in letters if letter.digest_id is None) == {
        "application_received": people,
        DIGEST: people,
    }
    again = len(arrived) - len(by_name)
    assert 0 < again <= kills  # of each death at most the one that was under way
    contents = {(message["Message-ID"], message["X-Taken-For"], text_of(message)) for message in arrived}
    assert len(contents) == len(by_name)
