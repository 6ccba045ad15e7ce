"""Mail that came back: delivery status notifications (RFC 3464) in a mailbox or Maildir folder."""

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from pathlib import Path

from sqlmodel import Session, select

from matchmaker.accounts.models import Account
from matchmaker.letters.addresses import bounced
from matchmaker.letters.models import Letter

FAILED = "failed"
PERMANENT = "5."  # RFC 3463: a permanent failure


@dataclass(frozen=True)
class Notice:
    """An address that will not take a letter: which one, why, and the Message-ID of ours that came back."""

    address: str
    status: str
    message_id: str


def read_notices(path: Path) -> Iterator[Notice]:
    """The permanent failures among the mail of a Maildir folder or an mbox file. Raises OSError."""
    if not path.exists():
        raise FileNotFoundError(2, "No such file or folder", str(path))
    box: mailbox.Mailbox[mailbox.Message] = (
        mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
    )
    try:
        for message in box:
            yield from notices_of(message)
    finally:
        box.close()


def notices_of(message: Message) -> Iterator[Notice]:
    """What one message says; nothing when it is no notification."""
    parts = list(message.walk())
    message_id = _returned_id(parts)
    for part in parts:
        if part.get_content_type() != "message/delivery-status" or not message_id:
            continue
        for block in part.walk():
            address = str(block.get("Final-Recipient", "")).rpartition(";")[2].strip()
            status = str(block.get("Status", "")).strip()
            is_failed = str(block.get("Action", "")).strip().lower() == FAILED
            if address and is_failed and status.startswith(PERMANENT):
                yield Notice(address, status, message_id)


def note_notice(session: Session, notice: Notice, *, now: datetime) -> bool:
    """Send no more letters to an address; whether it was noted.

    Anybody can write such a notification: only one that returns a letter which we sent to this address is believed.
    """
    letter = session.exec(select(Letter).where(Letter.message_id == notice.message_id)).first()
    if letter is None or letter.sent_at is None:
        return False
    account = None if letter.account_id is None else session.get(Account, letter.account_id)
    sent_to = letter.address if account is None else account.email or ""
    if sent_to.lower() != notice.address.lower():
        return False
    bounced(session, address=notice.address, now=now, status=notice.status)
    return True


def _returned_id(parts: list[Message]) -> str:
    """The local part of the Message-ID of the letter that came back, whole or in headers alone."""
    for part in parts:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _local(part.get_payload(0))
        if part.get_content_type() == "text/rfc822-headers":
            lines = str(part.get_payload()).splitlines()
            found = [line.partition(":")[2] for line in lines if line.lower().startswith("message-id:")]
            return found[0].strip().strip("<>").partition("@")[0] if found else ""
    return ""


def _local(returned: object) -> str:
    name = returned.get("Message-ID", "") if isinstance(returned, Message) else ""
    return str(name).strip().strip("<>").partition("@")[0]
