"""Settling where something is, and adding territories that no gazetteer holds."""

from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from matchmaker.errors import InvalidInputError
from matchmaker.places.drafts import PlaceDraft, TerritoryDraft
from matchmaker.places.models import Located, Territory
from matchmaker.places.place import Ambiguous, Place, PlaceFeature


class PlaceFinder(Protocol):
    """What this concept asks of a gazetteer; `gazetteer.Gazetteer` answers it."""

    def get(self, geonameid: int) -> Place | None:
        """The town with this GeoNames number."""
        ...

    def resolve(self, name: str, *, country: str | None, region: str | None = None) -> Place | Ambiguous | None:
        """The town that a name clearly means, several that it may mean, or nothing."""
        ...

    def find(self, text: str, *, country: str | None, limit: int) -> list[Place]:
        """Towns by the beginning of a name."""
        ...


def locate(session: Session, *, finder: PlaceFinder, draft: PlaceDraft | None, row: Located) -> None:
    """Write the place that `draft` names onto `row`; clear it when there is none.

    Raises `place_unknown` or `place_ambiguous` (with `candidates`, names with regions). A name without a country or
    outside the gazetteer is refused; a town abroad that the gazetteer lacks can be added as a territory.
    """
    place = None if draft is None else _settle(session, finder=finder, draft=draft)
    row.geonameid = place.geonameid if place else None
    row.territory_id = place.territory_id if place else None
    row.place_name = place.name if place else ""
    row.country = place.country if place else ""
    row.region = (place.region or "") if place else ""
    row.population = place.population if place else None
    row.latitude = place.latitude if place else None
    row.longitude = place.longitude if place else None


def add_territory(session: Session, *, draft: TerritoryDraft, now: datetime) -> Territory:
    """Add a metropolitan area, a rural district or an indigenous territory."""
    territory = Territory(**draft.model_dump(), created_at=now)
    session.add(territory)
    session.flush()
    return territory


def territory_place(territory: Territory) -> Place:
    """A territory as a place, to be compared with towns."""
    return Place(
        geonameid=None,
        territory_id=territory.id,
        name=territory.name,
        country=territory.country,
        region=territory.region or None,
        population=territory.population,
        latitude=territory.latitude,
        longitude=territory.longitude,
        feature=PlaceFeature(territory.kind),
    )


def _settle(session: Session, *, finder: PlaceFinder, draft: PlaceDraft) -> Place:
    if draft.territory_id is not None:
        territory = session.get(Territory, draft.territory_id)
        return _known(territory_place(territory) if territory else None, draft)
    if draft.geonameid is not None:
        return _known(finder.get(draft.geonameid), draft)
    found = finder.resolve(draft.name or "", country=draft.country, region=draft.region or None)
    if isinstance(found, Ambiguous):
        names = [f"{place.name}, {place.region or place.country} ({place.geonameid})" for place in found.candidates]
        raise InvalidInputError("place_ambiguous", field="place", value=draft.name, candidates=names[:8])
    return _known(found, draft)


def _known(place: Place | None, draft: PlaceDraft) -> Place:
    if place is None:
        value = draft.name or draft.geonameid or draft.territory_id
        raise InvalidInputError("place_unknown", field="place", value=value, country=draft.country or "")
    return place
