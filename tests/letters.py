"""Post offices for tests: words that need no catalogue, a postman that keeps or refuses what it is given."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from sqlmodel import Session

from matchmaker.accounts.models import Account, Role
from matchmaker.letters.models import Letter
from matchmaker.letters.ports import LaterError, PostOffice, RefusedError
from matchmaker.letters.rules import Reader
from tests.factories import NOW


@dataclass
class KeepingPostman:
    """Keeps what it delivers; `later` and `refused` are how often it fails before."""

    delivered: list[tuple[str, EmailMessage]] = field(default_factory=list)
    later: int = 0
    refused: set[str] = field(default_factory=set)
    broken: int = 0

    def deliver(self, message: EmailMessage, *, address: str) -> None:
        if self.broken:
            self.broken -= 1
            raise ValueError("a fault of the program")
        if self.later:
            self.later -= 1
            raise LaterError("server_away")
        if address in self.refused:
            raise RefusedError("address_refused", status="5.1.1", is_bounce=True)
        self.delivered.append((address, message))

    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for _, message in self.delivered]


class PlainWriter:
    """Writes the kinds and subjects of letters; those of kind `senseless` it does not."""

    def write(
        self, _session: Session, letter: Letter, parts: Sequence[Letter], _reader: Reader, *, now: datetime
    ) -> EmailMessage | None:
        if letter.subject_id < 0:
            return None
        message = EmailMessage()
        message["Message-ID"] = f"<{letter.message_id}@test.example>"
        message["Subject"] = " + ".join(f"{part.kind} {part.subject_id}" for part in (parts or [letter]))
        message["Date"] = now
        return message


def office(postman: KeepingPostman, countries: Mapping[int, str] | None = None) -> PostOffice:
    """A post office with these countries."""

    def countries_of(_session: Session, _accounts: Collection[int]) -> Mapping[int, str]:
        return countries or {}

    return PostOffice(writer=PlainWriter(), postman=postman, countries_of=countries_of)


def account(session: Session, address: str = "ana@ciudad.example", **changes: object) -> Account:
    """Someone with an address, who reads Spanish."""
    row = Account(name="Ana", role=Role.CITY, email=address, created_at=NOW)
    for name, value in changes.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row
