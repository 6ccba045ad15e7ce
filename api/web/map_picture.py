"""A picture of a map, as templates draw it."""

from dataclasses import dataclass

from api.web.atlas import Land
from api.web.clusters import Disc


@dataclass(frozen=True)
class MapPicture:
    """A picture in whole units: lands, and discs of what stands on them."""

    width: int
    height: int
    lands: tuple[Land, ...]
    discs: tuple[Disc, ...]
    chosen: str
    challenges: int
    members: int
    countries: int
