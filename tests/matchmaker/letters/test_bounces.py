"""Mail that came back is believed when it returns a letter of ours."""

import mailbox
from email import message_from_string
from pathlib import Path

import pytest

from matchmaker.letters.actions import write_letter
from matchmaker.letters.addresses import silences
from matchmaker.letters.bounces import Notice, note_notice, notices_of, read_notices
from matchmaker.store.database import Database
from tests.factories import NOW
from tests.letters import account

RETURNED = """\
Content-Type: {kind}

Message-ID: <{message_id}@alianza.example>
Subject: Una propuesta espera su respuesta

"""
NOTICE = """\
From: MAILER-DAEMON@mail.example
To: cartas@alianza.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

--b
{returned}
--b--
"""


def notice(
    address: str = "Ana@Ciudad.example", *, action: str = "failed", status: str = "5.1.1", message_id: str = "abc",
    kind: str = "message/rfc822",
) -> str:  # fmt: skip
    returned = RETURNED.format(kind=kind, message_id=message_id) if message_id else "Content-Type: text/plain\n\nx"
    return NOTICE.format(address=address, action=action, status=status, returned=returned)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_permanent_failure_names_address_reason_and_letter(kind: str) -> None:
    assert list(notices_of(message_from_string(notice(kind=kind)))) == [Notice("Ana@Ciudad.example", "5.1.1", "abc")]


@pytest.mark.parametrize(
    "text",
    [
        notice(action="delayed", status="4.4.1"),
        notice(status="4.2.2"),
        notice(action="delivered", status="2.0.0"),
        notice(message_id=""),
        "From: ana@ciudad.example\nSubject: Hola\n\nFinal-Recipient: rfc822; ana@ciudad.example\n",
        "",
    ],
)
def test_what_is_no_permanent_failure_is_passed_over(text: str) -> None:
    assert list(notices_of(message_from_string(text))) == []


def test_both_forms_of_mail_folders_are_read(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "mbox")
    folder = mailbox.Maildir(tmp_path / "maildir")
    for kept in (box, folder):
        kept.add(notice())
        kept.add("Subject: Hola\n\nHola")
        kept.close()
    assert len(list(read_notices(tmp_path / "mbox"))) == len(list(read_notices(tmp_path / "maildir"))) == 1
    with pytest.raises(FileNotFoundError):
        list(read_notices(tmp_path / "nowhere"))


def test_only_a_letter_that_we_sent_to_this_address_is_believed(database: Database) -> None:
    with database.transaction() as session:
        row = account(session)
        letter = write_letter(session, kind="alert_digest", account_id=row.id, now=NOW)
        assert letter is not None
        ours = letter.message_id
        assert not note_notice(session, Notice("ana@ciudad.example", "5.1.1", ours), now=NOW)
        letter.sent_at = NOW
        session.add(letter)
        session.flush()
        assert not note_notice(session, Notice("ana@ciudad.example", "5.1.1", "forged"), now=NOW)
        assert not note_notice(session, Notice("luis@firma.example", "5.1.1", ours), now=NOW)
        assert silences(session, ["ana@ciudad.example", "luis@firma.example"]) == {}
        assert note_notice(session, Notice("Ana@Ciudad.example", "5.1.1", ours), now=NOW)
        assert silences(session, ["ana@ciudad.example"]) == {"ana@ciudad.example": "bounced"}
