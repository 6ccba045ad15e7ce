"""The process that reads one paper: bytes come in, text goes out, and nothing else is within its reach."""

import io
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping

from matchmaker.exchange.papers import (
    PAPER_CHARACTERS,
    PAPER_PAGES,
    READ_MEMORY_BYTES,
    READ_SECONDS,
    REFUSED,
    UNPACKED_BYTES,
    PaperKind,
    Refusal,
)

BETWEEN = "\n\n"
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "blockquote", "div", "section", "tr"}
UNREAD = {"script", "style", "nav", "noscript", "template", "svg", "form", "iframe"}


class RefusedError(Exception):
    """The paper is not read."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def read_plain(content: bytes) -> str:
    """A text file: UTF-8, with or without its mark, else what Windows writes in the West."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_markdown(content: bytes) -> str:
    """A text with marks, without them."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"maxNesting": 20}).parse(read_plain(content))
    parts = [[_said(child.type, child.content) for child in token.children or ()] for token in tokens]
    return BETWEEN.join("".join(pieces) for pieces in parts if pieces)


def read_docx(content: bytes) -> str:
    """A document of a word processor: its paragraphs and the cells of its tables."""
    from docx import Document

    if content[:4] == b"\xd0\xcf\x11\xe0":  # an OLE container: how word processors lock a docx with a password
        raise RefusedError(Refusal.ENCRYPTED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_BYTES:
            raise RefusedError(Refusal.TOO_LARGE)
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise RefusedError(Refusal.ENCRYPTED)
    document = Document(io.BytesIO(content))
    said = [paragraph.text for paragraph in document.paragraphs]
    said += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return BETWEEN.join(text for text in said if text.strip())


def read_pdf(content: bytes) -> str:
    """A PDF, page by page until there is enough; what is only a picture of a text has none."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError(Refusal.ENCRYPTED)
    if reader.get_num_pages() > PAPER_PAGES:
        raise RefusedError(Refusal.TOO_MANY_PAGES)
    said: list[str] = []
    for page in reader.pages:
        said.append(page.extract_text())
        if sum(map(len, said)) > PAPER_CHARACTERS:
            break
    return BETWEEN.join(_unbroken(text) for text in said)


def read_html(content: bytes) -> str:
    """A page of the web: its blocks, without scripts and menus."""
    from lxml import html

    parser = html.HTMLParser(huge_tree=False, encoding="utf-8" if _is_utf8(content) else "cp1252")
    root = html.document_fromstring(content, parser=parser)
    return BETWEEN.join(_blocks(root))


def _said(kind: str, content: str) -> str:
    return "\n" if kind in {"softbreak", "hardbreak"} else content


def _blocks(element: object) -> Iterator[str]:
    """The texts of the innermost blocks."""
    from lxml import etree

    pieces: list[str] = []
    for action, node in etree.iterwalk(element, events=("start", "end", "comment")):
        if action == "comment":
            pieces.append(node.tail or "")
            continue
        name = str(node.tag)
        if action == "start" and (name in BLOCKS or name == "br"):
            yield from _flushed(pieces)
        if action == "start" and not _is_unread(node):
            pieces.append(node.text or "")
        if action == "end":
            if name in BLOCKS:
                yield from _flushed(pieces)
            if node is not element and not any(_is_unread(parent) for parent in node.iterancestors()):
                pieces.append(node.tail or "")
    yield from _flushed(pieces)


def _is_unread(node: object) -> bool:
    tags = {str(getattr(node, "tag", ""))} | {str(parent.tag) for parent in node.iterancestors()}  # type: ignore[attr-defined]
    return bool(tags & (UNREAD | {"head"}))


def _flushed(pieces: list[str]) -> Iterator[str]:
    text = " ".join("".join(pieces).split())
    pieces.clear()
    if text:
        yield text


def _unbroken(text: str) -> str:
    """Lines that a page broke joined again: a line goes on where the next one begins with a small letter."""
    joined: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if joined and joined[-1] and line[:1].islower():
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


READERS: Mapping[PaperKind, Callable[[bytes], str]] = {
    PaperKind.TXT: read_plain,
    PaperKind.MD: read_markdown,
    PaperKind.DOCX: read_docx,
    PaperKind.PDF: read_pdf,
    PaperKind.HTML: read_html,
}


def main() -> int:
    """Read the paper that standard input holds."""
    resource.setrlimit(resource.RLIMIT_CPU, (READ_SECONDS, READ_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (READ_MEMORY_BYTES, READ_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    try:
        text = READERS[PaperKind(sys.argv[1])](sys.stdin.buffer.read())
    except RefusedError as refused:
        sys.stdout.write(refused.refusal)
        return REFUSED
    except Exception:  # noqa: BLE001 - libraries fail in every way on broken files; all mean the same to the reader
        sys.stdout.write(Refusal.UNREADABLE)
        return REFUSED
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.write(text.replace("\x00", "")[:PAPER_CHARACTERS])
    return 0


if __name__ == "__main__":
    sys.exit(main())
