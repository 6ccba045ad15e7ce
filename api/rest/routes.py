"""All routes of the API under their prefix."""

from fastapi import APIRouter

from api.rest import (
    admission,
    applications,
    assessments,
    challenges,
    claims,
    committees,
    decisions,
    health,
    invitations,
    matches,
    members,
    opportunities,
    places,
    profiles,
    showings,
    taxonomy,
    trying,
)
from api.rest.documents import REFUSALS

PREFIX = "/v1"
CONCEPTS = (taxonomy, places, profiles, opportunities, challenges, matches, showings, trying, health)
MEMBERSHIP = (admission, applications, assessments, decisions, members, committees, invitations, claims)

router = APIRouter(prefix=PREFIX, responses=REFUSALS)
for _concept in (*CONCEPTS, *MEMBERSHIP):
    router.include_router(_concept.router)
