"""After contacts opened: whether the two met, and what came of it."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import saved_answer
from api.rest.dependencies import only_json
from api.rest.documents import CREATED, SAVED
from api.rest.inputs import HasMetBody, OutcomeBody, OutcomeLessonBody
from api.rest.introduction_shapes import IntroductionShape
from api.rest.introduction_visits import CurrentVisit
from api.rest.lesson_shapes import LessonShape, lesson_shape
from api.security import CurrentService
from matchmaker.introductions import meeting, telling
from matchmaker.lessons.queries import load_full

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


@router.post(
    f"{ONE}/lesson", status_code=CREATED_STATUS, response_model=LessonShape, responses=CREATED, dependencies=JSON
)
def post_lesson(visit: CurrentVisit, service: CurrentService, body: OutcomeLessonBody) -> Response:
    """Tell what one's side learned, once both confirmed an outcome. The other side is named only when it agrees."""
    row = telling.tell_lesson(visit.session, desk=service.desk(), **visit.who, draft=body)
    [full] = load_full(visit.session, [row], acting=visit.acting)
    return saved_answer(lesson_shape(full, visit.language), location=f"/v1/lessons/{row.id}")
