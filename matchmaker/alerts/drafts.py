"""What a member asks of an alert, before it becomes a row."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from matchmaker.alerts.models import Frequency
from matchmaker.places.drafts import PlaceDraft
from matchmaker.places.sizes import SizeBand
from matchmaker.texts import CountryCode, LanguageCode, Line, Name

LARGEST_RADIUS_KILOMETRES = 20_000  # half way round the globe
FILTER_VALUES_AT_MOST = 60


class AlertDraft(BaseModel):
    """An alert. Without a text it looks for what the profile itself could answer."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    text: Line = ""
    language: LanguageCode | None = None
    countries: list[CountryCode] = Field(default_factory=list, max_length=FILTER_VALUES_AT_MOST)
    areas: list[Line] = Field(default_factory=list, max_length=20)
    languages: list[LanguageCode] = Field(default_factory=list, max_length=20)
    sizes: list[SizeBand] = Field(default_factory=list, max_length=len(SizeBand))
    place: PlaceDraft | None = None
    radius_kilometres: int | None = Field(default=None, ge=1, le=LARGEST_RADIUS_KILOMETRES)
    frequency: Frequency = Frequency.DAILY

    @model_validator(mode="after")
    def _place_with_radius(self) -> Self:
        if (self.place is None) != (self.radius_kilometres is None):
            raise PydanticCustomError("radius_and_place", "a radius needs a place, and a place a radius")
        return self
