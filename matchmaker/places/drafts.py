"""How a person or a file names a place."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from matchmaker.places.models import TerritoryKind
from matchmaker.texts import NAME_CHARACTERS, CountryCode, Name, tidy

LARGEST_POPULATION = 1_000_000_000  # inhabitants; the largest metropolitan area has forty million
LARGEST_NUMBER = 2_147_483_647  # that the databases' integers hold; GeoNames is far below

Region = Annotated[str, BeforeValidator(tidy), StringConstraints(max_length=NAME_CHARACTERS)]
"""The name of a first-level division; empty where it is not said."""


class PlaceDraft(BaseModel):
    """A town by its GeoNames number, a territory by its number, or a name with its country.

    The region of a name says which is meant where several are called so.
    """

    model_config = ConfigDict(extra="forbid")

    geonameid: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    territory_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    name: Name | None = None
    region: Region = ""
    country: Annotated[CountryCode | None, BeforeValidator(tidy)] = None


class TerritoryDraft(BaseModel):
    """A territory that the gazetteer of towns lacks. A population that is not known is left out."""

    model_config = ConfigDict(extra="forbid")

    kind: TerritoryKind
    name: Name
    country: CountryCode
    region: Region = ""
    population: int | None = Field(default=None, ge=1, le=LARGEST_POPULATION)
