"""Rows that stand somewhere, and the territories that authors add."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from matchmaker.store.database import UtcDateTime


class Located(SQLModel):
    """A row with a place, copied from the gazetteer or a territory so that filters need no second look-up.

    Population in inhabitants (None is unknown), coordinates in degrees, country by ISO 3166-1 alpha-2.
    """

    geonameid: int | None = Field(default=None)
    territory_id: int | None = Field(default=None, foreign_key="territory.id")
    place_name: str = Field(default="", max_length=200)
    country: str = Field(default="", max_length=2)
    region: str = Field(default="", max_length=200)
    population: int | None = Field(default=None)
    latitude: float | None = Field(default=None)
    longitude: float | None = Field(default=None)


class TerritoryKind(StrEnum):
    """Territories that no gazetteer of towns holds."""

    METROPOLITAN = "metropolitan"
    RURAL = "rural"
    INDIGENOUS = "indigenous"


class Territory(SQLModel, table=True):
    """A metropolitan area, a rural district, an indigenous territory: named by an author."""

    __tablename__ = "territory"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    name: str = Field(max_length=200)
    country: str = Field(max_length=2)
    region: str = Field(default="", max_length=200)
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
