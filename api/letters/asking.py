"""What a concept is asked for: the values of its letters, and what an answer by link does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from api.i18n import FIRST_LANGUAGE
from api.letters.links import SignedAnswer
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader


@dataclass(frozen=True)
class Item:
    """One line of a list in a letter, with the address it leads to, if any."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Phrase:
    """A value that is itself a sentence of the catalogue, said in the reader's language."""

    key: str


Value = str | int | date | datetime | Phrase | Sequence[Item] | None
Values = Mapping[str, Value]
"""What fills a letter's sentences; `link` is where its button leads. What is missing leaves its sentence out."""


@dataclass(frozen=True)
class LetterAsk:
    """A letter about to be written. `acting` is its reader, with whose permission values are read."""

    session: Session
    service: Service
    letter: Letter
    reader: Reader
    acting: Acting
    now: datetime

    def page(self, path: str) -> str:
        """The address of a page in the reader's language."""
        return page_address(self.service, self.reader.language, path)

    def day(self, code: str) -> date | None:
        """The day, where the reader is, of a moment that the letter keeps under this code."""
        moment = self.letter.codes.get(code)
        return datetime.fromisoformat(moment).astimezone(self.reader.zone).date() if isinstance(moment, str) else None


@dataclass(frozen=True)
class AnswerAsk:
    """An answer that came back. `acting` is the account that the letter was written to, if it was one."""

    session: Session
    service: Service
    signed: SignedAnswer
    acting: Acting
    now: datetime


ValuesOf = Callable[[LetterAsk], Values | None]
"""The values of a letter, read when it leaves; nothing when it has lost its sense."""


@dataclass(frozen=True)
class AnswerHandler:
    """What a kind of answer does. Both raise a `DomainError` when the answer is no longer possible.

    `describe` gives the values of the sentences `answer.<kind>.<answer>.ask` and `….done`, or of `answer.<kind>.ask`
    and `….done`, and changes nothing. `perform` may be called twice.
    """

    describe: Callable[[AnswerAsk], Values]
    perform: Callable[[AnswerAsk], None]


def page_address(service: Service, language: str, path: str) -> str:
    """The address of a page in a language."""
    spoken = language if language in set(WorkingLanguage) else FIRST_LANGUAGE
    return f"{service.settings.public_url.rstrip('/')}/{spoken}/{path}"
