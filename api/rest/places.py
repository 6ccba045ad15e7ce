"""Towns of the gazetteer, and territories that authors add."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ
from api.rest.inputs import TerritoryBody
from api.rest.shapes import PlaceShape, place_shape
from api.security import Caller, CurrentService, SignedIn
from matchmaker.errors import NotFoundError
from matchmaker.places.actions import add_territory, territory_place
from matchmaker.places.keys import search_key
from matchmaker.places.models import Territory
from matchmaker.places.queries import find_territories
from matchmaker.texts import CountryCode, Name

PLACES, PLACES_AT_MOST = 10, 50
router = APIRouter(tags=["places"])
Sought = Annotated[Name, Query(description="a name or its beginning", examples=["Sogam"])]
Country = Annotated[CountryCode | None, Query(description="ISO 3166-1 alpha-2", examples=["CO"])]
PlacesLimit = Annotated[int, Query(ge=1, le=PLACES_AT_MOST)]


class PlacesShape(BaseModel):
    """Towns of the very name, then territories that authors added, then other towns by population."""

    places: list[PlaceShape]


@router.get("/places", response_model=PlacesShape, responses=READ)
def find_places(
    request: Request,
    session: Reading,
    service: CurrentService,
    _caller: Caller,
    q: Sought,
    country: Country = None,
    limit: PlacesLimit = PLACES,
) -> Response:
    """Towns and added territories whose name is, or begins with, `q`, without regard to case and accents."""
    towns = service.gazetteer.find(q, country=country, limit=limit)
    added = [territory_place(row) for row in find_territories(session, q, country=country, limit=limit)]
    called = [town for town in towns if search_key(town.name) == search_key(q)]
    found = list(dict.fromkeys([*called, *added, *towns]))[:limit]
    shapes = [shape for place in found if (shape := place_shape(place)) is not None]
    return read_answer(request, PlacesShape(places=shapes))


@router.post(
    "/territories",
    status_code=CREATED_STATUS,
    response_model=PlaceShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def create_territory(session: Transaction, service: CurrentService, _caller: SignedIn, body: TerritoryBody) -> Response:
    """Add a metropolitan area, a rural district or an indigenous territory; a draft then names its `territory_id`."""
    territory = add_territory(session, draft=body, now=service.clock())
    return saved_answer(_shape(territory), location=f"/v1/territories/{territory.id}")


@router.get("/territories/{territory_id}", response_model=PlaceShape, responses=READ)
def read_territory(request: Request, session: Reading, _caller: Caller, territory_id: Number) -> Response:
    """One territory."""
    territory = session.get(Territory, territory_id)
    if territory is None:
        raise NotFoundError("territory_unknown", territory_id=territory_id)
    return read_answer(request, _shape(territory))


def _shape(territory: Territory) -> PlaceShape:
    return PlaceShape.model_validate(place_shape(territory_place(territory)))
