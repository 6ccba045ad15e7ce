"""Whether the service is well."""

from enum import StrEnum

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import tried_answer
from api.rest.dependencies import Reading
from api.security import Caller, CurrentService
from matchmaker.store.outbox import Topic, count_waiting

router = APIRouter(tags=["health"])


class State(StrEnum):
    """Whether searches find anything."""

    READY = "ready"
    NO_INDEX_YET = "no_index_yet"


class HealthShape(BaseModel):
    """The generation of the index (0: none yet), and how many saves it does not know yet."""

    status: State
    generation: int
    waiting: int


@router.get("/health", response_model=HealthShape)
def read_health(session: Reading, service: CurrentService, _caller: Caller) -> Response:
    """Index and outbox."""
    generation = service.engine.generations.current_number()
    waiting = count_waiting(session, topics=list(Topic))
    status = State.READY if generation else State.NO_INDEX_YET
    return tried_answer(HealthShape(status=status, generation=generation, waiting=waiting))
