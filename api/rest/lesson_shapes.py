"""Lessons as answers."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel

from api.rest.explained import LIKENESS_DECIMALS, agent_shape, reasons_fields
from api.rest.reasons import AgentShape, ReasonsShape
from api.rest.shapes import PlaceShape, place_shape, plain_fields
from api.rest.warnings import Warned, language_warnings
from matchmaker.languages import WorkingLanguage
from matchmaker.lessons.queries import FullLesson
from matchmaker.matching.lessons import FoundLesson


class LessonLine(BaseModel):
    """A lesson in a list. `origin` is `outcome` when both sides of an introduction had confirmed what it tells."""

    id: int
    author: AgentShape
    origin: str
    state: str
    language: str
    title: str
    is_failure: bool
    cost_band: str
    would_repeat: str
    year: int | None
    place: PlaceShape | None
    areas: list[str]
    version: int
    updated_at: datetime


class LessonShape(LessonLine):
    """A whole lesson. `partner` is a member that agreed to be named; `partner_name` one that is no member.

    `asked` is a member that has not answered yet: the author and that member alone read it.
    """

    challenge_id: int | None
    partner: AgentShape | None
    asked: AgentShape | None
    partner_name: str
    context: str
    tried: str
    result: str
    taxonomy_version: str
    created_at: datetime
    warnings: list[Warned]


class FoundLessonShape(ReasonsShape):
    """A lesson with the sentences that speak of each need; likeness in standard deviations."""

    lesson: LessonLine
    likeness: float


class FoundLessonsShape(BaseModel):
    """Lessons of others, the nearest first."""

    lessons: list[FoundLessonShape]


def lesson_line(full: FullLesson) -> LessonLine:
    """A lesson in a list."""
    return LessonLine.model_validate(plain_fields(full.lesson, LessonLine) | _named(full))


def lesson_shape(full: FullLesson, language: WorkingLanguage) -> LessonShape:
    """A whole lesson, with warnings in `language`."""
    parts = {
        "challenge_id": full.challenge_id,
        "partner": None if full.partner is None else agent_shape(full.partner),
        "asked": None if full.asked is None else agent_shape(full.asked),
        "warnings": language_warnings(full.lesson.language, language),
    }
    return LessonShape.model_validate(plain_fields(full.lesson, LessonShape) | _named(full) | parts)


def found_lessons(found: Sequence[FoundLesson], needs: Sequence[str]) -> list[FoundLessonShape]:
    """Lessons as they are shown beside peers."""
    return [
        FoundLessonShape.model_validate(
            reasons_fields(one.reasons, one.circumstances, needs)
            | {"lesson": lesson_line(one.full), "likeness": round(one.likeness, LIKENESS_DECIMALS)}
        )
        for one in found
    ]


def _named(full: FullLesson) -> dict[str, object]:
    return {"author": agent_shape(full.author), "place": place_shape(full.lesson)}
