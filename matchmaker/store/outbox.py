"""Work to be done after a commit: a message is saved in the same transaction as the change that asks for it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from matchmaker.store.database import UtcDateTime


class Topic(StrEnum):
    """What a message asks for."""

    INDEX_PROFILE = "index_profile"
    INDEX_CHALLENGE = "index_challenge"
    INDEX_LESSON = "index_lesson"


class Message(SQLModel, table=True):
    """One thing to do. Handlers may run it twice; a crash repeats work and loses none."""

    __tablename__ = "message"
    __table_args__ = (
        Index(
            "ix_message_waiting", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    topic: str = Field(max_length=40)
    subject_id: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def leave_message(session: Session, *, topic: Topic, subject_id: int, now: datetime) -> None:
    """Ask for work on one row, once the present transaction is committed."""
    session.add(Message(topic=topic, subject_id=subject_id, created_at=now))


def waiting(session: Session, *, topics: Collection[Topic], limit: int) -> Sequence[Message]:
    """Messages not yet done, oldest first."""
    asked = col(Message.topic).in_(list(topics))
    statement = select(Message).where(col(Message.done_at).is_(None), asked).order_by(col(Message.id)).limit(limit)
    return session.exec(statement).all()


def count_waiting(session: Session, *, topics: Collection[Topic]) -> int:
    """How many messages are not yet done."""
    statement = select(func.count()).where(col(Message.done_at).is_(None), col(Message.topic).in_(list(topics)))
    return session.exec(statement).one()


def mark_done(session: Session, *, message_ids: Sequence[int], now: datetime) -> None:
    """Note that these messages need no more work."""
    session.exec(update(Message).where(col(Message.id).in_(message_ids)).values(done_at=now))
