"""How good an agenda is, in a few numbers that are read often."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from matchmaker.events.agenda.instance import Schedule


@dataclass(frozen=True)
class Figures:
    """`bound` is proven above the objective of every agenda; `missing` are guaranteed meetings; `quality` is 1 at best.

    `unplaced` counts by the code of the reason; `attainable` is the bound without penalties.
    """

    placed: int
    unplaced: Mapping[str, int]
    fit: float
    objective: float
    bound: float
    attainable: float
    quality: float
    missing: int


def figures_of(schedule: Schedule) -> Figures:
    """The figures of a schedule."""
    return Figures(
        len(schedule.placed), dict(Counter(str(one.reason) for one in schedule.unplaced)), schedule.fit,
        schedule.objective, schedule.bound, schedule.attainable, schedule.quality,
        sum(shortfall.missing for shortfall in schedule.shortfalls),
    )  # fmt: skip


def write_figures(figures: Figures) -> dict[str, Any]:
    """Figures as they are kept."""
    return asdict(figures)


def read_figures(content: Mapping[str, Any]) -> Figures:
    """Figures that were kept."""
    return Figures(**content)
