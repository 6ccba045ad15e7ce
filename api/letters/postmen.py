"""Ways to send: a mail server, or a folder that the operator reads where there is none."""

import os
import smtplib
import ssl
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from api.settings import Settings
from matchmaker.letters.ports import LaterError, Postman, RefusedError

SMTP_SECONDS = 30  # for each answer of the mail server; the claim of a letter holds longer than all of them
PERMANENT = 500  # replies from here on will be the same next time (RFC 5321, 4.2.1)


@dataclass(frozen=True)
class SmtpPostman:
    """Hands letters to a mail server, each over a connection of its own."""

    settings: Settings

    def deliver(self, message: EmailMessage, *, address: str) -> None:
        """See `matchmaker.letters.ports.Postman`. A refusal of the sender or the password is put right by people."""
        try:
            with self._connected() as server:
                self._hand_over(server, message, address)
        except (smtplib.SMTPException, OSError) as error:
            raise LaterError(type(error).__name__) from error

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage, address: str) -> None:
        try:
            server.send_message(message, from_addr=parseaddr(self.settings.letters_from)[1], to_addrs=[address])
        except smtplib.SMTPRecipientsRefused as error:
            code, reply = next(iter(error.recipients.values()))
            raise _refusal("address_refused", code, reply, is_bounce=True) from error
        except smtplib.SMTPDataError as error:
            raise _refusal("letter_refused", error.smtp_code, error.smtp_error, is_bounce=False) from error
        except smtplib.SMTPNotSupportedError as error:  # letters beyond ASCII in the address
            raise RefusedError("address_not_supported") from error

    def _connected(self) -> smtplib.SMTP:
        host, port, security = self.settings.smtp_host, self.settings.smtp_port, self.settings.smtp_security
        if security == "tls":
            context = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SMTP_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SMTP_SECONDS)
        try:
            if security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if self.settings.smtp_user:
                server.login(self.settings.smtp_user, self.settings.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class FolderPostman:
    """Leaves letters as files, whole or not at all, named by their Message-ID: sent again, it is the same file."""

    folder: Path

    def deliver(self, message: EmailMessage, *, address: str) -> None:  # noqa: ARG002 - it stands in the message
        """See `matchmaker.letters.ports.Postman`."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix=".", delete=False) as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(self.path_of(message["Message-ID"].strip("<>").partition("@")[0]))

    def path_of(self, message_id: str) -> Path:
        """The file of a letter."""
        return self.folder / f"{message_id}.eml"


def folder_of(settings: Settings) -> Path:
    """Where letters are left when there is no mail server."""
    return settings.var_directory / "letters"


def postman_of(settings: Settings) -> Postman:
    """The way to send that the operator has set."""
    return SmtpPostman(settings) if settings.smtp_host else FolderPostman(folder_of(settings))


def _refusal(remark: str, code: int, reply: bytes | str, *, is_bounce: bool) -> LaterError | RefusedError:
    if code < PERMANENT:
        return LaterError(f"{remark}_{code}")
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    enhanced = said.split(maxsplit=1)[0] if said[:2] == "5." else str(code)
    return RefusedError(remark, status=enhanced[:20], is_bounce=is_bounce)
