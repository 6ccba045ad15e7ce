"""What callers send that no draft of the domain says already."""

from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.rest import examples
from api.rest.dependencies import LARGEST_NUMBER
from matchmaker.challenges.drafts import NEEDS_AT_MOST, ChallengeDraft, TriedChallenge
from matchmaker.challenges.models import Status
from matchmaker.introductions.drafts import AnswerDraft, OutcomeDraft, PolicyDraft, ProposalDraft
from matchmaker.places.models import TerritoryKind
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.texts import NAME_CHARACTERS, CountryCode, LanguageCode, Name, Words, tidy

Region = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=NAME_CHARACTERS)]
LARGEST_POPULATION = 1_000_000_000  # inhabitants; the largest metropolitan area has forty million


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PostedChallenge(ChallengeDraft):
    """A challenge with the profile that has it; the secretariat may leave the profile out."""

    owner_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)


class EditedNeeds(_Input):
    """The author's own list of needs."""

    needs: list[Words] = Field(min_length=1, max_length=NEEDS_AT_MOST)


class NewStatus(_Input):
    """Where a challenge stands from now on."""

    status: Status


class WrittenText(_Input):
    """A text; its language is detected when it is left out."""

    text: Words
    language: LanguageCode | None = None


class NewTerritory(_Input):
    """A territory that the gazetteer of towns lacks."""

    kind: TerritoryKind
    name: Name
    country: CountryCode
    region: Region = ""
    population: int | None = Field(default=None, ge=1, le=LARGEST_POPULATION)


class Written(_Input):
    """A text that says something."""

    text: Words


class HasMet(_Input):
    """Whether the two have met."""

    has_met: bool


ProfileBody = Annotated[ProfileDraft, Body(openapi_examples=examples.PROFILE)]
ChallengeBody = Annotated[PostedChallenge, Body(openapi_examples=examples.CHALLENGE)]
ChallengeDraftBody = Annotated[ChallengeDraft, Body(openapi_examples=examples.CHALLENGE_DRAFT)]
TriedBody = Annotated[TriedChallenge, Body(openapi_examples=examples.TRIED)]
NeedsBody = Annotated[EditedNeeds, Body(openapi_examples=examples.NEEDS)]
StatusBody = Annotated[NewStatus, Body(openapi_examples=examples.STATUS)]
TextBody = Annotated[WrittenText, Body(openapi_examples=examples.TEXT)]
TerritoryBody = Annotated[NewTerritory, Body(openapi_examples=examples.TERRITORY)]
ProposalBody = Annotated[ProposalDraft, Body(openapi_examples=examples.PROPOSAL)]
AnswerBody = Annotated[AnswerDraft, Body(openapi_examples=examples.ANSWER)]
WrittenBody = Annotated[Written, Body(openapi_examples=examples.WRITTEN)]
HasMetBody = Annotated[HasMet, Body(openapi_examples=examples.HAS_MET)]
OutcomeBody = Annotated[OutcomeDraft, Body(openapi_examples=examples.OUTCOME)]
PolicyBody = Annotated[PolicyDraft, Body(openapi_examples=examples.POLICY)]
