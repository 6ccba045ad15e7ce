"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    accounts,
    challenges,
    health,
    matches,
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
    taxonomy, places, profiles, opportunities, challenges, matches, showings, trying, health,
    sign_in, openid, sessions, people, accounts,
)  # fmt: skip

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in CONCEPTS:
    router.include_router(_concept.router)
