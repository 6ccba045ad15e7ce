"""Turns at work that must never be done twice at once: held until the commit."""

from enum import IntEnum

from sqlmodel import Session, func, select


class Turn(IntEnum):
    """What is waited for, by the number of PostgreSQL's advisory lock (four ASCII letters)."""

    AUDIT = 0x61756469
    LETTERS = 0x6C657474
    LISTS = 0x6C697374


def take_turn(session: Session, turn: Turn) -> None:
    """Wait until nobody else has this turn, and keep it until the commit.

    SQLite has one writer at a time (`Database.transaction`), so there every writer has all turns.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(int(turn))))
