"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    accounts,
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
    openid,
    opportunities,
    people,
    places,
    profiles,
    sessions,
    showings,
    sign_in,
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
    accounts,
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
    openid,
    people,
    sessions,
    sign_in,
    health,
)

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in CONCEPTS:
    router.include_router(_concept.router)
