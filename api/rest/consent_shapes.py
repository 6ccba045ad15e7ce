"""What the API says of consent to purposes, and what callers send."""

from datetime import datetime
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, ConfigDict

from api.rest.examples import example
from matchmaker.texts import Line


class ConsentWord(BaseModel):
    """Yes or no to one purpose."""

    model_config = ConfigDict(extra="forbid")

    purpose: Line
    is_granted: bool


class ConsentShape(BaseModel):
    """One grant or withdrawal: of which version of the text, when, and through what."""

    model_config = ConfigDict(from_attributes=True)

    purpose: str
    text_version: str
    channel: str
    is_granted: bool
    at: datetime


class PurposeShape(BaseModel):
    """One use of data, and the caller's last word on it, if any."""

    code: str
    is_necessary: bool
    text: str
    last: ConsentShape | None


class ConsentsShape(BaseModel):
    """Purposes in force, necessary and voluntary apart, and the caller's whole ledger, oldest first."""

    version: str
    necessary: list[PurposeShape]
    voluntary: list[PurposeShape]
    ledger: list[ConsentShape]


ConsentBody = Annotated[
    ConsentWord, Body(openapi_examples=example("No more digests", {"purpose": "alerts", "is_granted": False}))
]
