"""The meetings of an event as open data: what was met and what came of it; no row points at a member. Pure.

Slots and tables are left out: with them a published agenda would name who sat there. Of the rest a row says as much as
at least so many rows say alike (k-anonymity by suppression): sizes of places go first, then countries, areas, kinds.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matchmaker.events.reporting import Row

ALIKE_AT_LEAST = 3
GOING = ("sizes", "countries", "areas", "kinds")
"""What a row says of its members, what tells most about a single one first."""
FIELDS = ("day", *reversed(GOING), "source", "met", "withheld")
"""The columns, in order."""


@dataclass(frozen=True)
class OpenRow:
    """A meeting; `withheld` names what was left out, since too few are like it."""

    day: str
    kinds: tuple[str, ...]
    areas: tuple[str, ...]
    countries: tuple[str, ...]
    sizes: tuple[str, ...]
    source: str
    met: str
    withheld: tuple[str, ...]


def open_rows(rows: Sequence[Row]) -> list[OpenRow]:
    """Each meeting as finely as it can be told, in an order that tells nothing."""
    waiting, found = list(rows), []
    for level in range(len(GOING)):
        alike = Counter(_said(row, level) for row in waiting)
        told = [row for row in waiting if alike[_said(row, level)] >= ALIKE_AT_LEAST]
        waiting = [row for row in waiting if alike[_said(row, level)] < ALIKE_AT_LEAST]
        found += [_coarsened(row, level) for row in told]
    found += [_coarsened(row, len(GOING)) for row in waiting]
    return sorted(found, key=lambda row: (row.day, row.kinds, row.areas, row.countries, row.sizes, row.source, row.met))


def _said(row: Row, level: int) -> tuple[tuple[str, ...], ...]:
    """What a row says of its members when so many fields are left out."""
    return tuple(getattr(row, name) for name in GOING[level:])


def _coarsened(row: Row, level: int) -> OpenRow:
    gone = GOING[:level]
    kept: dict[str, tuple[str, ...]] = {name: () if name in gone else getattr(row, name) for name in GOING}
    return OpenRow(
        day=row.slot.partition("T")[0], source=row.source, met=str(row.met),
        withheld=tuple(name for name in FIELDS if name in gone), **kept,
    )  # fmt: skip
