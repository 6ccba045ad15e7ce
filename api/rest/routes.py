"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    asking,
    challenges,
    health,
    introductions,
    matches,
    meetings,
    opportunities,
    places,
    profiles,
    showings,
    taxonomy,
    trying,
)
from api.rest.documents import REFUSALS

PREFIX = "/v1"
CONCEPTS = (
    taxonomy,
    places,
    profiles,
    opportunities,
    challenges,
    matches,
    showings,
    introductions,
    meetings,
    asking,
    trying,
    health,
)

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in CONCEPTS:
    router.include_router(_concept.router)
