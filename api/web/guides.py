"""Printable guides, one for each role, and invitations to copy into a message."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markdown_it import MarkdownIt
from markupsafe import Markup

from api.web.frames import AskedPage, page
from api.web.views import Page
from matchmaker.errors import NotFoundError

GUIDES = "guides"  # folder of the data
PART = "\n## "  # begins a part
guides = APIRouter(default_response_class=HTMLResponse)


class Reader(StrEnum):
    """For whom a guide is written."""

    CITY = "city"
    SUPPLIER = "supplier"
    EXPERT = "expert"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True)
class GuidePart:
    """A part that is kept on one page of paper. `body` is HTML made of our own text."""

    title: str
    body: Markup


@dataclass(frozen=True)
class Guide:
    """A guide in one language."""

    role: Reader
    title: str
    lead: str
    parts: tuple[GuidePart, ...]


@dataclass(frozen=True)
class GuidesPage(Page):
    """The guides there are."""

    template: ClassVar[str] = "guides.html"
    all: tuple[Guide, ...]


@dataclass(frozen=True)
class GuidePage(Page):
    """One guide, to be read or printed."""

    template: ClassVar[str] = "guide.html"
    guide: Guide


@dataclass(frozen=True)
class InvitationsPage(Page):
    """Texts to copy into a message."""

    template: ClassVar[str] = "invitations.html"
    origin: str


VIEWS: tuple[type[Page], ...] = (GuidesPage, GuidePage, InvitationsPage)


@guides.get("/guides")
def read_guides(asked: AskedPage) -> HTMLResponse:
    """All guides."""
    folder = asked.service.settings.data_directory / GUIDES
    found = tuple(guide_of(folder, role, asked.language) for role in Reader)
    return page(GuidesPage(asked.language, asked.frame("guides"), found))


@guides.get("/guides/{role}")
def read_guide(asked: AskedPage, role: str) -> HTMLResponse:
    """One guide. Raises `address_unknown`."""
    if role not in set(Reader):
        raise NotFoundError("address_unknown")
    folder = asked.service.settings.data_directory / GUIDES
    return page(GuidePage(asked.language, asked.frame("guides"), guide_of(folder, Reader(role), asked.language)))


@guides.get("/invitations")
def read_invitations(asked: AskedPage) -> HTMLResponse:
    """Invitations in the language of the page."""
    return page(InvitationsPage(asked.language, asked.frame("guides"), asked.origin))


@cache
def guide_of(folder: Path, role: Reader, language: str) -> Guide:
    """A guide as its file has it: `data/guides/README.md` says how it is written."""
    text = (folder / language / f"{role}.md").read_text(encoding="utf-8")
    head, *parts = text.split(PART)
    title, _, lead = head.removeprefix("# ").partition("\n")
    return Guide(role, title.strip(), lead.strip(), tuple(_part(part, language) for part in parts))


def _part(text: str, language: str) -> GuidePart:
    title, _, body = text.partition("\n")
    reader = MarkdownIt("commonmark", {"html": False})
    pieces = reader.parse(body)
    for piece in (inner for outer in pieces for inner in outer.children or ()):
        if piece.type == "link_open":
            piece.attrSet("href", f"/{language}{piece.attrGet('href')}")
    made = reader.renderer.render(pieces, reader.options, {})
    return GuidePart(title.strip(), Markup(made))  # noqa: S704 - our own files, and Markdown lets no HTML through
