"""What a member says of something tried, before it becomes a row."""

from pydantic import BaseModel, ConfigDict, Field

from matchmaker.lessons.models import CostBand, Repeat
from matchmaker.places.drafts import LARGEST_NUMBER, PlaceDraft
from matchmaker.profiles.drafts import LATEST_YEAR, OLDEST_YEAR
from matchmaker.texts import LanguageCode, Line, Name, Words


class LessonWords(BaseModel):
    """What is told. Language may be left out: it is then detected."""

    model_config = ConfigDict(extra="forbid")

    language: LanguageCode | None = None
    title: Name
    context: Words
    tried: Words
    result: Words
    is_failure: bool
    cost_band: CostBand = CostBand.NOT_SAID
    would_repeat: Repeat
    year: int | None = Field(default=None, ge=OLDEST_YEAR, le=LATEST_YEAR)
    place: PlaceDraft | None = None
    areas: list[Line] = Field(default_factory=list, max_length=20)

    @property
    def words(self) -> str:
        """All that is said, for detecting the language."""
        return f"{self.title}\n{self.context}\n{self.tried}\n{self.result}"


class LessonDraft(LessonWords):
    """A lesson. A partner is a member by its number, or a name."""

    challenge_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    partner_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    partner_name: Line = ""
