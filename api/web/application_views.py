"""The view of an application."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class DecisionShown:
    """What was decided in a round, by whom, and why."""

    round: str
    outcome: str
    body: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True)
class AssessedShown:
    """What an assessor said: points and reason by the name of the criterion."""

    id: int
    is_own: bool
    may_replace: bool
    percent: float | None
    scores: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class ApplicationPage(Page):
    """An application. `acts`: what the reader may do now. `is_own`: the reader speaks for the applicant."""

    template: ClassVar[str] = "application.html"
    id: int
    applicant: Named
    kind: str
    spoken: str
    summary: str
    is_own: bool
    may_open: bool
    state: str
    submitted_at: datetime | None
    said: str
    decisions: tuple[DecisionShown, ...]
    assessed: tuple[AssessedShown, ...]
    appeal: str
    appealed_at: datetime | None
    appeal_until: datetime | None
    acts: frozenset[str]
    verdicts: tuple[Choice, ...]
    typed: Typed
    edited: Typed
    done: str
    is_queued: bool
    confirms: str  # the verdict that is looked at once more


VIEWS: tuple[type[Page], ...] = (ApplicationPage,)
