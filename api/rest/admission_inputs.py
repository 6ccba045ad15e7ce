"""What callers send to membership."""

from datetime import date
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.rest import admission_examples as examples
from api.rest.dependencies import FILTERS_AT_MOST, LARGEST_NUMBER
from matchmaker.membership.states import Answer, CommitteeKind, Outcome
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.texts import CountryCode, Line, Name, Text, Words, tidy

CRITERIA_AT_MOST = 60
LARGEST_POINTS = 1_000
RowNumber = Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
Version = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=20, pattern=r"^[0-9]+(\.[0-9]+)*$")]
Digest = Annotated[str, BeforeValidator(tidy), StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Secret = Annotated[str, BeforeValidator(tidy), StringConstraints(min_length=1, max_length=200)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewApplication(_Input):
    """An agent asks to be admitted."""

    profile_id: RowNumber
    words: Text = ""


class ApplicationWords(_Input):
    """Why the agent wants to belong."""

    words: Text


class NewAppeal(_Input):
    """Why a refusal should be looked at again."""

    words: Words


class Verdict(_Input):
    """A decision or a vote, with its reason."""

    outcome: Outcome
    reason: Words


class Reason(_Input):
    """Why something is done."""

    reason: Words


class ScoreInput(_Input):
    """What an assessor says on one criterion."""

    criterion: Line
    points: int = Field(ge=-LARGEST_POINTS, le=LARGEST_POINTS)
    reason: Words


class NewScores(_Input):
    """What an assessor says on every criterion."""

    scores: list[ScoreInput] = Field(max_length=CRITERIA_AT_MOST)


class NewProcess(_Input):
    """How applications submitted from now on are decided; an empty version means without criteria."""

    criteria_version: Line = ""
    has_assessors: bool = False
    has_committee: bool = False
    reason: Words


class NewAssessor(_Input):
    """Who assesses from now on."""

    account_id: RowNumber


class NewCommittee(_Input):
    """A committee whose seats can be filled."""

    kind: CommitteeKind


class NewSeat(_Input):
    """A person of an agent; the sector is that of the agent's kind."""

    profile_id: RowNumber
    account_id: RowNumber


class NewConstitution(_Input):
    """The act of constitution."""

    constituted_on: date
    text_version: Version


class NewAssembly(_Input):
    """The first assembly, and the version of the text that it approved."""

    held_on: date
    text_version: Version


class WantedOwners(_Input):
    """Whom to invite, of the imported profiles that nobody claimed; empty lists keep all."""

    sources: list[Line] = Field(default_factory=list, max_length=FILTERS_AT_MOST)
    kinds: list[Line] = Field(default_factory=list, max_length=FILTERS_AT_MOST)
    countries: list[CountryCode] = Field(default_factory=list, max_length=FILTERS_AT_MOST)


class SentInvitations(WantedOwners):
    """The same, with the digest of the preview: only what was seen is sent."""

    digest: Digest


class ClaimSecret(_Input):
    """The secret of a letter."""

    secret: Secret


class NewClaim(ClaimSecret):
    """What an owner says. `corrected` sends the whole profile anew; `claimed` and `refused` send none."""

    answer: Answer
    name: Name | None = Field(default=None, description="of the person; the profile's when left out")
    profile: ProfileDraft | None = None


ApplicationBody = Annotated[NewApplication, Body(openapi_examples=examples.APPLICATION)]
ApplicationWordsBody = Annotated[ApplicationWords, Body(openapi_examples=examples.APPLICATION_WORDS)]
AppealBody = Annotated[NewAppeal, Body(openapi_examples=examples.APPEAL)]
VerdictBody = Annotated[Verdict, Body(openapi_examples=examples.VERDICT)]
ReasonBody = Annotated[Reason, Body(openapi_examples=examples.REASON)]
ScoresBody = Annotated[NewScores, Body(openapi_examples=examples.SCORES)]
ProcessBody = Annotated[NewProcess, Body(openapi_examples=examples.PROCESS)]
AssessorBody = Annotated[NewAssessor, Body(openapi_examples=examples.ACCOUNT)]
CommitteeBody = Annotated[NewCommittee, Body(openapi_examples=examples.COMMITTEE)]
SeatBody = Annotated[NewSeat, Body(openapi_examples=examples.SEAT)]
ConstitutionBody = Annotated[NewConstitution, Body(openapi_examples=examples.CONSTITUTION)]
AssemblyBody = Annotated[NewAssembly, Body(openapi_examples=examples.ASSEMBLY)]
WantedOwnersBody = Annotated[WantedOwners, Body(openapi_examples=examples.INVITED)]
SendingBody = Annotated[SentInvitations, Body(openapi_examples=examples.SENDING)]
SecretBody = Annotated[ClaimSecret, Body(openapi_examples=examples.SECRET)]
ClaimBody = Annotated[NewClaim, Body(openapi_examples=examples.CLAIM)]
