"""Agendas as answers: searches, the working copy, acts and what they cost, versions, one's own meetings, the report."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from api.rest.agenda_run_shapes import FiguresShape
from api.rest.participant_shapes import MemberShape


class PlacedShape(BaseModel):
    """A meeting in a slot at a table."""

    key: str
    slot: str
    table: str
    participant_ids: list[int]
    fit: float
    is_pinned: bool
    is_agreed: bool


class UnplacedShape(BaseModel):
    """A meeting without a place, and why."""

    key: str
    participant_ids: list[int]
    fit: float
    reason: str


class WorkingShape(BaseModel):
    """The working copy."""

    event_id: int
    version: int
    changed_at: datetime
    figures: FiguresShape
    fairness_price: float | None
    awaiting: int
    placed: list[PlacedShape]
    unplaced: list[UnplacedShape]
    shortfalls: dict[int, int]


class TouchedShape(BaseModel):
    """A meeting that an act moves, brings in or takes out."""

    key: str
    slot_before: str | None
    table_before: str | None
    slot_after: str | None
    table_after: str | None


class ViolationShape(BaseModel):
    """A rule that an act would break."""

    code: str
    key: str | None
    participant: str | None
    slot: str | None


class TriedShape(BaseModel):
    """What an act costs and whom it touches."""

    is_trial: bool
    fit_change: float
    missing_change: int
    touched: list[TouchedShape]
    participant_ids: list[int]
    violations: list[ViolationShape]
    figures: FiguresShape


class OffersShape(BaseModel):
    """How many participants were asked for a yes to a meeting of the draft."""

    offered: int


class SuggestionsShape(BaseModel):
    """How many matches were found among those who take part."""

    suggestions: int


class VersionShape(BaseModel):
    """A published agenda with its certificate."""

    event_id: int
    number: int
    again_number: int | None
    published_at: datetime
    certificate: dict[str, Any]


class VersionsShape(BaseModel):
    """All versions, newest first."""

    versions: list[VersionShape]


class SittingShape(BaseModel):
    """A meeting at its time and place with the members it brings together."""

    key: str
    starts_at: datetime
    ends_at: datetime
    table: str
    room: str
    zone: str
    topic: str
    members: list[MemberShape]


class OwnSittingShape(SittingShape):
    """One's own meeting: who comes for the others, by which link, what one said of it."""

    people: list[str]
    links: list[str]
    introduction_id: int | None
    has_met: bool | None
    outcome: str


class OwnAgendaShape(BaseModel):
    """One's own agenda."""

    event_id: int
    participant_id: int
    number: int | None
    time_zone: str
    own_time_zone: str
    meetings: list[OwnSittingShape]


class WholeAgendaShape(BaseModel):
    """The agenda in force."""

    event_id: int
    number: int
    meetings: list[SittingShape]


class StandbyShape(BaseModel):
    """Someone who is here with time to spare."""

    member: MemberShape
    free_slots: int
    held: int
    waiting: int


class StandbysShape(BaseModel):
    """Who could step in, who has least first."""

    standbys: list[StandbyShape]
