"""Private words in letters: a letter says no more than its reader may read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import col, select

from api.letters.concepts import all_handlers, all_values
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.accounts.models import Account
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader
from tests.api.letters.conftest import html_of, text_of
from tests.api.permissions.callers import Caller
from tests.api.permissions.test_words import NAMES, WORD
from tests.api.permissions.words import MAY_READ
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.factories import NOW

BESIDE = {
    "juror": Caller.COMMITTEE,
    "examiner": Caller.COMMITTEE,
    "leaver": Caller.SECRETARIAT,
    "other_assessor": Caller.ASSESSOR,
}
"""Others of the world, who may read what a caller may."""


@pytest.fixture
def service(world: World) -> Iterator[Service]:
    opened = replace(world.service)
    yield opened
    opened.close()


def written(service: Service) -> Iterator[tuple[Letter, str]]:
    """Every letter of the world to an account, as it would leave now."""
    writer = LetterWriter(service, all_values(), all_handlers())
    with service.database.reading() as session:
        rows = session.exec(select(Letter, Account).where(col(Letter.account_id) == Account.id)).all()
        for letter, account in rows:
            reader = Reader(
                address=account.email or "", language="es", name=account.name, account_id=account.id, country="CO"
            )
            message = writer.write(session, letter, (), reader, now=NOW)
            if message is not None:
                yield letter, f"{message['Subject']} {text_of(message)} {html_of(message)}"


def test_a_letter_says_no_more_than_its_reader_may_read(world: World, service: Service, tally: Tally) -> None:
    readers = {world.number(name): caller for name, caller in BESIDE.items()}
    readers |= {world.number(caller): caller for caller in world.acting}
    told, kinds, count = set(), set(), 0
    for letter, said in written(service):
        words = {NAMES[word] for word in WORD.findall(said)}
        may = {name for name, audience in MAY_READ.items() if readers[letter.account_id or 0] in audience}
        told |= {(letter.kind, letter.account_id, name) for name in words - may}
        kinds.add(letter.kind)
        count += 1
    assert told == set()
    assert kinds >= {"introduction_proposed", "introduction_question", "introduction_answered_both_yes"}
    tally(f"{count} letters of {len(kinds)} kinds: no private word to a reader who may not read it")
