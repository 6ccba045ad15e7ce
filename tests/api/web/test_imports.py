"""Files in the browser: checked first, wrong rows in place, columns read as one says, imported once; and taken out."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from httpx2 import Response
from sqlmodel import col, select

from api.app import create_app
from api.cookies import csrf_token_of
from api.web.imports import carry_out
from api.wiring import Service
from matchmaker.accounts.models import Acting, Role
from matchmaker.audit.models import AuditEntry
from matchmaker.exchange.uploads import EXPIRY, STALLED, State, new_upload
from matchmaker.profiles.models import Profile
from tests.api.web.conftest import Known
from tests.api.web.persons import Person, at_browser
from tests.api.web.reading import Element, read_html
from tests.factories import NOW, signed_in

HEADER = "tipo;nombre;resumen;idioma;correo"
GOOD = "empresa;Riego Fino;Medimos el riego de parques.;es;hola@riego.example"
BAD = "zapatería;Sin Tipo;Hacemos zapatos.;es;x@y.example"
CITY = Acting(account_id=2, role=Role.CITY)


@dataclass
class Handing:
    """The secretariat at its browser, with a file in hand."""

    service: Service
    person: Person

    def send(self, *lines: str, name: str = "perfiles.csv", **typed: str) -> Response:
        data = {"csrf_token": csrf_token_of(self.person.secret), **typed}
        files = {"file": (name, "\n".join(lines).encode(), "text/csv")}
        return self.person.client.post("/es/desk/import", data=data, files=files)

    def checked(self, *lines: str, **typed: str) -> tuple[str, Element]:
        """Sends a file and reads what its check found."""
        answer = self.send(*lines, **typed)
        assert answer.status_code == 303, answer.text
        address = answer.headers["location"]
        return address, self.person.read(address)

    def names(self) -> list[str]:
        with self.service.database.reading() as session:
            return list(session.exec(select(Profile.name).where(col(Profile.source) != "")).all())


@pytest.fixture
def handing(service: Service, known: Known) -> Handing:
    assert known.firm
    with service.database.transaction() as session:
        secretary = signed_in(session, role=Role.SECRETARIAT)
    return Handing(service, at_browser(create_app(service), service, secretary))


def numbers(page: Element) -> list[str]:
    return [figure.text for figure in page.of_class("numbers")[0].all("dd")]


def test_a_file_is_checked_and_nothing_of_it_is_saved(handing: Handing) -> None:
    before = handing.names()
    _, page = handing.checked(HEADER, GOOD, BAD)
    assert page.of_class("state")[0].text.startswith("Comprobado")
    assert numbers(page) == ["2", "1", "0", "0", "1"]
    assert handing.names() == before


def test_wrong_rows_say_where_what_and_why(handing: Handing) -> None:
    _, page = handing.checked(HEADER, GOOD, BAD)
    cells = [cell.text for cell in page.all("tbody")[0].all("tr")[0].walk() if cell.tag in {"th", "td"}]
    assert cells[:3] == ["3", "tipo", "zapatería"]
    assert cells[3]


def test_it_is_imported_once_and_the_same_file_again_changes_nothing(handing: Handing) -> None:
    address, _ = handing.checked(HEADER, GOOD, BAD)
    page = handing.person.done(f"{address}/run")
    assert page.of_class("state")[0].text == "Importado."
    assert "Riego Fino" in handing.names()
    handing.person.done(f"{address}/run")
    assert handing.names().count("Riego Fino") == 1
    _, again = handing.checked(HEADER, GOOD, BAD)
    assert numbers(again)[1:4] == ["0", "0", "1"]
    with handing.service.database.reading() as session:
        acts = session.exec(select(AuditEntry.act).where(AuditEntry.act == "file.import")).all()
    assert list(acts) == ["file.import"]


def test_a_column_that_was_not_known_is_read_as_its_reader_says(handing: Handing) -> None:
    address, page = handing.checked(
        "tipo;nombre;zzz;idioma", "empresa;Riego Fino;Medimos el riego.;es", kind="profiles"
    )
    fields = {label.text: label["for"] for label in page.all("label")}
    select_of = page.by_id(fields["zzz"])
    offered = [option["value"] for option in select_of.all("option")]
    assert "resumen" in offered
    changed = handing.person.done(f"{address}/check", **{"kind": "profiles", "source": "", fields["zzz"]: "resumen"})
    (chosen,) = changed.by_id(fields["zzz"]).all("option", having=lambda each: each.get("selected") is not None)
    assert chosen["value"] == "resumen"
    handing.person.done(f"{address}/run")
    with handing.service.database.reading() as session:
        row = session.exec(select(Profile).where(Profile.name == "Riego Fino")).one()
    assert row.summary == "Medimos el riego."


@pytest.mark.parametrize(("content", "said"), [("", "vacío"), ("%PDF-1.4 x", "")])
def test_what_is_no_table_is_said(handing: Handing, content: str, said: str) -> None:
    answer = handing.send(content, name="../../x.pdf")
    if answer.status_code == 422:
        assert said in read_html(answer.text).by_id("file-wrong").text
    else:
        page = handing.person.read(answer.headers["location"])
        assert page.one("h1").text == "x.pdf"
        assert page.of_class("notice")


def test_a_form_without_a_file_comes_back_with_what_was_typed(handing: Handing) -> None:
    page = handing.person.refused("/es/desk/import", source="portal")
    assert page.by_id("source")["value"] == "portal"


def test_files_go_after_a_day_or_when_they_are_removed(handing: Handing) -> None:
    first, _ = handing.checked(HEADER, GOOD)
    second, _ = handing.checked(HEADER, GOOD)
    handing.person.done(f"{first}/removal")
    handing.person.read(first, status=404)
    uploads = handing.service.uploads
    assert uploads.drop_expired(NOW + EXPIRY) == 1
    handing.person.read(second, status=404)
    assert not list(uploads.folder.iterdir())


def test_what_broke_off_is_gone_on_with(handing: Handing) -> None:
    address, _ = handing.checked(HEADER, GOOD)
    uploads, key = handing.service.uploads, address.rpartition("/")[2]
    uploads.save(replace(uploads.find(key), state=State.IMPORTING, seen_at=NOW, report=None))
    assert handing.person.read(address).all("progress")
    assert handing.person.refused(f"{address}/run", status=409).of_class("summary")
    uploads.save(replace(uploads.find(key), seen_at=NOW - STALLED - timedelta(seconds=1)))
    assert "Se interrumpió" in handing.person.read(address).of_class("state")[0].text
    handing.person.done(f"{address}/run")
    assert "Riego Fino" in handing.names()


def test_work_on_a_file_that_was_removed_meanwhile_keeps_nothing_of_it(handing: Handing) -> None:
    uploads = handing.service.uploads
    upload = new_upload(name="a.csv", account_id=1, now=NOW, kind="", source="", mapping="")
    with (handing.service.settings.var_directory / "a.csv").open("w+b") as file:
        file.write(HEADER.encode())
        file.seek(0)
        uploads.keep(file, upload)
    carry_out(handing.service, upload.key, dry_run=True)
    assert uploads.find(upload.key).state is State.CHECKED
    uploads.remove(upload.key)
    uploads.save(upload)
    assert uploads.every() == []


def test_a_file_larger_than_a_form_may_be_is_taken_and_one_too_large_is_not(handing: Handing) -> None:
    filler = "\n".join([GOOD] * 5_000)
    assert handing.send(HEADER, filler).status_code == 303
    assert handing.send("x" * (handing.service.settings.max_upload_bytes + 1)).status_code == 413


@pytest.mark.parametrize(("suffix", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("jsonl", b"{")])
def test_all_profiles_are_taken_out_without_addresses(handing: Handing, suffix: str, begins: bytes) -> None:
    answer = handing.person.post("/es/desk/export", format=suffix)
    assert answer.headers["content-disposition"].endswith(f'.{suffix}"')
    assert answer.content.startswith(begins)
    assert b"secreto@fugas.example" not in answer.content


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.ADMINISTRATOR, Role.CITY])
def test_only_the_secretariat_imports_and_exports(handing: Handing, role: Role) -> None:
    with handing.service.database.transaction() as session:
        acting = signed_in(session, role=role)
    other = Handing(handing.service, at_browser(create_app(handing.service), handing.service, acting))
    address, _ = handing.checked(HEADER, GOOD)
    assert other.send(HEADER, GOOD).status_code == 403
    for path in ("/es/desk/import", "/es/desk/export", address):
        assert other.person.client.get(path).status_code == 403
    for path in (f"{address}/run", f"{address}/check", f"{address}/removal", "/es/desk/export"):
        assert other.person.post(path).status_code == 403
