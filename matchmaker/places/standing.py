"""How many stand where: rows with a place, counted by place and by the areas that they name."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func
from sqlmodel import Session, col, select

from matchmaker.places.models import Located


@dataclass(frozen=True)
class Standing:
    """`count` rows of one place that name the same areas. Without coordinates the place is not known well enough."""

    country: str
    region: str
    place: str
    latitude: float | None
    longitude: float | None
    areas: tuple[str, ...]
    count: int


def standing(session: Session, table: type[Located], *, areas: Any, seen: ColumnElement[bool]) -> list[Standing]:
    """The rows of `table` that fulfil `seen`, counted in the database: `areas` is its column of area codes."""
    where = (col(table.country), col(table.region), col(table.place_name), col(table.latitude), col(table.longitude))
    named = cast(areas, String)  # PostgreSQL does not compare JSON
    statement = select(*where, named, func.count()).where(seen).group_by(*where, named)  # type: ignore[call-overload]
    return [
        Standing(country, region, place, latitude, longitude, tuple(json.loads(codes or "[]")), count)
        for country, region, place, latitude, longitude, codes, count in session.exec(
            statement.order_by(*where, named)
        ).all()
    ]
