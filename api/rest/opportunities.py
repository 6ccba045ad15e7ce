"""The reverse of matches: open challenges that fit a profile."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.rest.answers import read_answer
from api.rest.dependencies import PAGE_ITEMS, CallerLanguage, Codes, Countries, Limit, Number, Reading
from api.rest.documents import READ
from api.rest.explained import opportunities_shape
from api.rest.foretelling import own_proposals
from api.rest.reasons import OpportunitiesShape
from api.security import CurrentService, Searcher
from matchmaker.matching.opportunities import Among, find_opportunities

router = APIRouter(tags=["profiles"])


@router.get("/profiles/{profile_id}/opportunities", response_model=OpportunitiesShape, responses=READ)
def read_opportunities(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    language: CallerLanguage,
    profile_id: Number,
    country: Countries = None,
    area: Codes = None,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Open challenges by falling strength for this profile, with the evidence that their authors see.

    Those who act for the profile read beside each whether it can propose itself, and if not why and what to do.
    """
    chosen = ((f"country:{code}" for code in country or ()), (f"area:{code}" for code in area or ()))
    filters = tuple(facets for facets in map(frozenset, chosen) if facets)
    full, found = find_opportunities(
        session, index=service.index, acting=caller, taxonomy=service.taxonomy,
        profile_id=profile_id, among=Among(filters=filters), limit=limit,
    )  # fmt: skip
    proposals = own_proposals(
        session, service=service, acting=caller, profile=full.profile, found=found, language=language
    )
    return read_answer(request, opportunities_shape(profile_id, found, proposals))
