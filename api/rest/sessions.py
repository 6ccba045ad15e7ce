"""Oneself: who one is, where one is signed in, which tokens one has given out."""

from datetime import timedelta
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from api.cookies import cookies_of, csrf_token_of
from api.rest.account_inputs import TokenBody
from api.rest.account_shapes import (
    MeShape,
    NewTokenShape,
    SessionsShape,
    TokensShape,
    me_shape,
    session_shape,
    token_shape,
)
from api.rest.answers import CREATED as CREATED_STATUS
from api.rest.answers import MEDIA_TYPE, NEVER_KEPT, read_answer
from api.rest.dependencies import Number, Reading, Transaction, only_json
from api.rest.documents import READ, Responses
from api.rest.sign_in import GONE
from api.security import CurrentService, SignedIn
from matchmaker.accounts.actions import make_own_token, own_tokens, revoke_own_token
from matchmaker.accounts.sessions import end_other_sessions, end_session, list_sessions

router = APIRouter(tags=["oneself"])
MADE: Responses = {201: {"description": "Made; the key is shown this once"}}
NOTHING = HTTPStatus.NO_CONTENT


@router.get("/me", response_model=MeShape, responses=READ)
def read_me(request: Request, session: Reading, service: CurrentService, caller: SignedIn) -> Response:
    """Who is signed in, for whom, and the token that goes with requests from this browser."""
    is_here = caller.session_id is not None
    csrf_token = csrf_token_of(cookies_of(service.settings).session_of(request)) if is_here else None
    return read_answer(request, me_shape(session, caller, csrf_token=csrf_token))


@router.get("/sessions", response_model=SessionsShape, responses=READ)
def read_sessions(request: Request, session: Reading, service: CurrentService, caller: SignedIn) -> Response:
    """The browsers in which one is signed in."""
    rows = list_sessions(session, acting=caller, now=service.clock())
    return read_answer(request, SessionsShape(sessions=[session_shape(row, acting=caller) for row in rows]))


@router.delete("/sessions", status_code=NOTHING, responses=GONE)
def delete_other_sessions(session: Transaction, service: CurrentService, caller: SignedIn) -> Response:
    """End all sessions but the present one, at once."""
    end_other_sessions(session, acting=caller, now=service.clock())
    return Response(status_code=NOTHING)


@router.delete("/sessions/{session_id}", status_code=NOTHING, responses=GONE)
def delete_session(session: Transaction, service: CurrentService, caller: SignedIn, session_id: Number) -> Response:
    """End one session, at once."""
    end_session(session, acting=caller, session_id=session_id, now=service.clock())
    return Response(status_code=NOTHING)


@router.get("/tokens", response_model=TokensShape, responses=READ)
def read_tokens(request: Request, session: Reading, caller: SignedIn) -> Response:
    """One's own tokens, without their keys."""
    return read_answer(request, TokensShape(tokens=[token_shape(row) for row in own_tokens(session, acting=caller)]))


@router.post(
    "/tokens",
    status_code=CREATED_STATUS,
    response_model=NewTokenShape,
    responses=MADE,
    dependencies=[Depends(only_json)],
)
def create_token(session: Transaction, service: CurrentService, caller: SignedIn, body: TokenBody) -> Response:
    """Give a program a key to one's own account, for as much as it needs."""
    now = service.clock()
    expires_at = None if body.days is None else now + timedelta(days=body.days)
    row, key = make_own_token(
        session, acting=caller, label=body.label, scopes=body.scopes, expires_at=expires_at, now=now
    )
    shape = NewTokenShape(**token_shape(row).model_dump(), key=key)
    return Response(shape.model_dump_json(), CREATED_STATUS, NEVER_KEPT, MEDIA_TYPE)


@router.delete("/tokens/{token_id}", status_code=NOTHING, responses=GONE)
def delete_token(session: Transaction, service: CurrentService, caller: SignedIn, token_id: Number) -> Response:
    """End one's own token, at once."""
    revoke_own_token(session, acting=caller, token_id=token_id, now=service.clock())
    return Response(status_code=NOTHING)
