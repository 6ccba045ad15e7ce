"""Latin America as paths of an SVG, from the public-domain shapes of Natural Earth (npm: world-atlas).

The file, read once, is TopoJSON: borders that two countries share are one arc, so that simplifying arcs leaves no gap.
Equal-area: no country looks larger than it is.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from typing import Any

from babel.core import get_global

from api.files import PACKAGES
from matchmaker.places.regions import MACRO_REGIONS, MacroRegionCode

ATLAS = PACKAGES / "world-atlas" / "countries-50m.json"
MIDDLE = (-75.0, -13.0)  # of the region: longitude and latitude in degrees
FAR_AWAY = frozenset({"GS", "BV"})  # not drawn: islands of the far south
PARTS_OF = {"FR": "GF"}  # what the source draws as a part of a country of another continent
REGION_RADIANS = 0.9  # from the middle of the region: nothing of it is farther
VIEW_UNITS = 2_000  # the longer side of a picture, so that whole numbers are exact enough
TOLERANCE_UNITS = 3.0  # how far a simplified coast may leave the true one
MARGIN = 0.05  # around what is shown, as a part of it
REACH = 0.6  # beyond the picture, as a part of it: farther coasts are bent there, out of sight
APART = 0.3  # of its largest part: what is farther from it is left out of the frame of a country
SMALLEST_SIDE = 0.02  # of a picture, in radians of the globe: about 130 km, for islands

Point = tuple[float, float]
Line = tuple[Point, ...]


@dataclass(frozen=True)
class Box:
    """A part of the plane, in radians of the globe; y grows to the south."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def side(self) -> float:
        """The longer side."""
        return max(self.right - self.left, self.bottom - self.top)

    @property
    def is_near(self) -> bool:
        """Whether it is in the region."""
        return max(abs(self.left), abs(self.right), abs(self.top), abs(self.bottom)) < REGION_RADIANS

    def meets(self, other: "Box") -> bool:
        """Whether the two share anything."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def wider(self, part: float) -> "Box":
        """The same with a margin, as a part of its longer side."""
        more = part * max(self.side, SMALLEST_SIDE)
        return Box(self.left - more, self.top - more, self.right + more, self.bottom + more)


@dataclass(frozen=True)
class Ring:
    """A coast or border that closes, of arcs that neighbours share; `True`: from its end to its beginning."""

    arcs: tuple[tuple[Line, bool], ...]
    box: Box


@dataclass(frozen=True)
class Land:
    """A country as it is drawn: ISO 3166-1 alpha-2 and the path of its coasts and borders."""

    code: str
    path: str


@dataclass(frozen=True)
class Sheet:
    """A picture of a part of the plane, in whole units from its upper left corner."""

    box: Box
    lands: tuple[Land, ...]

    @property
    def scale(self) -> float:
        """Units in a radian."""
        return VIEW_UNITS / self.box.side

    @property
    def width(self) -> int:
        """In units."""
        return round((self.box.right - self.box.left) * self.scale)

    @property
    def height(self) -> int:
        """In units."""
        return round((self.box.bottom - self.box.top) * self.scale)

    def at(self, *, latitude: float, longitude: float) -> Point | None:
        """Where a place stands in the picture; nothing when it is outside."""
        return self._inside(projected(longitude, latitude))

    def middle_of(self, country: str) -> Point | None:
        """The middle of a country's largest part; nothing for one without a shape, or outside the picture."""
        boxes = [ring.box for ring in _countries().get(country, ())]
        box = max(boxes, key=lambda box: box.side, default=None)
        return self._inside(((box.left + box.right) / 2, (box.top + box.bottom) / 2)) if box else None

    def _inside(self, point: Point) -> Point | None:
        x, y = (point[0] - self.box.left) * self.scale, (point[1] - self.box.top) * self.scale
        return (x, y) if 0 <= x <= self.width and 0 <= y <= self.height else None


def projected(longitude: float, latitude: float) -> Point:
    """Lambert's azimuthal equal-area projection (Snyder 1987, 24-2 to 24-4) around the middle of the region."""
    east, north, middle = radians(longitude - MIDDLE[0]), radians(latitude), radians(MIDDLE[1])
    nearness = 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)
    k = sqrt(2 / max(nearness, 1e-9))
    return k * cos(north) * sin(east), -k * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))


@cache
def sheet(country: str = "") -> Sheet:
    """The region, or one country (ISO 3166-1 alpha-2) with its neighbours; the region for one without a shape."""
    known = _countries()
    shown = [known[country]] if country in known else list(known.values())
    box = _around(box for rings in shown for box in _main_parts(rings)).wider(MARGIN)
    drawn = ((code, _path(rings, box)) for code, rings in known.items())
    return Sheet(box, tuple(Land(code, path) for code, path in drawn if path))


def _main_parts(rings: Sequence[Ring]) -> list[Box]:
    """Where a country mostly is: an island an ocean away would leave the rest of the picture empty."""
    largest = max((ring.box for ring in rings), key=lambda box: box.side)
    return [ring.box for ring in rings if ring.box.meets(largest.wider(APART))]


@cache
def _countries() -> dict[str, tuple[Ring, ...]]:
    """Outlines by country, projected."""
    atlas = json.loads(ATLAS.read_bytes())
    codes, wanted = get_global("territory_aliases"), MACRO_REGIONS[MacroRegionCode.LATAM].countries - FAR_AWAY
    known: dict[int, Line] = {}
    found: dict[str, tuple[Ring, ...]] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = next(iter(codes.get(shape.get("id", ""), ())), "")
        code = PARTS_OF.get(name, name)
        if code in wanted:
            parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            rings = (_ring(atlas, known, polygon[0]) for polygon in parts)
            found[code] = tuple(ring for ring in rings if ring.box.is_near)
    return dict(sorted(found.items()))


def _ring(atlas: dict[str, Any], known: dict[int, Line], numbers: Sequence[int]) -> Ring:
    """Arcs by their numbers; a negative one is read from its end (TopoJSON 1.0, 2.1.4)."""
    arcs: list[tuple[Line, bool]] = []
    for number in numbers:
        forward = ~number if number < 0 else number
        known.setdefault(forward, tuple(_arc(atlas, forward)))
        arcs.append((known[forward], number < 0))
    return Ring(tuple(arcs), _around(_box(line) for line, _ in arcs))


def _arc(atlas: dict[str, Any], number: int) -> Iterator[Point]:
    """Points are whole steps from the one before (TopoJSON 1.0, 2.1.2 and 2.1.3)."""
    (scale_x, scale_y), (left, bottom) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    x = y = 0
    for step_x, step_y in atlas["arcs"][number]:
        x, y = x + step_x, y + step_y
        yield projected(x * scale_x + left, y * scale_y + bottom)


def _path(rings: Sequence[Ring], box: Box) -> str:
    near = [ring for ring in rings if ring.box.meets(box)]
    return "".join(_outline(ring, box) for ring in near)


def _outline(ring: Ring, box: Box) -> str:
    """A ring as relative steps in whole units; nothing where it is too small to be seen."""
    points: list[tuple[int, int]] = []
    for line, is_backwards in ring.arcs:
        drawn = _drawn(line, box)
        points += drawn[::-1] if is_backwards else drawn
    turns = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    if len(turns) < 4:  # noqa: PLR2004 - a triangle comes back to its first point
        return ""
    steps = [f"{x - from_x} {y - from_y}" for (from_x, from_y), (x, y) in pairwise(turns)]
    return f"M{turns[0][0]} {turns[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def _drawn(line: Line, box: Box) -> list[tuple[int, int]]:
    """An arc in units of the picture; what is far outside is bent to its reach, and so is hardly a step."""
    scale, reach = VIEW_UNITS / box.side, box.wider(REACH)
    inside = [(min(max(x, reach.left), reach.right), min(max(y, reach.top), reach.bottom)) for x, y in line]
    units = [((x - box.left) * scale, (y - box.top) * scale) for x, y in inside]
    return [(round(x), round(y)) for x, y in _simple(units)]


def _simple(line: Sequence[Point]) -> list[Point]:
    """The line with fewer points, none of the others farther from it than the tolerance (Douglas and Peucker 1973)."""
    kept, waiting = {0, len(line) - 1}, [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first > 1:
            far = max(range(first + 1, last), key=lambda at: _distance(line[at], line[first], line[last]))
            if _distance(line[far], line[first], line[last]) > TOLERANCE_UNITS:
                kept.add(far)
                waiting += [(first, far), (far, last)]
    return [line[at] for at in sorted(kept)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a point to the nearest point between two others."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length if length else 0.0
    near = min(max(along, 0.0), 1.0)
    return hypot(point[0] - start[0] - near * across, point[1] - start[1] - near * down)


def _box(line: Line) -> Box:
    xs, ys = zip(*line, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _around(boxes: Iterable[Box]) -> Box:
    left, top, right, bottom = zip(*((box.left, box.top, box.right, box.bottom) for box in boxes), strict=True)
    return Box(min(left), min(top), max(right), max(bottom))
