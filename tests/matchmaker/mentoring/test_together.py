"""Answers at the same instant, in threads of their own, on both databases."""

import threading
from contextlib import suppress
from random import Random

from sqlmodel import select

from matchmaker.audit.models import AuditEntry
from matchmaker.errors import ConflictError
from matchmaker.letters.models import Letter
from matchmaker.mentoring.actions import answer_mentoring
from matchmaker.mentoring.models import Answer, Mentoring
from matchmaker.mentoring.rules import State, state_of
from matchmaker.store.database import Database
from tests.factories import NOW, lists
from tests.matchmaker.mentoring.conftest import Pair, town

ROUNDS = 12


def together(*calls: object) -> None:
    """Let all begin at once, and wait for all; a conflict is an answer like another."""
    barrier = threading.Barrier(len(calls))

    def run(call: object) -> None:
        barrier.wait()
        with suppress(ConflictError):
            call()  # type: ignore[operator]

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_yeses_at_once_never_promise_the_same_hours(database: Database) -> None:
    with database.transaction() as session:
        pair = Pair(session)
        other, profile = town(session, "Lima")
        numbers = [pair.propose().id or 0, pair.propose(other, mentee_id=profile.id).id or 0]
        pair.offer(hours_a_month=5)

    def answer(number: int) -> None:
        with database.transaction() as session:
            answer_mentoring(
                session, acting=pair.mentor, mentoring_id=number, answer=Answer.YES, lists=lists(), now=NOW
            )

    together(*(lambda number=number: answer(number) for number in numbers))
    with database.reading() as session:
        states = sorted(state_of(row, now=NOW) for row in session.exec(select(Mentoring)).all())
    assert states == [State.AGREED, State.OPEN]


def test_both_sides_at_once_reach_one_state_and_are_told_once(database: Database) -> None:
    chance = Random(7)  # noqa: S311 - orders of acts, not secrets
    for number in range(ROUNDS):
        with database.transaction() as session:
            pair = Pair(session)
            asked = pair.propose()
            asked.mentee_answer = None
        said = {pair.mentor: chance.choice(list(Answer)), pair.mentee: chance.choice(list(Answer))}

        def answer(acting: object, said: object, asked: Mentoring = asked) -> None:
            with database.transaction() as session:
                answer_mentoring(
                    session, acting=acting, mentoring_id=asked.id or 0, answer=said, lists=lists(), now=NOW,  # type: ignore[arg-type]
                )  # fmt: skip

        together(*(lambda acting=acting, one=one: answer(acting, one) for acting, one in said.items()))
        with database.reading() as session:
            row = session.get_one(Mentoring, asked.id)
            both_yes = set(said.values()) == {Answer.YES}
            assert state_of(row, now=NOW) is (State.AGREED if both_yes else State.DECLINED), number
            agreed = session.exec(
                select(Letter).where(Letter.kind == "mentoring_agreed", Letter.subject_id == asked.id)
            ).all()
            opened = session.exec(select(AuditEntry).where(AuditEntry.subject_id == asked.id)).all()
        assert (len(agreed), len(opened)) == ((2, 1) if both_yes else (0, 0))
