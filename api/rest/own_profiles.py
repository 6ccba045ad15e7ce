"""What those who act for a profile read of it and write: its working copy, how it is seen, proposals that are left."""

from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.rest.answers import check_fresh, read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, hold_row, only_json
from api.rest.documents import GONE, READ, SAVED
from api.rest.inputs import ProfileBody
from api.security import CurrentService, SignedIn
from matchmaker.introductions.quotas import asks_left
from matchmaker.matching.visibility import own_visibility
from matchmaker.profiles.completeness import Lack, missing_from
from matchmaker.profiles.drafts import ProfileDraft
from matchmaker.profiles.models import Profile
from matchmaker.profiles.writing import Written, discard_copy, draft_language, save_copy, written
from matchmaker.texts import Line

NO_CONTENT = 204
COPY = "/profiles/{profile_id}/copy"
router = APIRouter(tags=["profiles"])


class LackShape(BaseModel):
    """What a profile does not say; of one offer or one thing done by its number from 0."""

    lack: Lack
    number: int | None
    named: str


class ShownWords(ProfileDraft):
    """What is written, without what no answer shows (`UNSHOWN`): sent back as it is, it leaves that as it is."""

    email: Line = Field(default="", exclude=True)
    registration_number: Line = Field(default="", exclude=True)
    address: Line = Field(default="", exclude=True)


class CopyShape(BaseModel):
    """A profile as it is being written. `saved_at` is null while it says what is published."""

    profile_id: int
    is_first: bool
    saved_at: datetime | None
    words: ShownWords
    missing: list[LackShape]


class ShownForShape(BaseModel):
    """A challenge in whose lists the profile stood; `needs` for which a sentence of it was quoted, from 0."""

    challenge_id: int
    times: int
    best_place: int
    needs: list[int]
    shown_at: datetime


class VisibilityShape(BaseModel):
    """How a profile is seen; and how many open challenges are outside the countries and languages that it names."""

    profile_id: int
    is_shown: bool
    times: int
    challenges: int
    askers: int
    shown_for: list[ShownForShape]
    unnamed: int
    open_challenges: int
    countries: dict[str, int]
    languages: dict[str, int]


class AsksLeftShape(BaseModel):
    """Proposals of its own that a profile has left, of `limit` in any seven days."""

    profile_id: int
    left: int
    limit: int
    next_at: datetime | None


@router.get(COPY, response_model=CopyShape, responses=READ)
def read_copy(request: Request, session: Reading, caller: SignedIn, profile_id: Number) -> Response:
    """What is being written of a profile, and what it does not say yet; nobody else reads it before it is published."""
    return read_answer(request, copy_shape(written(session, acting=caller, profile_id=profile_id)))


@router.put(COPY, response_model=CopyShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_copy(
    request: Request, session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number,
    body: ProfileBody,
) -> Response:  # fmt: skip
    """Save what is being written; what is published stands meanwhile."""
    hold_row(session, Profile, profile_id)
    check_fresh(request, [copy_shape(written(session, acting=caller, profile_id=profile_id))])
    saved = save_copy(session, acting=caller, profile_id=profile_id, draft=body, now=service.clock())
    return saved_answer(copy_shape(saved))


@router.delete(COPY, status_code=NO_CONTENT, response_model=None, responses=GONE)
def delete_copy(session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number) -> Response:
    """Throw away what was written since it was published; of what never was published, everything."""
    discard_copy(session, acting=caller, profile_id=profile_id, now=service.clock())
    return Response(status_code=NO_CONTENT)


@router.get("/profiles/{profile_id}/visibility", response_model=VisibilityShape, responses=READ)
def read_visibility(request: Request, session: Reading, caller: SignedIn, profile_id: Number) -> Response:
    """How often a profile was shown and for what, and what keeps it out of lists. Who looked is not told."""
    found = own_visibility(session, acting=caller, profile_id=profile_id)
    shown_for = [
        ShownForShape(
            challenge_id=each.full.challenge.id or 0, times=each.times, best_place=each.best_place,
            needs=list(each.needs), shown_at=each.shown_at,
        )
        for each in found.shown_for
    ]  # fmt: skip
    shape = VisibilityShape(
        profile_id=profile_id, is_shown=found.is_shown, times=found.times, challenges=found.challenges,
        askers=found.askers, shown_for=shown_for, unnamed=found.unnamed, open_challenges=found.unmet.open_challenges,
        countries=dict(found.unmet.countries), languages=dict(found.unmet.languages),
    )  # fmt: skip
    return read_answer(request, shape)


@router.get("/profiles/{profile_id}/asks-left", response_model=AsksLeftShape, responses=READ)
def read_asks_left(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, profile_id: Number
) -> Response:
    """How many proposals of its own a profile has left."""
    left = asks_left(session, acting=caller, profile_id=profile_id, office=service.introduction_office())
    return read_answer(
        request, AsksLeftShape(profile_id=profile_id, left=left.left, limit=left.limit, next_at=left.next_at)
    )


def copy_shape(found: Written) -> CopyShape:
    """What is being written, as an answer."""
    draft = found.draft
    return CopyShape(
        profile_id=found.profile.id or 0,
        is_first=found.is_first,
        saved_at=found.saved_at,
        words=ShownWords(**draft.model_dump()),
        missing=[
            LackShape(lack=each.lack, number=each.number, named=each.named)
            for each in missing_from(draft, language=draft_language(draft))
        ],
    )
