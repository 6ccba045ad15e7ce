"""What stands before a search, and a search, as answers."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from matchmaker.events.models import RunState


class LowCeilingShape(BaseModel):
    """Someone who cannot reach its floor: why, and by how much the obstacle has to give way."""

    participant_id: int
    floor: int
    reachable: int
    obstacle: str
    lacking: int


class CheckShape(BaseModel):
    """What a solver would be asked, and who cannot reach a floor whatever the agenda."""

    participants: int
    slots: int
    tables: int
    candidates: int
    agreed: int
    by_source: dict[str, int]
    low: list[LowCeilingShape]


class FiguresShape(BaseModel):
    """How good an agenda is; `bound` is proven."""

    placed: int
    unplaced: dict[str, int]
    fit: float
    objective: float
    bound: float
    quality: float
    missing: int


class RunShape(BaseModel):
    """A search: where it stands, and the figures of its result or last verified draft."""

    id: int
    event_id: int
    mode: str
    state: RunState
    seed: int
    seconds: float | None
    stage: str
    done: int
    total: int
    asked_at: datetime
    ended_at: datetime | None
    problem: str
    problem_values: dict[str, Any]
    figures: FiguresShape | None


class RunsShape(BaseModel):
    """The last searches, newest first."""

    runs: list[RunShape]
