"""What members learned, in their own words."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index
from sqlmodel import Field

from matchmaker.places.models import Located
from matchmaker.store.database import UtcDateTime
from matchmaker.texts import LINE_CHARACTERS, NAME_CHARACTERS


class Origin(StrEnum):
    """How a lesson came to be."""

    OUTCOME = "outcome"  # both sides of an introduction had confirmed what it tells
    FREE = "free"  # the member tells it by itself


class LessonState(StrEnum):
    """Whether its author shows it."""

    SHOWN = "shown"
    WITHDRAWN = "withdrawn"


class CostBand(StrEnum):
    """What was spent in all, in thousands of US dollars."""

    NOT_SAID = "not_said"
    NONE = "none"
    UNDER_25K = "under_25k"
    FROM_25K = "25k_100k"
    FROM_100K = "100k_500k"
    OVER_500K = "over_500k"


class Repeat(StrEnum):
    """Whether the author would do it again."""

    YES = "yes"
    WITH_CHANGES = "with_changes"
    NO = "no"


class Lesson(Located, table=True):
    """What was tried on which challenge, where, with whom, and what came of it. A failure is worth as much."""

    __tablename__ = "lesson"
    __table_args__ = (Index("ix_lesson_list", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="profile.id", index=True, ondelete="CASCADE")
    challenge_id: int | None = Field(default=None, foreign_key="challenge.id", ondelete="SET NULL")
    partner_id: int | None = Field(default=None, foreign_key="profile.id", index=True, ondelete="SET NULL")
    partner_agreed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # until then its name is not shown
    origin: str = Field(default=Origin.FREE, max_length=20)
    state: str = Field(default=LessonState.SHOWN, max_length=20)
    language: str = Field(max_length=3)
    title: str = Field(max_length=NAME_CHARACTERS)
    context: str
    tried: str
    result: str
    unnamed_id: int | None = Field(default=None)  # a member that took its name off: not to be named again
    partner_name: str = Field(default="", max_length=LINE_CHARACTERS)  # who is no member
    is_failure: bool = Field(default=False)
    cost_band: str = Field(default=CostBand.NOT_SAID, max_length=20)
    would_repeat: str = Field(max_length=20)
    year: int | None = None
    areas: list[str] = Field(default_factory=list, sa_type=JSON)
    taxonomy_version: str = Field(default="", max_length=20)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
