"""What members say of mentoring, before it becomes rows."""

from pydantic import BaseModel, ConfigDict, Field

from matchmaker.places.drafts import LARGEST_NUMBER
from matchmaker.texts import LanguageCode, Line, Text, Words

HOURS_AT_MOST = 160  # a month of full working days


class MentorOfferDraft(BaseModel):
    """What a member helps with: areas of the taxonomy, languages, hours a month."""

    model_config = ConfigDict(extra="forbid")

    areas: list[Line] = Field(min_length=1, max_length=20)
    languages: list[LanguageCode] = Field(min_length=1, max_length=20)
    hours_a_month: int = Field(ge=1, le=HOURS_AT_MOST)
    text: Text = ""
    is_paused: bool = False


class MentoringDraft(BaseModel):
    """A request for hours of a mentor, for one challenge or in general."""

    model_config = ConfigDict(extra="forbid")

    mentor_id: int = Field(ge=1, le=LARGEST_NUMBER)
    mentee_id: int = Field(ge=1, le=LARGEST_NUMBER)
    challenge_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    hours_a_month: int = Field(ge=1, le=HOURS_AT_MOST)
    message: Words
