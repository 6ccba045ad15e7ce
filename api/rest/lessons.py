"""What members learned: written, corrected, withdrawn, erased; and found for a challenge."""

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.openapi.models import Example
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import NO_CONTENT, check_fresh, gone_answer, page_of, read_answer, saved_answer
from api.rest.dependencies import (
    LARGEST_NUMBER,
    PAGE_ITEMS,
    After,
    CallerLanguage,
    Countries,
    Limit,
    Number,
    Reading,
    Transaction,
    hold_row,
    only_json,
)
from api.rest.documents import CREATED, GONE, LISTED, READ, SAVED
from api.rest.lesson_shapes import (
    LessonLine,
    LessonShape,
    lesson_line,
    lesson_shape,
)
from api.security import Caller, CurrentService, SignedIn
from matchmaker.accounts.models import Acting
from matchmaker.languages import WorkingLanguage
from matchmaker.lessons.actions import (
    agree_to_be_named,
    edit_lesson,
    erase_lesson,
    set_lesson_state,
    unname_partner,
    write_lesson,
)
from matchmaker.lessons.drafts import LessonDraft
from matchmaker.lessons.models import Lesson, LessonState
from matchmaker.lessons.queries import get_lesson, list_lessons, load_full

router = APIRouter(tags=["lessons"])
_WORDS = {
    "language": "es",
    "title": "Escuchar la red de noche",
    "context": "La mitad del agua se perdía y la cuadrilla era de tres personas.",
    "tried": "Alquilamos sensores acústicos por tres meses.",
    "result": "Los sensores llegaron tarde y nadie sabía leerlos.",
    "is_failure": True,
    "cost_band": "under_25k",
    "would_repeat": "with_changes",
    "year": 2024,
    "place": {"geonameid": 3667873},
}


class LessonsShape(BaseModel):
    """A page of lessons, by number."""

    lessons: list[LessonLine]


class WrittenLesson(LessonDraft):
    """A lesson with the profile that learned it."""

    author_id: int = Field(ge=1, le=LARGEST_NUMBER)


class NewLessonState(BaseModel):
    """Whether a lesson is shown from now on."""

    model_config = ConfigDict(extra="forbid")

    state: LessonState


LessonBody = Annotated[
    WrittenLesson, Body(openapi_examples={"example": Example(summary="A failure", value=_WORDS | {"author_id": 1})})
]
LessonDraftBody = Annotated[
    LessonDraft, Body(openapi_examples={"example": Example(summary="The same, in other words", value=_WORDS)})
]
LessonStateBody = Annotated[
    NewLessonState, Body(openapi_examples={"example": Example(summary="Withdrawn", value={"state": "withdrawn"})})
]
Author = Annotated[int | None, Query(ge=1, le=LARGEST_NUMBER, description="lessons of this profile")]
Failed = Annotated[bool | None, Query(description="failures alone, or what did not fail")]


@router.get("/lessons", response_model=LessonsShape, responses=LISTED)
def read_lessons(
    request: Request,
    session: Reading,
    caller: Caller,
    author: Author = None,
    country: Countries = None,
    failed: Failed = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Lessons that the caller may see."""
    found = list_lessons(
        session, acting=caller, author_id=author, countries=country or (), is_failure=failed, after=after,
        limit=limit + 1,
    )  # fmt: skip
    rows, headers = page_of(request, found, limit=limit, numbers=[full.lesson.id or 0 for full in found])
    return read_answer(request, LessonsShape(lessons=[lesson_line(full) for full in rows]), headers=headers)


@router.post(
    "/lessons",
    status_code=CREATED_STATUS,
    response_model=LessonShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_lesson(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: LessonBody
) -> Response:
    """Write a lesson of a profile for which the account acts. It is found in searches seconds later."""
    row = write_lesson(session, desk=service.desk(), acting=caller, author_id=body.author_id, draft=body)
    return saved_answer(_shape(session, caller, row, language), location=f"/v1/lessons/{row.id}")


@router.get("/lessons/{lesson_id}", response_model=LessonShape, responses=READ)
def read_lesson(
    request: Request, session: Reading, caller: Caller, language: CallerLanguage, lesson_id: Number
) -> Response:
    """One lesson."""
    return read_answer(request, lesson_shape(get_lesson(session, acting=caller, lesson_id=lesson_id), language))


@router.put("/lessons/{lesson_id}", response_model=LessonShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_lesson(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    lesson_id: Number,
    body: LessonDraftBody,
) -> Response:
    """Replace a lesson's words."""
    _check_fresh(request, session, caller, lesson_id)
    row = edit_lesson(session, desk=service.desk(), acting=caller, lesson_id=lesson_id, draft=body)
    return saved_answer(_shape(session, caller, row, language))


@router.put(
    "/lessons/{lesson_id}/state", response_model=LessonShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def put_lesson_state(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    lesson_id: Number,
    body: LessonStateBody,
) -> Response:
    """Withdraw a lesson, or show it again."""
    _check_fresh(request, session, caller, lesson_id)
    row = set_lesson_state(session, desk=service.desk(), acting=caller, lesson_id=lesson_id, state=body.state)
    return saved_answer(_shape(session, caller, row, language))


@router.delete("/lessons/{lesson_id}", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_lesson(session: Transaction, service: CurrentService, caller: SignedIn, lesson_id: Number) -> Response:
    """Erase a lesson with all its words."""
    erase_lesson(session, desk=service.desk(), acting=caller, lesson_id=lesson_id)
    return gone_answer()


@router.put("/lessons/{lesson_id}/partner", response_model=LessonShape, responses=SAVED)
def put_partner(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, lesson_id: Number
) -> Response:
    """Agree to be named in a lesson: until then nobody but its author and oneself reads the name."""
    row = agree_to_be_named(session, desk=service.desk(), acting=caller, lesson_id=lesson_id)
    return saved_answer(_shape(session, caller, row, language))


@router.delete("/lessons/{lesson_id}/partner", status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_partner(session: Transaction, service: CurrentService, caller: SignedIn, lesson_id: Number) -> Response:
    """Take the name of the partner off, for good: the right of the member that is named."""
    unname_partner(session, desk=service.desk(), acting=caller, lesson_id=lesson_id)
    return gone_answer()


def _check_fresh(request: Request, session: Session, caller: Acting, lesson_id: int) -> None:
    hold_row(session, Lesson, lesson_id)
    full = get_lesson(session, acting=caller, lesson_id=lesson_id)
    check_fresh(request, (lesson_shape(full, spoken) for spoken in WorkingLanguage))


def _shape(session: Session, caller: Acting, row: Lesson, language: WorkingLanguage) -> LessonShape:
    return lesson_shape(load_full(session, [row], acting=caller)[0], language)
