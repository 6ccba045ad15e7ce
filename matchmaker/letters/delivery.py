"""The delivery of letters. A letter is claimed, sent, and only then noted as sent, each step committed by itself.

A process that is killed in between leaves a claim that runs out; the letter is then sent again under the same
Message-ID, by which mail programs know it. So each letter arrives, and none twice as two.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from matchmaker.letters.addresses import bounced
from matchmaker.letters.claiming import Claimed, claim_letter, is_due
from matchmaker.letters.models import Letter, LetterState
from matchmaker.letters.ports import LaterError, PostOffice, RefusedError
from matchmaker.letters.rules import retry_at
from matchmaker.store.database import Database


@dataclass(frozen=True)
class Delivered:
    """What a delivery did, counted in letters that leave: a digest is one."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0
    cancelled: int = 0

    def __add__(self, other: "Delivered") -> "Delivered":
        """Both together."""
        return Delivered(
            self.sent + other.sent,
            self.put_off + other.put_off,
            self.given_up + other.given_up,
            self.cancelled + other.cancelled,
        )


def deliver_letters(database: Database, office: PostOffice, clock: Callable[[], datetime]) -> Delivered:
    """Send all that is due, until nothing is. Several processes may do so at once."""
    done = Delivered()
    while _is_anything_due(database, clock()):
        with database.transaction() as session:
            claimed = claim_letter(session, countries_of=office.countries_of, now=clock())
        if claimed is not None:
            done += _deliver(database, office, claimed, clock)
    return done


def _is_anything_due(database: Database, now: datetime) -> bool:
    with database.reading() as session:
        return session.exec(select(Letter.id).where(is_due(now)).limit(1)).first() is not None


def _deliver(database: Database, office: PostOffice, one: Claimed, clock: Callable[[], datetime]) -> Delivered:
    """Write and send one letter, and note how it went."""
    try:
        is_sent = _sent(database, office, one, clock())
    except LaterError as error:
        with database.transaction() as session:
            return _put_off(session, one, str(error), clock())
    except RefusedError as error:
        with database.transaction() as session:
            return _refused(session, one, error, clock())
    except Exception as error:  # noqa: BLE001 - one letter that cannot be written must not keep back all others
        with database.transaction() as session:
            return _put_off(session, one, type(error).__name__, clock())
    with database.transaction() as session:
        _settle(session, one, LetterState.SENT if is_sent else LetterState.CANCELLED, sent_at=clock())
    return Delivered(sent=1) if is_sent else Delivered(cancelled=1)


def _sent(database: Database, office: PostOffice, one: Claimed, now: datetime) -> bool:
    """Send a letter that still makes sense; no transaction is open while the network is waited for."""
    with database.reading() as session:
        message = office.writer.write(session, one.letter, one.parts, one.reader, now=now)
    if message is not None:
        office.postman.deliver(message, address=one.reader.address)
    return message is not None


def _put_off(session: Session, one: Claimed, remark: str, now: datetime) -> Delivered:
    again = retry_at(one.letter.attempts, now=now)
    if again is None:
        _settle(session, one, LetterState.GIVEN_UP, remark=remark)
        return Delivered(given_up=1)
    row = session.get(Letter, one.letter.id)
    if row is not None:
        row.remark, row.not_before = remark, again
        session.add(row)
    return Delivered(put_off=1)


def _refused(session: Session, one: Claimed, error: RefusedError, now: datetime) -> Delivered:
    _settle(session, one, LetterState.GIVEN_UP, remark=str(error))
    if error.is_bounce:
        bounced(session, address=one.reader.address, now=now, status=error.status)
    return Delivered(given_up=1)


def _settle(
    session: Session, one: Claimed, state: LetterState, *, remark: str = "", sent_at: datetime | None = None
) -> None:
    """Note the end of a letter; one that was erased meanwhile has none."""
    row = session.get(Letter, one.letter.id)
    if row is not None:
        row.state, row.remark = state, remark
        row.sent_at = sent_at if state is LetterState.SENT else None
        session.add(row)
