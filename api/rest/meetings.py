"""After contacts opened: whether the two met, and what came of it."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.rest.dependencies import only_json
from api.rest.documents import SAVED
from api.rest.inputs import HasMetBody, OutcomeBody
from api.rest.introduction_shapes import IntroductionShape
from api.rest.introduction_visits import CurrentVisit
from matchmaker.introductions import meeting

router = APIRouter(tags=["introductions"])
ONE = "/introductions/{introduction_id}"
JSON = [Depends(only_json)]


@router.put(f"{ONE}/met", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_met(visit: CurrentVisit, body: HasMetBody) -> Response:
    """Say whether the two have met."""
    meeting.say_met(visit.session, **visit.who, has_met=body.has_met)
    return visit.saved()


@router.put(f"{ONE}/met/settled", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_settled(visit: CurrentVisit, body: HasMetBody) -> Response:
    """What the secretariat found where the two sides differ."""
    meeting.settle_meeting(visit.session, **visit.who, has_met=body.has_met)
    return visit.saved()


@router.put(f"{ONE}/outcome", response_model=IntroductionShape, responses=SAVED, dependencies=JSON)
def put_outcome(visit: CurrentVisit, body: OutcomeBody) -> Response:
    """Say what came of it by day 30, 90 or 180; counted when the other side says the same."""
    meeting.report_outcome(visit.session, **visit.who, draft=body)
    return visit.saved()
