"""A letter as a mail message: text and HTML in the reader's language, the same words in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlmodel import Session

from api.i18n import FIRST_LANGUAGE
from api.letters.asking import AnswerHandler, Item, LetterAsk, Values, ValuesOf
from api.letters.forms import LETTER_KINDS, Form
from api.letters.general import general_values
from api.letters.links import ANSWER_LIFE, answer_address, answer_page, sign_answer
from api.letters.text import Paragraph, Speech
from api.letters.unsubscribing import unsubscribe_token
from api.wiring import Service
from matchmaker.accounts.models import ANYONE, Account, Acting, Role
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.kinds import DIGEST
from matchmaker.letters.models import Letter
from matchmaker.letters.ports import LaterError
from matchmaker.letters.rules import Reader

UNFOLDED = policy.SMTP.clone(max_line_length=998)
"""The longest line of RFC 5322, 2.1.1: folded sooner, long addresses in headers would be encoded, and nobody could
follow them."""
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Section:
    """One matter: a letter by itself, or one of several in a digest."""

    subject: str
    paragraphs: list[Paragraph]
    links: list[Item]
    title: str = ""


@dataclass(frozen=True)
class LetterWriter:
    """Writes letters with the values that concepts give, and links for the answers that somebody handles."""

    service: Service
    values: Mapping[str, ValuesOf]
    handlers: Mapping[str, AnswerHandler]

    def write(
        self, session: Session, letter: Letter, parts: Sequence[Letter], reader: Reader, *, now: datetime
    ) -> EmailMessage | None:
        """See `matchmaker.letters.ports.Writer`."""
        speech = Speech(_language(reader.language), reader)
        acting = _acting(session, reader)
        letters = parts if letter.kind == DIGEST else [letter]
        asks = [LetterAsk(session, self.service, each, reader, acting, now) for each in letters]
        sections = [section for ask in asks if (section := self._section(speech, ask)) is not None]
        if not sections:
            return None
        subject = sections[0].subject
        if letter.kind == DIGEST and len(sections) > 1:
            subject = speech.line("digest.subject", {"count": len(sections)})
            sections = [Section(each.subject, each.paragraphs, each.links, each.subject) for each in sections]
        token = unsubscribe_token(self.service.signing_key, letters, reader)
        message = self._addressed(letter, reader, subject, now)
        self._sign_off(message, token)
        return _filled(message, speech, sections, self._footer(speech, token))

    def _section(self, speech: Speech, ask: LetterAsk) -> Section | None:
        """One letter in words; nothing when it makes no sense any more, or is not for this reader."""
        kind = ask.letter.kind
        form = LETTER_KINDS[kind]
        if form.only_to is not None and ask.acting.role is not form.only_to:
            return None
        values = self.values.get(kind, general_values)(ask)
        if values is None:
            return None
        if any(not values.get(name) for name in form.needs):
            raise LaterError("values_missing")
        paragraphs = speech.paragraphs(f"{kind}.body", values)
        if form.is_about_matching:
            paragraphs += speech.paragraphs("note.neither_preference_nor_award", {})
        return Section(speech.line(f"{kind}.subject", values), paragraphs, self._links(speech, ask, form, values))

    def _links(self, speech: Speech, ask: LetterAsk, form: Form, values: Values) -> list[Item]:
        """A button for each answer that somebody handles, and one to the page."""
        answers = form.answers if form.answered_by in self.handlers else ()
        links = [
            Item(
                speech.line(f"{ask.letter.kind}.answer.{answer}", values),
                answer_page(self._public_url, speech.language, self._signed(ask, form, answer)),
            )
            for answer in answers
        ]
        label = speech.line(f"{ask.letter.kind}.open", values)
        return [*links, Item(label, str(values.get("link") or self._front(speech)))] if label else links

    def _signed(self, ask: LetterAsk, form: Form, answer: str) -> str:
        return sign_answer(
            self.service.signing_key, kind=form.answered_by, subject_id=ask.letter.subject_id, answer=answer,
            account_id=ask.letter.account_id, expires_at=ask.letter.created_at + ANSWER_LIFE,
            codes={name: ask.letter.codes.get(name) for name in form.carries},
        )  # fmt: skip

    def _footer(self, speech: Speech, token: str) -> list[Item]:
        last = (
            Item(speech.line("footer.unsubscribe", {}), answer_page(self._public_url, speech.language, token))
            if token
            else Item(speech.line("footer.necessary", {}))
        )
        return [Item(speech.line("footer.sender", {}), self._front(speech)), last]

    def _addressed(self, letter: Letter, reader: Reader, subject: str, now: datetime) -> EmailMessage:
        name, address = parseaddr(self.service.settings.letters_from)
        message = EmailMessage(policy=UNFOLDED)
        message["From"] = formataddr((name, address)) if name.isascii() else self.service.settings.letters_from
        message["To"] = reader.address
        message["Subject"] = subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = f"<{letter.message_id}@{address.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        return message

    def _sign_off(self, message: EmailMessage, token: str) -> None:
        if token:
            message["List-Unsubscribe"] = f"<{answer_address(self._public_url, token)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    def _front(self, speech: Speech) -> str:
        return f"{self._public_url.rstrip('/')}/{speech.language}/"

    @property
    def _public_url(self) -> str:
        return self.service.settings.public_url


def _filled(message: EmailMessage, speech: Speech, sections: list[Section], footer: list[Item]) -> EmailMessage:
    values = {
        "language": str(speech.language),
        "subject": message["Subject"],
        "greeting": speech.line("greeting", {"name": speech.reader.name}),
        "sections": sections,
        "footer": footer,
    }
    message.set_content(_environment().get_template("letter.txt").render(values))
    message.add_alternative(_environment().get_template("letter.html").render(values), subtype="html")
    message["Content-Language"] = str(speech.language)
    return message


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _language(code: str) -> WorkingLanguage:
    return WorkingLanguage(code) if code in set(WorkingLanguage) else FIRST_LANGUAGE


def _acting(session: Session, reader: Reader) -> Acting:
    account = None if reader.account_id is None else session.get(Account, reader.account_id)
    return ANYONE if account is None else Acting(account_id=account.id, role=Role(account.role))
