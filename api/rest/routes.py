"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    alerts,
    audit,
    challenges,
    conflicts,
    declarations,
    ethics,
    feeds,
    health,
    incidents,
    lessons,
    letters,
    matches,
    mentorings,
    mentors,
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
    trying,
    alerts,
    audit,
    conflicts,
    declarations,
    ethics,
    feeds,
    incidents,
    lessons,
    letters,
    mentorings,
    mentors,
    health,
)

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in CONCEPTS:
    router.include_router(_concept.router)
