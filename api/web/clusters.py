"""Places of a picture, gathered so that it stays legible: what would overlap becomes one disc, or moves apart. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin, sqrt

SMALLEST, LARGEST = 68.0, 110.0  # radius in units of a picture of 2,000: 24 px across on a phone
TURNS = 60  # of moving discs apart; each halves what overlaps


@dataclass(frozen=True)
class Spot:
    """How many challenges and members stand at a point of the picture; what shares a `key` may be gathered."""

    x: float
    y: float
    challenges: int
    members: int
    key: str

    @property
    def total(self) -> int:
        """Both together."""
        return self.challenges + self.members


@dataclass(frozen=True)
class Disc(Spot):
    """Spots gathered in one disc: the part of the challenges is a slice from the top, clockwise."""

    radius: float

    @property
    def has_both(self) -> bool:
        """Whether it is divided."""
        return self.challenges > 0 and self.members > 0

    @property
    def slice(self) -> str:
        """The path of the challenges' part."""
        angle = 2 * pi * self.challenges / self.total
        x, y = self.radius * sin(angle), -self.radius * cos(angle)
        far = 1 if angle > pi else 0
        return f"M0 0V{-self.radius:.0f}A{self.radius:.0f} {self.radius:.0f} 0 {far} 1 {x:.0f} {y:.0f}z"


def discs_of(spots: Iterable[Spot], *, within: float, size: tuple[int, int]) -> tuple[Disc, ...]:
    """Discs for spots: those of one key nearer than `within` units are one; none covers another where there is room."""
    gathered: list[Spot] = []
    for spot in sorted(spots, key=lambda spot: (-spot.total, spot.key, spot.x, spot.y)):
        near = next((at for at, one in enumerate(gathered) if _are_one(one, spot, within)), None)
        if near is None:
            gathered.append(spot)
        else:
            gathered[near] = _together(gathered[near], spot)
    most = max((spot.total for spot in gathered), default=1)
    discs = [Disc(one.x, one.y, one.challenges, one.members, one.key, _radius(one.total, most)) for one in gathered]
    for _ in range(TURNS):
        discs = _apart(discs, size)
    return tuple(discs)


def _are_one(one: Spot, other: Spot, within: float) -> bool:
    return one.key == other.key and hypot(one.x - other.x, one.y - other.y) < within


def _together(one: Spot, other: Spot) -> Spot:
    """Both in one, at the middle weighed by how many stand at each."""
    share = other.total / (one.total + other.total)
    return Spot(
        one.x + share * (other.x - one.x),
        one.y + share * (other.y - one.y),
        one.challenges + other.challenges,
        one.members + other.members,
        one.key,
    )


def _radius(total: int, most: int) -> float:
    return SMALLEST + (LARGEST - SMALLEST) * sqrt(total / most)


def _apart(discs: Sequence[Disc], size: tuple[int, int]) -> list[Disc]:
    moved = list(discs)
    for first in range(len(moved)):
        for second in range(first + 1, len(moved)):
            moved[first], moved[second] = _pushed(moved[first], moved[second])
    return [
        replace(
            disc,
            x=min(max(disc.x, disc.radius), max(size[0] - disc.radius, disc.radius)),
            y=min(max(disc.y, disc.radius), max(size[1] - disc.radius, disc.radius)),
        )
        for disc in moved
    ]


def _pushed(one: Disc, other: Disc) -> tuple[Disc, Disc]:
    across, down = other.x - one.x, other.y - one.y
    distance = hypot(across, down)
    overlap = one.radius + other.radius - distance
    if overlap <= 0:
        return one, other
    x, y = (across / distance, down / distance) if distance else (1.0, 0.0)
    step = overlap / 4
    return replace(one, x=one.x - step * x, y=one.y - step * y), replace(
        other, x=other.x + step * x, y=other.y + step * y
    )
