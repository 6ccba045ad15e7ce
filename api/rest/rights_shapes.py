"""What the API says of rights over one's data, and what callers send."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Body, Query
from pydantic import BaseModel, ConfigDict

from api.rest.dependencies import LARGEST_NUMBER
from api.rest.examples import example
from matchmaker.rights.deadlines import Counting, Deadlines, Law
from matchmaker.rights.drafts import RequestDraft
from matchmaker.rights.models import Request, Right, State, Subject
from matchmaker.rights.rankings import Ranking
from matchmaker.rights.rules import is_overdue
from matchmaker.texts import Line, Text


class ConsentWord(BaseModel):
    """Yes or no to one purpose."""

    model_config = ConfigDict(extra="forbid")

    purpose: Line
    is_granted: bool


class NextState(BaseModel):
    """Where a request goes, and why; the person reads the reason in a letter."""

    model_config = ConfigDict(extra="forbid")

    to: State
    reason: Text = ""


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


class RankingShape(BaseModel):
    """How a profile was ranked once, and by what. `quoted`: per need its sentence, if it still stands."""

    id: int
    showing_id: int
    challenge_id: int
    challenge_title: str
    challenge_version: int
    profile_version: int
    place: int
    of: int
    points: int
    quoted: list[str | None]
    model: str
    generation: int
    correction: str
    ranking: str
    shown_at: datetime


class RankingsShape(BaseModel):
    """A page of the lists in which a profile was shown."""

    rankings: list[RankingShape]


class SectionShape(BaseModel):
    """One part of the notice."""

    code: str
    title: str
    text: str


class NoticeShape(BaseModel):
    """The notice of automated ranking, with the versions by which lists are made now."""

    version: str
    sections: list[SectionShape]
    ranking: str
    strength: str


class TermShape(BaseModel):
    """How long an answer may take."""

    right: Right
    length: int
    counting: Counting
    extension: int
    article: str
    is_checked: bool


class LawShape(BaseModel):
    """The terms of one law; the rule of the alliance has no name and no countries."""

    law: str
    countries: list[str]
    since: date | None
    until: date | None
    source: str
    note: str
    terms: list[TermShape]


class DeadlinesShape(BaseModel):
    """Until when each country wants an answer."""

    version: str
    house: LawShape
    laws: list[LawShape]


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
ConsentBody = Annotated[
    ConsentWord, Body(openapi_examples=example("No more digests", {"purpose": "alerts", "is_granted": False}))
]
NextStateBody = Annotated[
    NextState, Body(openapi_examples=example("Granted", {"to": "done", "reason": "Corregimos el nombre."}))
]


def request_shape(row: Request, *, now: datetime) -> RequestShape:
    """A request as it is told at a moment."""
    late = is_overdue(row.state, row.due_at, now=now)
    return RequestShape.model_validate({**row.model_dump(), "right": row.kind, "is_overdue": late})


def ranking_shape(found: Ranking) -> RankingShape:
    """A ranking explained by its record."""
    showing, match = found.showing, found.match
    return RankingShape(
        id=match.id or 0,
        showing_id=showing.id or 0,
        challenge_title=found.challenge_title,
        of=found.of,
        quoted=list(found.quoted),
        profile_version=match.profile_version,
        place=match.place,
        points=match.points,
        **showing.model_dump(exclude={"id", "account_id"}),
    )


def deadlines_shape(found: Deadlines) -> DeadlinesShape:
    """All terms of a version."""
    laws = [_law_shape(law) for law in found.laws]
    return DeadlinesShape(version=found.version, house=_law_shape(found.house), laws=laws)


def _law_shape(law: Law) -> LawShape:
    terms = [TermShape.model_validate({"right": right, **vars(term)}) for right, term in law.terms.items()]
    return LawShape(
        law=law.law,
        countries=list(law.countries),
        since=None if law.since == date.min else law.since,
        until=None if law.until == date.max else law.until,
        source=law.source,
        note=law.note,
        terms=terms,
    )
