"""What callers send that no draft of the domain says already."""

from typing import Annotated, Literal

from fastapi import Body
from pydantic import BaseModel, ConfigDict, Field

from api.rest import examples
from api.rest.dependencies import LARGEST_NUMBER
from matchmaker.challenges.drafts import ChallengeDraft, NeedsDraft, Sketch, TriedChallenge
from matchmaker.challenges.models import Status
from matchmaker.introductions.drafts import AnswerDraft, OutcomeDraft, OutcomeLessonDraft, PolicyDraft, ProposalDraft
from matchmaker.matching.shortlist import NoteDraft
from matchmaker.places.drafts import TerritoryDraft
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.texts import LanguageCode, Words


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PostedChallenge(ChallengeDraft):
    """A challenge with the profile that has it; the secretariat may leave the profile out."""

    owner_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)


class NewSketch(Sketch):
    """A draft with the profile that has it."""

    owner_id: int = Field(ge=1, le=LARGEST_NUMBER)


class Named(_Input):
    """A member."""

    profile_id: int = Field(ge=1, le=LARGEST_NUMBER)


class Agrees(_Input):
    """Whether a member will."""

    agrees: bool


class NewStatus(_Input):
    """Where a challenge stands from now on; to open a draft is to post it."""

    status: Literal[Status.OPEN, Status.CLOSED, Status.WITHDRAWN]


class WrittenText(_Input):
    """A text; its language is detected when it is left out."""

    text: Words
    language: LanguageCode | None = None


class Written(_Input):
    """A text that says something."""

    text: Words


class HasMet(_Input):
    """Whether the two have met."""

    has_met: bool


ProfileBody = Annotated[ProfileDraft, Body(openapi_examples=examples.PROFILE)]
ChallengeBody = Annotated[PostedChallenge, Body(openapi_examples=examples.CHALLENGE)]
ChallengeDraftBody = Annotated[ChallengeDraft, Body(openapi_examples=examples.CHALLENGE_DRAFT)]
NewSketchBody = Annotated[NewSketch, Body(openapi_examples=examples.NEW_SKETCH)]
SketchBody = Annotated[Sketch, Body(openapi_examples=examples.SKETCH)]
NamedBody = Annotated[Named, Body(openapi_examples=examples.NAMED)]
AgreesBody = Annotated[Agrees, Body(openapi_examples=examples.AGREES)]
NoteBody = Annotated[NoteDraft, Body(openapi_examples=examples.NOTE)]
TriedBody = Annotated[TriedChallenge, Body(openapi_examples=examples.TRIED)]
NeedsBody = Annotated[NeedsDraft, Body(openapi_examples=examples.NEEDS)]
StatusBody = Annotated[NewStatus, Body(openapi_examples=examples.STATUS)]
TextBody = Annotated[WrittenText, Body(openapi_examples=examples.TEXT)]
TerritoryBody = Annotated[TerritoryDraft, Body(openapi_examples=examples.TERRITORY)]
ProposalBody = Annotated[ProposalDraft, Body(openapi_examples=examples.PROPOSAL)]
AnswerBody = Annotated[AnswerDraft, Body(openapi_examples=examples.ANSWER)]
WrittenBody = Annotated[Written, Body(openapi_examples=examples.WRITTEN)]
HasMetBody = Annotated[HasMet, Body(openapi_examples=examples.HAS_MET)]
OutcomeBody = Annotated[OutcomeDraft, Body(openapi_examples=examples.OUTCOME)]
OutcomeLessonBody = Annotated[OutcomeLessonDraft, Body(openapi_examples=examples.OUTCOME_LESSON)]
PolicyBody = Annotated[PolicyDraft, Body(openapi_examples=examples.POLICY)]
