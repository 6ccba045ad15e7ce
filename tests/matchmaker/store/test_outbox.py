from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from matchmaker.store.database import Database
from matchmaker.store.outbox import Message, Topic, count_waiting, leave_message, mark_done, waiting
from tests.factories import NOW

BOTH = [Topic.INDEX_PROFILE, Topic.INDEX_CHALLENGE]


class GoneWrongError(Exception):
    pass


def leave(database: Database, *subject_ids: int, topic: Topic = Topic.INDEX_PROFILE) -> None:
    with database.transaction() as session:
        for subject_id in subject_ids:
            leave_message(session, topic=topic, subject_id=subject_id, now=NOW)
            session.flush()


def read(database: Database, topics: Sequence[Topic] = BOTH, limit: int = 10) -> list[Message]:
    with database.reading() as session:
        return list(waiting(session, topics=topics, limit=limit))


def done(database: Database, messages: Sequence[Message]) -> None:
    with database.transaction() as session:
        mark_done(session, message_ids=[message.id or 0 for message in messages], now=NOW + timedelta(minutes=1))


def test_a_message_waits_once_the_transaction_is_kept(database: Database) -> None:
    leave(database, 7)
    assert [(m.topic, m.subject_id, m.created_at, m.done_at) for m in read(database)] == [
        ("index_profile", 7, NOW, None)
    ]


def test_a_message_goes_with_the_transaction_that_fails(database: Database) -> None:
    def leave_and_fail(session: Session) -> None:
        leave_message(session, topic=Topic.INDEX_PROFILE, subject_id=7, now=NOW)
        session.flush()
        raise GoneWrongError

    with pytest.raises(GoneWrongError), database.transaction() as session:
        leave_and_fail(session)
    assert read(database) == []


def test_the_oldest_comes_first_and_no_more_than_asked_for(database: Database) -> None:
    leave(database, 9, 3, 5)
    assert [message.subject_id for message in read(database, limit=2)] == [9, 3]


def test_only_the_topics_asked_for_are_given_and_counted(database: Database) -> None:
    leave(database, 1)
    leave(database, 2, topic=Topic.INDEX_CHALLENGE)
    assert [message.subject_id for message in read(database, [Topic.INDEX_CHALLENGE])] == [2]
    with database.reading() as session:
        assert count_waiting(session, topics=[Topic.INDEX_CHALLENGE]) == 1
        assert count_waiting(session, topics=BOTH) == 2


def test_what_is_done_waits_no_more_and_keeps_its_moment(database: Database) -> None:
    leave(database, 1, 2)
    done(database, read(database, limit=1))
    assert [message.subject_id for message in read(database)] == [2]
    with database.reading() as session:
        moments = session.exec(select(Message.done_at).order_by(Message.id)).all()  # type: ignore[arg-type]
    assert list(moments) == [NOW + timedelta(minutes=1), None]


def test_two_handlers_may_take_and_finish_the_same_message(database: Database) -> None:
    leave(database, 1)
    first, second = read(database), read(database)
    done(database, first)
    done(database, second)
    assert (len(first), len(second), read(database)) == (1, 1, [])


def test_a_message_left_while_others_are_handled_still_waits(database: Database) -> None:
    leave(database, 1)
    handled = read(database)
    leave(database, 1)
    done(database, handled)
    assert [message.subject_id for message in read(database)] == [1]


def test_no_messages_done_is_no_fault(database: Database) -> None:
    done(database, [])
    assert read(database) == []
