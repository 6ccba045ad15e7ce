"""Papers that people bring: text, marks, documents, pages, PDF; and files that mean harm."""

import io
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from pypdf import PdfWriter

from matchmaker.errors import InvalidInputError
from matchmaker.exchange.papers import PAPER_BYTES, PAPER_CHARACTERS, PAPER_PAGES, UNPACKED_BYTES, read_paper

MARKDOWN = b"# Servicios\n\n- **Fugas** y [redes](https://x.example)\n\nDos\nrenglones"
PAGE = """<html><head><title>Oculto</title><style>a{}</style></head><body><nav>Menú</nav><h1>Servicios</h1>
<p>Buscamos <b>fugas</b> aquí.</p><!-- nada --><ul><li>Uno</li><li>Dos</li></ul><script>alert(1)</script>
Fin</body></html>"""


def docx(*paragraphs: str) -> bytes:
    document, file = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).rows[0].cells[0].text = "En una celda."
    document.save(file)
    return file.getvalue()


def pdf(pages: int, *, password: str = "") -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    if password:
        writer.encrypt(password)
    writer.write(file)
    return file.getvalue()


def one_line_pdf(text: str) -> bytes:
    """The smallest PDF that says something."""
    stream = f"BT /F1 12 Tf 10 50 Td ({text}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table, len(body),
    )  # fmt: skip


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (UNPACKED_BYTES + 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "Buscamos fugas.".encode("utf-8-sig"), "Buscamos fugas."),
        ("a.TXT", "Más allá".encode("cp1252"), "Más allá"),
        ("a.md", MARKDOWN, "Servicios\n\nFugas y redes\n\nDos\nrenglones"),
        ("a.htm", PAGE.encode(), "Servicios\n\nBuscamos fugas aquí.\n\nUno\n\nDos\n\nFin"),
        ("a.docx", docx("Servicios", "", "Buscamos fugas."), "Servicios\n\nBuscamos fugas.\n\nEn una celda."),
        ("a.pdf", one_line_pdf("Buscamos fugas."), "Buscamos fugas."),
    ],
)  # fmt: skip
def test_each_kind_is_read_as_its_text(name: str, content: bytes, said: str) -> None:
    assert read_paper(content, name=name).strip() == said


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [
        ("a.exe", lambda: b"MZ", "paper_kind_unknown"),
        ("noending", lambda: b"x", "paper_kind_unknown"),
        ("a.txt", lambda: b"a" * (PAPER_BYTES + 1), "paper_too_large"),
        ("a.docx", bomb, "paper_too_large"),
        ("a.docx", lambda: b"\xd0\xcf\x11\xe0locked", "paper_encrypted"),
        ("a.pdf", lambda: pdf(1, password="secreto"), "paper_encrypted"),  # noqa: S106  # of a paper made here
        ("a.pdf", lambda: pdf(PAPER_PAGES + 1), "paper_too_many_pages"),
        ("a.pdf", lambda: pdf(1), "paper_without_text"),
        ("a.pdf", lambda: b"%PDF-1.7 and then nothing", "paper_unreadable"),
        ("a.docx", lambda: b"PK no archive", "paper_unreadable"),
        ("a.html", lambda: b"", "paper_unreadable"),
        ("a.txt", lambda: b" 12 - 34 ", "paper_without_text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_wrong(name: str, make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        read_paper(make(), name=name)
    assert refused.value.code == code


def test_an_external_entity_of_a_document_is_not_followed() -> None:
    file = io.BytesIO(docx("Antes."))
    hostile = io.BytesIO()
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(hostile, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(
                    b"<w:document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1
                ).replace(b"Antes.", b"Antes. &e;")
            target.writestr(name, content)
    try:
        said = read_paper(hostile.getvalue(), name="a.docx")
    except InvalidInputError as refused:
        said = refused.code
    assert "root:" not in said


def test_a_long_text_is_read_as_far_as_a_profile_goes() -> None:
    assert len(read_paper(b"palabra " * 20_000, name="a.txt")) == PAPER_CHARACTERS
