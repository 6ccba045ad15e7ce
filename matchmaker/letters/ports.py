"""What letters need from outside: who lives where, words, and a way to send."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from sqlmodel import Session

from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader

CountriesOf = Callable[[Session, Collection[int]], Mapping[int, str]]
"""The countries of accounts by number, ISO 3166-1 alpha-2; those that are not known are left out."""


class LaterError(Exception):
    """The letter could not be sent now; its text is a code."""


class RefusedError(Exception):
    """The letter will never be taken; its text is a code. `is_bounce`: because of the address. `status` as SMTP's."""

    def __init__(self, remark: str, *, status: str = "", is_bounce: bool = False) -> None:
        super().__init__(remark)
        self.status = status
        self.is_bounce = is_bounce


class Writer(Protocol):
    """Finds the words."""

    def write(
        self, session: Session, letter: Letter, parts: Sequence[Letter], reader: Reader, *, now: datetime
    ) -> EmailMessage | None:
        """The letter in the reader's language, `parts` being those gathered in a digest.

        Nothing when it has lost its sense. Raises `LaterError` when its words cannot be found now.
        """
        ...


class Postman(Protocol):
    """Hands letters to the world."""

    def deliver(self, message: EmailMessage, *, address: str) -> None:
        """Hand one over. May be called again with the same Message-ID. Raises LaterError, RefusedError."""
        ...


@dataclass(frozen=True)
class PostOffice:
    """All that delivery needs."""

    writer: Writer
    postman: Postman
    countries_of: CountriesOf
