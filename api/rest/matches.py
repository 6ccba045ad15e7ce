"""Who answers a stored challenge, who has a similar one, and what others learned."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.rest.answers import is_unchanged, read_answer
from api.rest.dependencies import PAGE_ITEMS, Limit, Number, Reading, WantedQuery
from api.rest.documents import READ
from api.rest.explained import matches_shape, peers_shape
from api.rest.lesson_shapes import FoundLessonsShape, found_lessons
from api.rest.reasons import MatchesShape, PeersShape
from api.security import CurrentService, Searcher
from api.showing import keep_showing
from api.wiring import Service
from matchmaker.accounts.models import Acting
from matchmaker.challenges.models import Challenge
from matchmaker.challenges.queries import get_challenge
from matchmaker.matching.actions import MatchList, matches_of_challenge, stored_ask
from matchmaker.matching.lessons import find_lessons
from matchmaker.matching.peers import find_near_duplicates, find_peers

router = APIRouter(tags=["matches"])


@router.get("/challenges/{challenge_id}/matches", response_model=MatchesShape, responses=READ)
def read_matches(
    request: Request, service: CurrentService, caller: Searcher, challenge_id: Number, query: WantedQuery
) -> Response:
    """Who answers a challenge, and why. The list is kept as a showing, which the Link header names."""
    wanted = query.checked(service.taxonomy)
    with service.database.reading() as session:
        full, found = matches_of_challenge(
            session, index=service.index, acting=caller, taxonomy=service.taxonomy,
            challenge_id=challenge_id, wanted=wanted,
        )  # fmt: skip
    shape = matches_shape(found)
    headers = {} if is_unchanged(request, shape) else _recorded(service, caller, full.challenge, found)
    return read_answer(request, shape, headers=headers)


@router.get("/challenges/{challenge_id}/peers", response_model=PeersShape, responses=READ)
def read_peers(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    challenge_id: Number,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Similar challenges of others, the most alike first."""
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    peers = find_peers(
        session, index=service.index, acting=caller, ask=stored_ask(full, taxonomy=service.taxonomy),
        owner_id=full.challenge.owner_id, challenge_id=challenge_id, limit=limit,
    )  # fmt: skip
    return read_answer(request, peers_shape(peers, [need.text for need in full.needs]))


@router.get("/challenges/{challenge_id}/lessons", response_model=FoundLessonsShape, responses=READ)
def read_found_lessons(
    request: Request,
    session: Reading,
    service: CurrentService,
    caller: Searcher,
    challenge_id: Number,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """What others learned on challenges like this one, failures included, the nearest first."""
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    found = find_lessons(
        session, index=service.index, acting=caller, ask=stored_ask(full, taxonomy=service.taxonomy),
        owner_id=full.challenge.owner_id, limit=limit,
    )  # fmt: skip
    needs = [need.text for need in full.needs]
    return read_answer(request, FoundLessonsShape(lessons=found_lessons(found, needs)))


@router.get("/challenges/{challenge_id}/near-duplicates", response_model=PeersShape, responses=READ)
def read_near_duplicates(
    request: Request, session: Reading, service: CurrentService, caller: Searcher, challenge_id: Number
) -> Response:
    """Challenges so like this one that they may be the same."""
    full = get_challenge(session, acting=caller, challenge_id=challenge_id)
    ask = stored_ask(full, taxonomy=service.taxonomy)
    alike = find_near_duplicates(
        session, index=service.index, acting=caller, ask=ask, owner_id=full.challenge.owner_id,
        challenge_id=challenge_id,
    )  # fmt: skip
    return read_answer(request, peers_shape(alike, [need.text for need in full.needs]))


def _recorded(service: Service, caller: Acting, challenge: Challenge, found: MatchList) -> dict[str, str]:
    number = keep_showing(service, acting=caller, challenge=challenge, found=found, shown=found.matches)
    return {"Link": f'</v1/showings/{number}>; rel="describedby"'} if number else {}
