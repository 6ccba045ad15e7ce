"""Which areas are worked in, where: by members who stand in a country or deliver there."""

import json
from dataclasses import dataclass

from sqlalchemy import String, cast
from sqlmodel import Session, col, select

from matchmaker.accounts.models import Acting
from matchmaker.places.regions import macro_regions_of
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import may_see

ANYWHERE = "*"


@dataclass(frozen=True)
class Reach:
    """Areas by where they are worked in: ISO 3166-1 alpha-2, the code of a macro-region, or anywhere."""

    areas: frozenset[tuple[str, str]]

    def is_reached(self, *, country: str, area: str) -> bool:
        """Whether any member that stands or delivers there names the area."""
        places = (country, ANYWHERE, *macro_regions_of(country))
        return any((place, area) in self.areas for place in places)


def areas_by_reach(session: Session, *, acting: Acting) -> Reach:
    """What the members that the account may see name; in one statement, each combination once."""
    delivered, named = cast(col(Profile.delivery_area), String), cast(col(Profile.areas), String)
    rows = session.exec(select(col(Profile.country), delivered, named).where(may_see(acting)).distinct()).all()
    return Reach(
        frozenset(
            (place, area)
            for country, delivery, areas in rows
            for place in {country, *json.loads(delivery or "[]")}
            for area in json.loads(areas or "[]")
        )
    )
