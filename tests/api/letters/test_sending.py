"""Letters handed to a real mail server, or left in a folder."""

import re
import stat
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from api.letters.postmen import folder_of
from api.letters.sending import countries_of
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.letters.actions import write_letter
from matchmaker.letters.addresses import silences
from matchmaker.letters.delivery import Delivered
from matchmaker.letters.models import Letter, LetterHabits
from tests.api.conftest import NewService
from tests.api.letters.conftest import MailServer, ask_for, left, running, send_plain, text_of
from tests.factories import NOW, saved_profile
from tests.letters import account
from tests.smtp_server import PASSWORD, USER


def test_a_letter_reaches_the_mail_server_whole(by_mail: Service, mail_server: MailServer) -> None:
    ask_for(by_mail, "application_received")
    assert send_plain(by_mail) == Delivered(sent=1)
    assert send_plain(by_mail) == Delivered()
    (message,) = mail_server.taken()
    with by_mail.database.reading() as session:
        letter = session.exec(select(Letter)).one()
    assert message["Message-ID"] == f"<{letter.message_id}@alianza.example>"
    assert (message["X-Taken-For"], message["To"]) == ("ana@ciudad.example", "ana@ciudad.example")
    assert message["From"] == "Alianza Smart LATAM <cartas@alianza.example>"
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("es", "auto-generated")
    assert message["Subject"] == "Recibimos su solicitud"
    assert "Gracias por querer formar parte" in text_of(message)
    assert message.get_content_type() == "multipart/alternative"


def test_the_address_to_unsubscribe_arrives_as_programs_read_it(by_mail: Service, mail_server: MailServer) -> None:
    ask_for(by_mail, "alert_digest")
    send_plain(by_mail)
    (path,) = mail_server.folder.glob("*.eml")
    lines = path.read_bytes().split(b"\r\n")
    (address,) = [line for line in lines if line.startswith(b"List-Unsubscribe:")]
    assert re.fullmatch(rb"List-Unsubscribe: <https://alianza\.example/v1/answers/[\w.-]{80,}>", address)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert max(map(len, lines)) <= 998


def test_an_address_that_the_mail_server_does_not_know_is_noted(by_mail: Service, mail_server: MailServer) -> None:
    with by_mail.database.transaction() as session:
        for name in ("nobody@ciudad.example", "later@ciudad.example", "ana@ciudad.example"):
            row = account(session, name)
            write_letter(session, kind="application_received", account_id=row.id, now=NOW)
    assert send_plain(by_mail) == Delivered(sent=1, put_off=1, given_up=1)
    assert [message["To"] for message in mail_server.taken()] == ["ana@ciudad.example"]
    with by_mail.database.reading() as session:
        assert silences(session, ["nobody@ciudad.example", "later@ciudad.example"]) == {
            "nobody@ciudad.example": "bounced"
        }
        assert {letter.remark for letter in session.exec(select(Letter)).all()} == {
            "", "address_refused", "address_refused_450"
        }  # fmt: skip


def test_a_mail_server_that_is_away_loses_nothing(new_service: NewService, mail_server: MailServer) -> None:
    away = new_service(smtp_host="127.0.0.1", smtp_port=9, smtp_security="none")
    ask_for(away, "application_received")
    assert send_plain(away) == Delivered(put_off=1)
    back = Service(
        away.settings.model_copy(update={"smtp_port": mail_server.port}), clock=lambda: NOW + timedelta(minutes=1)
    )
    assert send_plain(back) == Delivered(sent=1)
    assert len(mail_server.taken()) == 1
    back.close()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_no_letter_and_no_password_is_sent_in_the_open_when_encryption_was_asked_for(
    new_service: NewService, mail_server: MailServer, security: str
) -> None:
    service = new_service(
        smtp_host="127.0.0.1",
        smtp_port=mail_server.port,
        smtp_security=security,
        smtp_user=USER,
        smtp_password=PASSWORD,
    )
    ask_for(service, "application_received")
    assert send_plain(service) == Delivered(put_off=1)
    assert mail_server.taken() == []


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, in one file, signed by itself."""
    path = tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*made, "-keyout", path, "-out", tmp_path / "public.pem"], check=True, capture_output=True)
    path.write_text(path.read_text(encoding="ascii") + (tmp_path / "public.pem").read_text(encoding="ascii"), "ascii")
    return path


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_encrypted_and_with_a_password_to_a_server_that_proves_who_it_is(
    new_service: NewService, certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    with running(tmp_path / "taken", security, str(certificate)) as server:
        service = new_service(
            smtp_host="127.0.0.1", smtp_port=server.port, smtp_security=security, smtp_user=USER, smtp_password=PASSWORD
        )
        ask_for(service, "application_received")
        assert send_plain(service) == Delivered(put_off=1)  # nobody vouches for the certificate
        assert server.taken() == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "public.pem"))
        later = Service(service.settings, clock=lambda: NOW + timedelta(minutes=1))
        assert send_plain(later) == Delivered(sent=1)
        assert len(server.taken()) == 1
        later.close()


def test_without_a_mail_server_letters_are_files_for_the_operator_alone(by_folder: Service) -> None:
    ask_for(by_folder, "application_received")
    send_plain(by_folder)
    folder = folder_of(by_folder.settings)
    with by_folder.database.reading() as session:
        letter = session.exec(select(Letter)).one()
    (path,) = folder.iterdir()
    assert path.name == f"{letter.message_id}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert left(by_folder)[0]["Subject"] == "Recibimos su solicitud"


def test_a_letter_sent_again_is_the_same_file(by_folder: Service) -> None:
    ask_for(by_folder, "application_received")
    send_plain(by_folder)
    with by_folder.database.transaction() as session:
        letter = session.exec(select(Letter)).one()
        letter.state = "waiting"
        session.add(letter)
    send_plain(by_folder)
    assert len(left(by_folder)) == 1


def test_the_country_of_an_account_is_that_of_its_member(by_folder: Service) -> None:
    with by_folder.database.transaction() as session:
        numbers = [account(session, address).id or 0 for address in ("a@a.example", "b@b.example")]
        acting = Acting(numbers[0], Role.CITY)
        saved_profile(session, acting=acting, place={"name": "Curitiba", "country": "BR"})
        saved_profile(session, acting=acting)
        assert countries_of(session, numbers) == {numbers[0]: "BR"}


def test_a_reader_in_the_quiet_hours_of_its_country_is_left_in_peace(by_folder: Service) -> None:
    night = Service(by_folder.settings, clock=lambda: NOW.replace(hour=23))  # 20:00 in Curitiba, 18:00 in Bogotá
    with by_folder.database.transaction() as session:
        for address, place in (("a@a.example", "Curitiba"), ("b@b.example", "Sogamoso")):
            row = account(session, address)
            country = {"Curitiba": "BR", "Sogamoso": "CO"}[place]
            saved_profile(session, acting=Acting(row.id, Role.CITY), place={"name": place, "country": country})
            write_letter(session, kind="application_received", account_id=row.id, now=NOW)
    assert send_plain(night) == Delivered(sent=1)
    assert [message["To"] for message in left(night)] == ["b@b.example"]
    night.close()


def test_several_letters_become_one_with_a_heading_for_each(by_folder: Service) -> None:
    def write_all(session: Session, number: int) -> None:
        for kind in ("application_received", "introduction_expired", "alert_digest"):
            write_letter(session, kind=kind, account_id=number, now=NOW)

    ask_for(by_folder, "", write_all)
    assert send_plain(by_folder) == Delivered(sent=1)
    (message,) = left(by_folder)
    said = text_of(message)
    assert message["Subject"] == "3 novedades para usted"
    titles = {"Recibimos su solicitud", "Terminó el plazo de una propuesta", "Novedades de su alerta"}
    assert titles <= set(said.splitlines())
    assert said.count("Hola, Ana:") == 1


def test_habits_of_the_reader_are_kept(by_folder: Service) -> None:
    number = ask_for(by_folder, "alert_digest")
    with by_folder.database.transaction() as session:
        session.add(LetterHabits(account_id=number, unwanted=["alerts"]))
    assert send_plain(by_folder) == Delivered()
    assert left(by_folder) == []
