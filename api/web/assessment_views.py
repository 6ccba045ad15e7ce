"""The views of assessments: those given to the reader, and one with its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.pieces import Choice, Named
from api.web.typed import Typed
from api.web.views import Page


@dataclass(frozen=True)
class AssessmentLine:
    """An application that was given to the reader; `percent` once it is scored."""

    id: int
    application_id: int
    applicant: Named
    assigned_at: datetime
    completed_at: datetime | None
    percent: float | None
    is_open: bool


@dataclass(frozen=True)
class Assessments(Page):
    """What was given to the reader to assess, what waits first."""

    template: ClassVar[str] = "assessments.html"
    waiting: tuple[AssessmentLine, ...]
    others: tuple[AssessmentLine, ...]
    is_first: bool
    next_query: str


@dataclass(frozen=True)
class CriterionAsked:
    """One criterion in the reader's language, with the points that can be chosen."""

    code: str
    name: str
    description: str
    weight: int
    points: tuple[Choice, ...]


@dataclass(frozen=True)
class AssessmentPage(Page):
    """One assessment: what the applicant says, and a score with its reason for every criterion."""

    template: ClassVar[str] = "assessment.html"
    line: AssessmentLine
    kind: str
    spoken: str
    summary: str
    said: str
    lowest: int
    highest: int
    criteria: tuple[CriterionAsked, ...]
    typed: Typed
    done: str


VIEWS: tuple[type[Page], ...] = (Assessments, AssessmentPage)
