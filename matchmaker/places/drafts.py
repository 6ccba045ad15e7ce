"""How a person or a file names a place."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from matchmaker.texts import CountryCode, Name, tidy

LARGEST_NUMBER = 2_147_483_647  # that the databases' integers hold; GeoNames is far below


class PlaceDraft(BaseModel):
    """A town by its GeoNames number, a territory by its number, or a name with its country."""

    model_config = ConfigDict(extra="forbid")

    geonameid: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    territory_id: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)
    name: Name | None = None
    country: Annotated[CountryCode | None, BeforeValidator(tidy)] = None
