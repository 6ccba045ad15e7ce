"""What stands before a search, and a search, as answers."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from matchmaker.events.agenda.wishes import Hindrance
from matchmaker.events.models import RunState


class LowCeilingShape(BaseModel):
    """Someone who cannot reach its floor: why, and by how much the obstacle has to give way."""

    participant_id: int
    floor: int
    reachable: int
    obstacle: str
    lacking: int


class UnmetWishShape(BaseModel):
    """A wish that is a must and cannot be granted: why, and what would help.

    `no_common_slot`: it would do if those who are `away_ids` were there in `slot`; `zones_differ`: if one of them did
    without its zone; `zone_without_table`: to have such a table. `cap` and `time`: more such wishes than the
    participant can have meetings, by `lacking`.
    """

    participant_id: int
    with_ids: list[int]
    hindrance: Hindrance
    slot: str | None
    away_ids: list[int]
    lacking: int


class CheckShape(BaseModel):
    """What a solver would be asked, and who cannot have what was promised or wished whatever the agenda."""

    participants: int
    slots: int
    tables: int
    candidates: int
    agreed: int
    by_source: dict[str, int]
    low: list[LowCeilingShape]
    unmet: list[UnmetWishShape]


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
