"""Private words, looked for in whatever anybody is answered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from http import HTTPStatus

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, SQLModel, select

from matchmaker.accounts.models import AccountSession, ApiToken, SignInRequest
from matchmaker.alerts.models import Alert
from matchmaker.integrity.models import Trait
from matchmaker.letters.models import Letter, SilentAddress
from matchmaker.membership.models import Invitation
from matchmaker.store.database import Database
from tests.api.permissions.callers import OWN, SECRETARIAT, STRANGER, Caller
from tests.api.permissions.walking import Answered, walk_rows
from tests.api.permissions.words import AS_TYPED, MAY_READ, READ_WITH_SECRET, TOLD_IN_ARCHIVE, planted
from tests.api.permissions.world import World
from tests.conftest import Tally

ARCHIVE = "GET /v1/rights/export"
ROW = re.compile(r"subject_id=(\w+)\}")
SECRET = re.compile(r"[\w-]{20,}")
NAMES = {planted(name): name for name in MAY_READ}
WORD = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
NEVER_TOLD: dict[type[SQLModel], tuple[str, ...]] = {
    AccountSession: ("digest",),
    Alert: ("feed_digest",),
    ApiToken: ("digest",),
    Invitation: ("digest", "nonce"),
    Letter: ("message_id",),
    SignInRequest: ("nonce", "link_digest", "code_digest", "browser_digest"),
    SilentAddress: ("digest",),
    Trait: ("digest",),
}
"""Columns that no answer holds, whoever asks."""


@pytest.fixture(scope="module")
def database(world: World) -> Iterator[Database]:
    opened = Database(world.service.settings.database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def everything(world: World, asked: TestClient, answers: list[Answered]) -> list[Answered]:
    return [*answers, *walk_rows(asked, world)]


def readers(answers: Iterable[Answered]) -> dict[str, set[Caller]]:
    """Who reads each word somewhere."""
    found: defaultdict[str, set[Caller]] = defaultdict(set)
    for answer in answers:
        for word in WORD.findall(answer.said):
            found[NAMES[word]].add(answer.caller)
    return found


def leaks(answers: Iterable[Answered]) -> set[tuple[str, str, str]]:
    """Words read by those who may not: the word, who read it, where."""
    return {
        (NAMES[word], answer.caller.value, answer.line.route)
        for answer in answers
        for word in WORD.findall(answer.said)
        if answer.caller not in MAY_READ[NAMES[word]]
    }


def without_secret(answer: Answered) -> str:
    """What was said, but for the secret of a letter by which it was asked: forms of its page repeat it."""
    _, _, secret = answer.address.rpartition("/")
    return answer.said.replace(secret, "") if SECRET.match(secret) else answer.said


def secrets_of(session: Session) -> set[str]:
    rows = [(row, columns) for table, columns in NEVER_TOLD.items() for row in session.exec(select(table)).all()]
    return {value for row, columns in rows for column in columns if (value := getattr(row, column))}


def test_every_private_word_is_somewhere_in_the_database(database: Database) -> None:
    with database.reading() as session:
        kept = " ".join(
            str(tuple(row))
            for table in SQLModel.metadata.sorted_tables
            for row in session.connection().execute(table.select()).all()
        )
    assert set(WORD.findall(kept)) == set(NAMES)


def test_each_private_word_is_read_by_those_who_may_and_by_nobody_else(
    everything: list[Answered], tally: Tally
) -> None:
    apart = {*READ_WITH_SECRET, *AS_TYPED, ARCHIVE}
    known = [answer for answer in everything if answer.line.route not in apart]
    assert leaks(known) == set()
    found = readers(known)
    assert {name: found.get(name, set()) for name in MAY_READ} == {name: set(may) for name, may in MAY_READ.items()}
    tally(f"{len(MAY_READ)} private words in {len(known)} answers: {len(MAY_READ) * len(known)} looks, no leak")


def test_an_inviter_reads_again_what_it_typed_and_no_more(everything: list[Answered]) -> None:
    for route, words in AS_TYPED.items():
        found = readers([answer for answer in everything if answer.line.route == route])
        assert {name for name in found if name not in MAY_READ or not found[name] <= set(MAY_READ[name])} == set(words)


def test_the_name_of_who_reported_under_protection_is_told_to_the_committee_alone(everything: list[Answered]) -> None:
    of_incidents = [answer for answer in everything if "/incidents" in answer.line.route]
    assert readers(of_incidents)["reporter"] == {Caller.STRANGER, Caller.COMMITTEE}


def test_a_member_is_named_in_a_lesson_to_both_sides_until_it_agrees(everything: list[Answered]) -> None:
    of_lessons = [answer for answer in everything if "lesson" in answer.line.route]
    assert readers(of_lessons)["named partner"] == OWN | STRANGER | SECRETARIAT


def test_an_archive_holds_the_words_of_its_subject_and_of_nobody_else(everything: list[Answered], tally: Tally) -> None:
    archives = [answer for answer in everything if answer.line.route == ARCHIVE and answer.status == HTTPStatus.OK]
    for answer in archives:
        (named,) = ROW.findall(answer.line.asked)
        assert {NAMES[word] for word in WORD.findall(answer.said)} == set(TOLD_IN_ARCHIVE[named]), (
            named,
            answer.caller,
        )
    tally(f"{len(archives)} archives of {len(TOLD_IN_ARCHIVE)} subjects: the words of each, and no other")


def test_a_secret_of_a_letter_opens_no_more_than_its_own_words(everything: list[Answered]) -> None:
    opened = {route: set[str]() for route in READ_WITH_SECRET}
    for answer in everything:
        if answer.line.route in opened and answer.caller is Caller.ANONYMOUS:
            opened[answer.line.route] |= {NAMES[word] for word in WORD.findall(answer.said)}
    assert opened == READ_WITH_SECRET


def test_no_answer_holds_a_digest_a_key_or_the_secret_of_a_session(
    world: World, database: Database, everything: list[Answered], tally: Tally
) -> None:
    with database.reading() as session:
        secrets = secrets_of(session)
    secrets |= {*world.tokens.values(), *world.cookies.values(), world.service.signing_key}
    assert len(secrets) > 100
    told = [(answer.line.route, answer.caller.value) for answer in everything
            if secrets & set(SECRET.findall(without_secret(answer)))]  # fmt: skip
    assert told == []
    tally(f"{len(secrets)} secrets in {len(everything)} answers: none told")
