"""Views of pages on trust: the code of ethics, interests, and invitations to claim a profile."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class ArticleShown:
    """One rule of the code."""

    title: str
    text: str


@dataclass(frozen=True)
class Ethics(Page):
    """The code in force, and where a member stands with it."""

    template: ClassVar[str] = "ethics.html"
    member: Named
    title: str
    version: str
    is_provisional: bool
    preamble: str
    articles: tuple[ArticleShown, ...]
    state: str
    due_at: datetime
    signed_at: datetime | None


@dataclass(frozen=True)
class InterestShown:
    """A tie that was declared."""

    nature: str
    name: str
    is_past: bool


@dataclass(frozen=True)
class Declaration(Page):
    """One's declarations for a member, and a form for the next."""

    template: ClassVar[str] = "declaration.html"
    member: Named
    state: str
    ends_at: datetime | None
    declared_at: datetime | None
    interests: tuple[InterestShown, ...]
    typed: Typed
    natures: tuple[tuple[Choice, ...], ...]
    done: str


@dataclass(frozen=True)
class Claim(Page):
    """An invitation as its owner reads it before answering."""

    template: ClassVar[str] = "claim.html"
    secret: str
    profile: Named
    kind: str
    spoken: str
    summary: str
    paragraphs: tuple[str, ...]
    offers: tuple[str, ...]
    typed: Typed


@dataclass(frozen=True)
class Claimed(Page):
    """What became of an imported profile."""

    template: ClassVar[str] = "claimed.html"
    is_refused: bool
    has_application: bool


VIEWS: tuple[type[Page], ...] = (Ethics, Declaration, Claim, Claimed)
