"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    audit,
    challenges,
    health,
    letters,
    matches,
    opportunities,
    places,
    profiles,
    showings,
    taxonomy,
    trying,
)
from api.rest.documents import REFUSALS

PREFIX = "/v1"
CONCEPTS = (taxonomy, places, profiles, opportunities, challenges, matches, showings, trying, health, letters, audit)

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in CONCEPTS:
    router.include_router(_concept.router)
