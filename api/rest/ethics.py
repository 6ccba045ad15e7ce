"""The code of ethics, and where a member stands with it."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import read_answer, saved_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import CREATED, READ
from api.rest.integrity_inputs import SignedBody
from api.security import Caller, CurrentService, SignedIn
from matchmaker.integrity.actions import sign_code
from matchmaker.integrity.models import VERSION_CHARACTERS
from matchmaker.integrity.queries import Standing, standing_of
from matchmaker.integrity.rulebook import CodeOfEthics
from matchmaker.integrity.rules import SignatureState

router = APIRouter(tags=["integrity"])
Version = Annotated[str, Path(min_length=1, max_length=VERSION_CHARACTERS, examples=["2026.1"])]


class ArticleShape(BaseModel):
    """One rule, by language."""

    code: str
    title: dict[str, str]
    text: dict[str, str]


class CodeOfEthicsShape(BaseModel):
    """One version, by language; members have `grace_days` to sign it from its first day (UTC)."""

    version: str
    provisional: bool
    in_force_from: date
    grace_days: int
    source: dict[str, str]
    title: dict[str, str]
    preamble: dict[str, str]
    articles: list[ArticleShape]


class SignatureShape(BaseModel):
    """Where a member stands with the version in force: signed, due, or overdue since `due_at`."""

    version: str
    state: SignatureState
    due_at: datetime
    signed_at: datetime | None


@router.get("/code-of-ethics", response_model=CodeOfEthicsShape, responses=READ)
def read_code_in_force(request: Request, service: CurrentService, _caller: Caller) -> Response:
    """The code of ethics in force, in Spanish, Portuguese and English."""
    return read_answer(request, _code_shape(service.rulebook.in_force(service.clock())))


@router.get("/code-of-ethics/{version}", response_model=CodeOfEthicsShape, responses=READ)
def read_code(request: Request, service: CurrentService, _caller: Caller, version: Version) -> Response:
    """One version of the code of ethics."""
    return read_answer(request, _code_shape(service.rulebook.code(version)))


@router.get("/profiles/{profile_id}/signature", response_model=SignatureShape, responses=READ)
def read_signature(
    request: Request, session: Reading, service: CurrentService, caller: SignedIn, profile_id: Number
) -> Response:
    """Where a member stands with the code: for its representatives and the alliance's own people."""
    standing = standing_of(
        session, acting=caller, profile_id=profile_id, rulebook=service.rulebook, now=service.clock()
    )
    return read_answer(request, _signature_shape(standing))


@router.post(
    "/profiles/{profile_id}/signatures",
    status_code=CREATED_STATUS,
    response_model=SignatureShape,
    responses=CREATED,
    dependencies=[Depends(only_json)],
)
def post_signature(
    session: Transaction, service: CurrentService, caller: SignedIn, profile_id: Number, body: SignedBody
) -> Response:
    """Sign the code for a member. A second signature of the same version changes nothing."""
    rulebook, now = service.rulebook, service.clock()
    sign_code(session, acting=caller, profile_id=profile_id, version=body.version, rulebook=rulebook, now=now)
    standing = standing_of(session, acting=caller, profile_id=profile_id, rulebook=rulebook, now=now)
    return saved_answer(_signature_shape(standing), location=f"/v1/profiles/{profile_id}/signature")


def _code_shape(code: CodeOfEthics) -> CodeOfEthicsShape:
    return CodeOfEthicsShape.model_validate(code, from_attributes=True)


def _signature_shape(standing: Standing) -> SignatureShape:
    return SignatureShape(
        version=standing.code.version,
        state=standing.state,
        due_at=standing.due_at,
        signed_at=standing.signature.signed_at if standing.signature else None,
    )
