"""What the API says of rights that somebody used and of disclosures, and what callers send."""

from datetime import datetime
from typing import Annotated

from fastapi import Body, Query
from pydantic import BaseModel, ConfigDict

from api.rest.dependencies import LARGEST_NUMBER
from api.rest.examples import example
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Request, Right, State, Subject
from matchmaker.rights.rules import is_overdue
from matchmaker.texts import Text


class NextState(BaseModel):
    """Where a request goes, and why; the person reads the reason in a letter."""

    model_config = ConfigDict(extra="forbid")

    to: State
    reason: Text = ""


class RequestShape(BaseModel):
    """A request and where it stands. `law` is empty where the rule of the alliance holds."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    right: Right
    subject: Subject
    subject_id: int
    asked_by_id: int | None
    channel: str
    showing_id: int | None
    words: str
    state: State
    cause: str
    answer: str
    country: str
    law: str
    article: str
    deadlines_version: str
    received_at: datetime
    due_at: datetime
    closed_at: datetime | None
    is_overdue: bool


class RequestsShape(BaseModel):
    """A page of requests, by number."""

    requests: list[RequestShape]


class DisclosureShape(BaseModel):
    """An account received the contact of a profile, through an introduction or a mentoring."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    introduction_id: int | None
    mentoring_id: int | None
    to_account_id: int
    to_profile_id: int
    of_profile_id: int
    disclosed_at: datetime


class DisclosuresShape(BaseModel):
    """A page of the register of disclosures, by number."""

    disclosures: list[DisclosureShape]


SubjectQuery = Annotated[Subject, Query(description="a person or a member")]
SubjectNumber = Annotated[int, Query(ge=1, le=LARGEST_NUMBER, description="of the account or the profile")]
ProfileNumber = Annotated[int, Query(ge=1, le=LARGEST_NUMBER, description="of a profile that one speaks for")]
OptionalProfile = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER, description="only of or to this profile")]
RequestBody = Annotated[
    RequestDraft,
    Body(
        openapi_examples=example(
            "Look again at a list",
            {"right": "review", "subject": "profile", "subject_id": 1, "words": "¿Por qué fuimos los últimos?"},
        )
    ),
]
NextStateBody = Annotated[
    NextState, Body(openapi_examples=example("Granted", {"to": "done", "reason": "Corregimos el nombre."}))
]


def request_shape(row: Request, *, now: datetime) -> RequestShape:
    """A request as it is told at a moment."""
    late = is_overdue(row.state, row.due_at, now=now)
    return RequestShape.model_validate({**row.model_dump(), "right": row.kind, "is_overdue": late})
