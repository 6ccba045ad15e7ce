"""What the map and the table of areas show."""

from dataclasses import dataclass
from typing import ClassVar

from api.web.map_picture import MapPicture
from api.web.pieces import Choice, Where
from api.web.views import Page


@dataclass(frozen=True)
class Entry:
    """A challenge or a member by its name."""

    id: int
    name: str
    language: str


@dataclass(frozen=True)
class PlaceRow:
    """A country, or a place of the country chosen, with what stands there."""

    where: Where
    challenges: int
    members: int
    challenges_named: tuple[Entry, ...] = ()
    members_named: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class MapPage(Page):
    """Challenges and members by country and place."""

    template: ClassVar[str] = "map.html"
    picture: MapPicture
    rows: tuple[PlaceRow, ...]
    countries: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    sides: tuple[Choice, ...]
    country: str
    area: str


@dataclass(frozen=True)
class Bar:
    """Something that challenges and members name, with how many do."""

    code: str
    name: str
    challenges: int
    members: int


@dataclass(frozen=True)
class Gap:
    """Challenges of a country in an area that no member there, or working there, names."""

    country: str
    area: str
    area_name: str
    challenges: int


@dataclass(frozen=True)
class AreasPage(Page):
    """Demand and supply."""

    template: ClassVar[str] = "areas.html"
    areas: tuple[Bar, ...]
    places: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    countries: tuple[Choice, ...]
    country: str
    most: int  # of one side in one row: the length of the longest bar
    challenges: int
    members: int


VIEWS: tuple[type[Page], ...] = (MapPage, AreasPage)
