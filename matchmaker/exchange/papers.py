"""A paper that somebody brings (txt, md, docx, pdf, html) read as text, in a process of its own with little of all.

Who sends a file may mean harm: what reads it has no more than `READ_SECONDS` and `READ_MEMORY_BYTES`, and a file that
is too large, locked, or more than it says is refused with what is wrong with it.
"""

import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from matchmaker.errors import InvalidInputError

PAPER_BYTES = 5_000_000  # of a file: a profile of ten pages with pictures
PAPER_CHARACTERS = 60_000  # of its text: about thirty pages; what comes later is left out
PAPER_PAGES = 60  # of a PDF
UNPACKED_BYTES = 40_000_000  # of all parts of a docx
READ_SECONDS = 15  # of a processor, for one file
READ_MEMORY_BYTES = 700_000_000
READER = "matchmaker.exchange.paper_reader"


class PaperKind(StrEnum):
    """What can be read, by the ending of its name."""

    TXT = "txt"
    MD = "md"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


class Refusal(StrEnum):
    """Why a paper is not read."""

    ENCRYPTED = "paper_encrypted"
    TOO_MANY_PAGES = "paper_too_many_pages"
    TOO_LARGE = "paper_too_large"
    UNREADABLE = "paper_unreadable"
    EMPTY = "paper_without_text"


REFUSED = 3
"""What the reading process ends with when it has written a refusal instead of a text."""
ENDINGS = {"markdown": PaperKind.MD, "htm": PaperKind.HTML, "text": PaperKind.TXT}
VALUES = {"megabytes": PAPER_BYTES // 1_000_000, "pages": PAPER_PAGES}


def kind_of(name: str) -> PaperKind:
    """What a file is by its name. Raises `paper_kind_unknown`."""
    ending = Path(name).suffix.lower().lstrip(".")
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending not in set(PaperKind):
        raise InvalidInputError("paper_kind_unknown", field="file", value=ending)
    return PaperKind(ending)


def read_paper(content: bytes, *, name: str) -> str:
    """The text of a file, paragraphs between blank lines, at most `PAPER_CHARACTERS` of it.

    Raises `paper_kind_unknown`, `paper_too_large`, `paper_encrypted`, `paper_too_many_pages`, `paper_unreadable`,
    `paper_without_text`.
    """
    kind = kind_of(name)
    if len(content) > PAPER_BYTES:
        raise _refused(Refusal.TOO_LARGE)
    command = [sys.executable, "-m", READER, kind]
    folder = Path(__file__).parents[2]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file comes by standard input
            command, input=content, capture_output=True, timeout=2 * READ_SECONDS, check=False, cwd=folder
        )
    except subprocess.TimeoutExpired:
        raise _refused(Refusal.UNREADABLE) from None
    said = done.stdout.decode("utf-8", "replace")
    if done.returncode == REFUSED:
        raise _refused(Refusal(said))
    if done.returncode != 0:
        raise _refused(Refusal.UNREADABLE)
    if not any(character.isalpha() for character in said):
        raise _refused(Refusal.EMPTY)
    return said


def _refused(refusal: Refusal) -> InvalidInputError:
    return InvalidInputError(refusal, field="file", **VALUES)
