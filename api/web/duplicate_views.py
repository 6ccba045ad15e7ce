"""The view of what may be there twice."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from api.web.desk_views import Room
from api.web.pieces import ChallengeLine, Named
from api.web.views import Page


@dataclass(frozen=True)
class TwinShown:
    """One of two profiles. `visibility` is a code."""

    agent: Named
    kind: str
    visibility: str
    created_at: datetime


@dataclass(frozen=True)
class TwinsShown:
    """Two profiles with the codes of what they share."""

    twins: tuple[TwinShown, TwinShown]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class TwinChallenges:
    """Two challenges that say the same."""

    twins: tuple[ChallengeLine, ChallengeLine]


@dataclass(frozen=True)
class Duplicates(Room):
    """What may be there twice. `looked_at`: challenges compared on this page; none while the index is being built.

    `undoes` is the pair that was just told apart: what, the first, the second.
    """

    template: ClassVar[str] = "duplicates.html"
    count: int
    profiles: tuple[TwinsShown, ...]
    challenges: tuple[TwinChallenges, ...]
    looked_at: int | None
    is_first: bool
    next_query: str
    done: str
    undoes: tuple[str, int, int] | None


VIEWS: tuple[type[Page], ...] = (Duplicates,)
