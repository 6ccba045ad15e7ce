"""What is carried to an event, read back by other libraries than those that write it."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import vobject
from httpx2 import Response
from pypdf import PdfReader

CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """A meeting in a calendar."""

    start: datetime
    place: str
    sequence: int
    status: str

    @property
    def is_held(self) -> bool:
        return self.status != CANCELLED


def calendar(answer: Response) -> list[Any]:
    """The events of a calendar, as vobject reads them."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return list(vobject.readOne(answer.text).contents.get("vevent", []))


def entries(answer: Response) -> dict[str, Entry]:
    """The meetings of a calendar by their UID."""
    return {
        each.uid.value: Entry(each.dtstart.value, each.location.value, int(each.sequence.value), each.status.value)
        for each in calendar(answer)
    }


def pages_of(answer: Response) -> list[str]:
    """The words on each page of a PDF."""
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


def text_of(answer: Response) -> str:
    """The words of a PDF."""
    return " ".join(pages_of(answer))
