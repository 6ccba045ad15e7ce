"""Agents of transformation."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlmodel import Session
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.dependencies import (
    PAGE_ITEMS,
    After,
    CallerLanguage,
    Codes,
    Countries,
    Limit,
    Number,
    Reading,
    Transaction,
    hold_row,
    only_json,
)
from api.rest.documents import CREATED, LISTED, READ, SAVED
from api.rest.inputs import ProfileBody
from api.rest.shapes import ProfileLine, ProfileShape, profile_line, profile_shape
from api.security import Caller, CurrentService, SignedIn
from matchmaker.languages import WorkingLanguage
from matchmaker.membership.entering import enter_profile, rewrite_profile
from matchmaker.profiles.drafts import keeping
from matchmaker.profiles.models import Profile
from matchmaker.profiles.queries import get_profile, list_profiles, load_full

router = APIRouter(tags=["profiles"])


class ProfilesShape(BaseModel):
    """A page of profiles, by number."""

    profiles: list[ProfileLine]


@router.get("/profiles", response_model=ProfilesShape, responses=LISTED)
def read_profiles(
    request: Request,
    session: Reading,
    caller: Caller,
    kind: Codes = None,
    country: Countries = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Profiles that the caller may see."""
    found = list_profiles(
        session, acting=caller, kinds=kind or (), countries=country or (), after=after, limit=limit + 1
    )
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, ProfilesShape(profiles=[profile_line(row) for row in rows]), headers=headers)


@router.post(
    "/profiles",
    status_code=CREATED_STATUS,
    response_model=ProfileShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_profile(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: ProfileBody
) -> Response:
    """Save a new profile; the account then acts for it. Others find it seconds later, or once it is admitted."""
    row = enter_profile(
        session, desk=service.desk(), acting=caller, draft=body, admission=service.settings.admission,
        rulebook=service.rulebook,
    )  # fmt: skip
    return saved_answer(_shape(session, row, language), location=f"/v1/profiles/{row.id}")


@router.get("/profiles/{profile_id}", response_model=ProfileShape, responses=READ)
def read_profile(
    request: Request, session: Reading, caller: Caller, language: CallerLanguage, profile_id: Number
) -> Response:
    """One profile."""
    full = get_profile(session, acting=caller, profile_id=profile_id)
    return read_answer(request, profile_shape(full, language))


@router.put("/profiles/{profile_id}", response_model=ProfileShape, responses=SAVED, dependencies=[Depends(only_json)])
def put_profile(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    language: CallerLanguage,
    profile_id: Number,
    body: ProfileBody,
) -> Response:
    """Replace a profile's words. E-mail, registration number and street address, never shown, stay when left out."""
    hold_row(session, Profile, profile_id)
    full = get_profile(session, acting=caller, profile_id=profile_id)
    check_fresh(request, (profile_shape(full, spoken) for spoken in WorkingLanguage))
    draft = keeping(body, full.profile, given=body.model_fields_set)
    row = rewrite_profile(
        session, desk=service.desk(), acting=caller, profile_id=profile_id, draft=draft, rulebook=service.rulebook
    )
    return saved_answer(_shape(session, row, language))


def _shape(session: Session, row: Profile, language: WorkingLanguage) -> ProfileShape:
    return profile_shape(load_full(session, [row])[0], language)
