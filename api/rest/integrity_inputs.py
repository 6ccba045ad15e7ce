"""What members and the alliance send about signatures, declarations, conflicts and incidents."""

from typing import Annotated, Any

from fastapi import Body
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field

from api.rest.dependencies import LARGEST_NUMBER
from matchmaker.integrity.drafts import INTERESTS_AT_MOST, ConflictDraft, IncidentDraft, InterestDraft
from matchmaker.integrity.models import VERSION_CHARACTERS, Decision, IncidentState, Measure
from matchmaker.texts import Words


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SignedVersion(_Input):
    """The version of the code that is signed."""

    version: str = Field(min_length=1, max_length=VERSION_CHARACTERS, pattern=r"^[0-9.]+$")


class DeclaredInterests(_Input):
    """All interests of a representative; an empty list says that there are none."""

    interests: list[InterestDraft] = Field(max_length=INTERESTS_AT_MOST)


class ConflictDecision(_Input):
    """What is decided on a conflict, and why."""

    decision: Decision
    reason: Words


class NextStep(_Input):
    """Where an incident goes, and why; a measure when it is decided, or closed after an appeal."""

    to: IncidentState
    reason: Words
    measure: Measure | None = None


class Assignment(_Input):
    """Who is to examine an incident."""

    account_id: int = Field(ge=1, le=LARGEST_NUMBER)


def _example(summary: str, value: dict[str, Any]) -> dict[str, Example]:
    return {"example": Example(summary=summary, value=value)}


SIGNED = _example("The version in force", {"version": "2026.1"})
DECLARED = _example(
    "A contract in progress, and a seat on a board",
    {
        "interests": [
            {"nature": "contract_in_progress", "with_profile_id": 2, "since": "2026-03-01", "until": "2027-06-30"},
            {"nature": "advisory", "with_name": "Fundación Aguas Claras"},
        ]
    },
)
CONFLICT = _example("A mayor's family firm", {"with_profile_id": 2, "nature": "family"})
DECISION = _example(
    "Confirmed", {"decision": "confirmed", "reason": "El registro mercantil muestra al mismo representante legal."}
)
INCIDENT = _example(
    "A claim that is not true",
    {
        "about_id": 2,
        "article": "honest_words",
        "text": "En su perfil figura una obra que hicimos nosotros; adjuntaremos el acta si la piden.",
        "is_protected": True,
    },
)
STEP = _example("Decided", {"to": "decided", "reason": "Corrigió el perfil ese mismo día.", "measure": "warning"})
ASSIGNMENT = _example("Another member of the committee", {"account_id": 3})

SignedBody = Annotated[SignedVersion, Body(openapi_examples=SIGNED)]
DeclaredBody = Annotated[DeclaredInterests, Body(openapi_examples=DECLARED)]
ConflictBody = Annotated[ConflictDraft, Body(openapi_examples=CONFLICT)]
DecisionBody = Annotated[ConflictDecision, Body(openapi_examples=DECISION)]
IncidentBody = Annotated[IncidentDraft, Body(openapi_examples=INCIDENT)]
StepBody = Annotated[NextStep, Body(openapi_examples=STEP)]
AssignmentBody = Annotated[Assignment, Body(openapi_examples=ASSIGNMENT)]
