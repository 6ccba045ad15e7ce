"""What is in the way of proposing: asked of one pair before it is proposed, of many before anybody asks. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from matchmaker.errors import ConflictError, NotAllowedError
from matchmaker.introductions.models import AskingPolicy, Introduction, Phase, Proposer
from matchmaker.introductions.rules import LIVE

FORBIDDEN = frozenset({"asking_not_allowed", "only_representatives"})
"""What is a matter of who asks, not of how things stand."""


@dataclass(frozen=True)
class Obstacle:
    """Why one cannot propose now: the code of the refusal, with its values."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def refuse(obstacle: Obstacle | None) -> None:
    """Raise what is in the way, where something is."""
    if obstacle is not None:
        raise (NotAllowedError if obstacle.code in FORBIDDEN else ConflictError)(obstacle.code, **obstacle.values)


def of_earlier(rows: Iterable[tuple[Introduction, bool]], *, by: Proposer, rested: datetime) -> Obstacle | None:
    """The same was proposed before; each row with whether the proposer was told of it.

    Every end since `rested` counts alike, and so does one that the proposer was never told.
    """
    for row, is_told in rows:
        if row.phase in {*LIVE, Phase.OPEN}:
            exists = Obstacle("introduction_exists", {"introduction_id": row.id})
            return exists if is_told else Obstacle("introduction_not_possible")
        if row.proposed_by == by and (row.ended_at is None or row.ended_at > rested):
            return Obstacle("introduction_not_possible")
    return None


def of_quotas(policy: AskingPolicy | None, *, kind: str, asked_by: int, asked_of: int, limit: int) -> Obstacle | None:
    """Whom an owner lets propose itself, how often the one has asked this week, and how often the other was asked."""
    if policy is None or kind not in policy.kinds:
        return Obstacle("asking_not_allowed")
    if asked_by >= limit:
        return Obstacle("asks_used_up", {"limit": limit})
    return Obstacle("asks_full", {"limit": policy.per_week}) if asked_of >= policy.per_week else None
