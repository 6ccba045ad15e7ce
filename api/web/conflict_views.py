"""The view of a conflict of interest."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class GroundShown:
    """Why: a tie that a member declared, or what the service found; then `by` is empty."""

    code: str
    by: str
    is_found: bool
    until: date | None
    added_at: datetime


@dataclass(frozen=True)
class ConflictPage(Page):
    """A conflict as the alliance's own people read it. One no longer shown to the reader has no name."""

    template: ClassVar[str] = "conflict.html"
    id: int
    parties: tuple[Named | None, Named | None]
    state: str
    reason: str
    decided_at: datetime | None
    has_news: bool
    grounds: tuple[GroundShown, ...]
    may_decide: bool
    decisions: tuple[Choice, ...]
    typed: Typed
    done: str
    is_queued: bool


VIEWS: tuple[type[Page], ...] = (ConflictPage,)
