"""Accounts, for administrators: who has a role of the alliance, and who no longer has an account."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.rest.account_inputs import AppointmentBody, RoleBody
from api.rest.account_shapes import AccountShape, AccountsShape, account_shape
from api.rest.answers import check_fresh, page_of, read_answer, saved_answer
from api.rest.dependencies import PAGE_ITEMS, After, CallerLanguage, Limit, Number, Reading, Transaction, only_json
from api.rest.documents import LISTED, READ, SAVED
from api.rest.sign_in import GONE
from api.security import CurrentService, SignedIn
from matchmaker.accounts.models import Role
from matchmaker.accounts.queries import get_account, list_accounts
from matchmaker.people.appointing import appoint, change_role, end_account
from matchmaker.people.representing import Invited

router = APIRouter(tags=["accounts"])
Roles = Annotated[list[Role] | None, Query(max_length=len(Role))]


@router.get("/accounts", response_model=AccountsShape, responses=LISTED)
def read_accounts(
    request: Request,
    session: Reading,
    caller: SignedIn,
    role: Roles = None,
    after: After = 0,
    limit: Limit = PAGE_ITEMS,
) -> Response:
    """Accounts by number."""
    found = list_accounts(session, acting=caller, roles=role or (), after=after, limit=limit + 1)
    rows, headers = page_of(request, found, limit=limit, numbers=[row.id or 0 for row in found])
    return read_answer(request, AccountsShape(accounts=[account_shape(row) for row in rows]), headers=headers)


@router.post("/accounts", response_model=AccountShape, responses=SAVED, dependencies=[Depends(only_json)])
def post_account(
    session: Transaction, service: CurrentService, caller: SignedIn, language: CallerLanguage, body: AppointmentBody
) -> Response:
    """Appoint someone; whoever has no account gets one. They are told by letter."""
    invited = Invited(address=body.email, name=body.name, language=body.language or language)
    row = appoint(session, acting=caller, invited=invited, role=body.role, now=service.clock())
    return saved_answer(account_shape(row))


@router.get("/accounts/{account_id}", response_model=AccountShape, responses=READ)
def read_account(request: Request, session: Reading, caller: SignedIn, account_id: Number) -> Response:
    """One account."""
    return read_answer(request, account_shape(get_account(session, acting=caller, account_id=account_id)))


@router.put(
    "/accounts/{account_id}/role", response_model=AccountShape, responses=SAVED, dependencies=[Depends(only_json)]
)
def put_role(
    request: Request,
    session: Transaction,
    service: CurrentService,
    caller: SignedIn,
    account_id: Number,
    body: RoleBody,
) -> Response:
    """Give an account another role, from this moment."""
    check_fresh(request, [account_shape(get_account(session, acting=caller, account_id=account_id))])
    row = change_role(session, acting=caller, account_id=account_id, role=body.role, now=service.clock())
    return saved_answer(account_shape(row))


@router.delete("/accounts/{account_id}", status_code=HTTPStatus.NO_CONTENT, responses=GONE)
def delete_account(session: Transaction, service: CurrentService, caller: SignedIn, account_id: Number) -> Response:
    """End an account: its sessions and tokens hold no longer. What it did for members stays theirs."""
    end_account(session, acting=caller, account_id=account_id, now=service.clock())
    return Response(status_code=HTTPStatus.NO_CONTENT)
