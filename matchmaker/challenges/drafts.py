"""What an author says of a challenge, before it becomes rows."""

from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from matchmaker.challenges.models import Audience, BudgetBand, Procurement
from matchmaker.places.drafts import PlaceDraft
from matchmaker.texts import LanguageCode, Line, Name, Text, Title, Words

NEEDS_AT_MOST = 12


def _each_once(needs: list[str]) -> list[str]:
    """Needs in their order, each once, however it is spelt: said twice it would weigh twice."""
    return list({" ".join(need.casefold().split()): need for need in reversed(needs)}.values())[::-1]


Needs = Annotated[list[Words], Field(max_length=NEEDS_AT_MOST), AfterValidator(_each_once)]
"""What an author asks for: so many at most, every one with words, none twice."""


def _check_dates(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise PydanticCustomError("dates_out_of_order", "the challenge ends before it starts")


class ChallengeDraft(BaseModel):
    """A challenge. Language and needs may be left out: they are then detected and split, and can be corrected."""

    model_config = ConfigDict(extra="forbid")

    external_id: Line | None = None
    language: LanguageCode | None = None
    title: Name
    description: Words
    expected_benefit: Text = ""
    beneficiaries: Text = ""
    place: PlaceDraft | None = None
    areas: list[Line] = Field(default_factory=list, max_length=20)
    principles: list[Line] = Field(default_factory=list, max_length=20)
    budget_band: BudgetBand = BudgetBand.UNDECIDED
    starts_on: date | None = None
    ends_on: date | None = None
    procurement: Procurement = Procurement.NONE
    needs: Needs | None = None
    buyer: Line = ""
    url: Line = ""
    audience: Audience | None = Field(
        default=None, description="who may read it; left out, members do, and an edit leaves it as it is"
    )

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        _check_dates(self.starts_on, self.ends_on)
        return self

    @property
    def words(self) -> str:
        """All that is said, for detecting the language."""
        return "\n".join(piece for piece in (self.title, self.description, self.expected_benefit) if piece)


class Sketch(BaseModel):
    """Some of what an author says of a challenge, as far as it is written: what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    language: LanguageCode | None = None
    title: Title = ""
    description: Text = ""
    expected_benefit: Text = ""
    beneficiaries: Text = ""
    place: PlaceDraft | None = None
    areas: list[Line] = Field(default_factory=list, max_length=20)
    principles: list[Line] = Field(default_factory=list, max_length=20)
    budget_band: BudgetBand = BudgetBand.UNDECIDED
    starts_on: date | None = None
    ends_on: date | None = None
    procurement: Procurement = Procurement.NONE
    needs: Needs | None = Field(default=None, description="empty: they are split from the description")
    audience: Audience = Audience.MEMBERS

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        _check_dates(self.starts_on, self.ends_on)
        return self


class TriedChallenge(ChallengeDraft):
    """A challenge that is tried without being saved: a text is enough."""

    title: Line = ""


class NeedsDraft(BaseModel):
    """The author's own list of needs."""

    model_config = ConfigDict(extra="forbid")

    needs: Needs = Field(min_length=1)
