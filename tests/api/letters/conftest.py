"""A mail server of the suite's own, and people to write to."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlmodel import Session

from api.letters.concepts import all_handlers
from api.letters.postmen import postman_of
from api.letters.sending import countries_of
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.letters.actions import write_letter
from matchmaker.letters.delivery import Delivered, deliver_letters
from matchmaker.letters.models import Letter
from matchmaker.letters.ports import PostOffice
from tests.api.conftest import NewService
from tests.factories import NOW
from tests.letters import account

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class MailServer:
    """Where it listens, and what it was given."""

    port: int
    folder: Path

    def count(self) -> int:
        return len(list(self.folder.glob("*.eml")))

    def taken(self) -> list[EmailMessage]:
        return [read(path) for path in sorted(self.folder.glob("*.eml"))]


def read(path: Path) -> EmailMessage:
    """A letter as a mail program reads it."""
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())


@pytest.fixture
def mail_server(tmp_path: Path) -> Iterator[MailServer]:
    with running(tmp_path / "taken") as server:
        yield server


@contextmanager
def running(folder: Path, *protection: str) -> Iterator[MailServer]:
    """A mail server that speaks in the open, or with `protection` (see `tests.smtp_server`)."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "tests.smtp_server", str(port), str(folder), *protection]
    server = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield MailServer(port, folder)
    finally:
        server.kill()
        server.communicate()


@pytest.fixture
def by_mail(new_service: NewService, mail_server: MailServer) -> Service:
    """A service that sends through the mail server."""
    return new_service(
        smtp_host="127.0.0.1", smtp_port=mail_server.port, smtp_security="none",
        public_url="https://alianza.example", letters_from="Alianza Smart LATAM <cartas@alianza.example>",
    )  # fmt: skip


@pytest.fixture
def by_folder(new_service: NewService) -> Service:
    """A service without a mail server."""
    return new_service(public_url="https://alianza.example", letters_from="Alianza <cartas@alianza.example>")


def left(service: Service) -> list[EmailMessage]:
    """The letters in the folder."""
    return [read(path) for path in sorted((service.settings.var_directory / "letters").glob("*.eml"))]


def ask_for(service: Service, kind: str, write: Callable[[Session, int], Letter | None] | None = None) -> int:
    """A letter of this kind to Ana; her number."""
    with service.database.transaction() as session:
        row = account(session)
        if write is None:
            write_letter(session, kind=kind, account_id=row.id, subject_id=7, now=NOW)
        else:
            write(session, row.id or 0)
        return row.id or 0


def send_plain(service: Service) -> Delivered:
    """Send what is due in its general form: whether letters leave does not hang on what they are about."""
    writer = LetterWriter(service, {}, all_handlers())
    office = PostOffice(writer=writer, postman=postman_of(service.settings), countries_of=countries_of)
    return deliver_letters(service.database, office, service.clock)
