"""The audit log, for administrators."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from api.rest.answers import page_of, read_answer
from api.rest.dependencies import PAGE_ITEMS, After, Limit, Reading
from api.rest.documents import LISTED
from api.security import SignedIn
from matchmaker.audit.queries import list_entries
from matchmaker.texts import Line

router = APIRouter(tags=["audit"])
Code = Annotated[Line, Query(description="only entries with this code")]


class EntryShape(BaseModel):
    """One act: who did what to what, in codes and ids; sealed by the digest of the entry before it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    at: datetime
    account_id: int | None
    act: str
    subject: str
    subject_id: int
    codes: dict[str, str | int | bool | None]
    digest: str


class EntriesShape(BaseModel):
    """A page of the log, oldest first."""

    entries: list[EntryShape]


@router.get("/audit", response_model=EntriesShape, responses=LISTED)
def read_audit(
    request: Request,
    session: Reading,
    caller: SignedIn,
    act: Code = "",
    subject: Code = "",
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """The acts of power, oldest first."""
    found = list_entries(session, acting=caller, act=act, subject=subject, after=after, limit=limit + 1)
    kept, headers = page_of(request, found, limit=limit, numbers=[entry.id or 0 for entry in found])
    return read_answer(request, EntriesShape(entries=[EntryShape.model_validate(row) for row in kept]), headers=headers)
