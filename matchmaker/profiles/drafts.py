"""What a person or a file says of an agent, before it becomes rows."""

from collections.abc import Collection
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from matchmaker.places.drafts import PlaceDraft
from matchmaker.profiles.models import Profile
from matchmaker.texts import CountryCode, LanguageCode, Line, Name, Text

ANYWHERE = "*"
OLDEST_YEAR, LATEST_YEAR = 1900, 2100
UNSHOWN = ("email", "registration_number", "address")
"""Fields that no answer and no export shows: a later save that leaves them out leaves them as they are."""
OFFERS_AT_MOST = 30
EXPERIENCE_AT_MOST = 200
Reach = CountryCode | Annotated[str, StringConstraints(pattern=r"^\*$|^[A-Z_]{5,20}$")]
"""A country, a macro-region of the gazetteer (`ANDEAN`), or anywhere (`*`)."""


class _Draft(BaseModel):
    model_config = ConfigDict(extra="forbid")


class OfferDraft(_Draft):
    """One thing the agent can do."""

    title: Line = ""
    text: Text


class ExperienceDraft(_Draft):
    """Something the agent did."""

    title: Line = ""
    place: PlaceDraft | None = None
    year: int | None = Field(default=None, ge=OLDEST_YEAR, le=LATEST_YEAR)
    text: Text = ""
    result: Text = ""
    for_whom: Text = ""


class FactDraft(_Draft):
    """A true sentence on the place, with the public source that says so."""

    text: Line
    source: Line


class ProfileDraft(_Draft):
    """A whole profile. Language may be left out: it is then detected and can be corrected."""

    external_id: Line | None = None
    kind: Line
    name: Name
    language: LanguageCode | None = None
    summary: Text = ""
    description: Text = ""
    offers: list[OfferDraft] = Field(default_factory=list, max_length=OFFERS_AT_MOST)
    experience: list[ExperienceDraft] = Field(default_factory=list, max_length=EXPERIENCE_AT_MOST)
    languages: list[LanguageCode] = Field(default_factory=list, max_length=20)
    place: PlaceDraft | None = None
    delivery_area: list[Reach] = Field(default_factory=list, max_length=260)
    areas: list[Line] = Field(default_factory=list, max_length=20)
    website: Line = ""
    email: Line = ""
    registration_number: Line = ""
    address: Line = ""
    facts: list[FactDraft] = Field(default_factory=list, max_length=20)

    @property
    def words(self) -> str:
        """All that is said, for detecting the language."""
        offers = [piece for offer in self.offers for piece in (offer.title, offer.text)]
        done = [piece for item in self.experience for piece in (item.title, item.text, item.result, item.for_whom)]
        return "\n".join(piece for piece in (self.summary, self.description, *offers, *done) if piece)


def keeping(draft: ProfileDraft, row: Profile, *, given: Collection[str]) -> ProfileDraft:
    """The draft with what `row` has in those fields that nobody is shown and that were not given."""
    return draft.model_copy(update={name: getattr(row, name) for name in UNSHOWN if name not in given})
