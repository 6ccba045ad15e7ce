"""Signing in through an OpenID provider."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from api.cookies import cookies_of
from api.openid import OpenIdClient
from api.rest.answers import NEVER_KEPT, read_answer
from api.rest.dependencies import CallerLanguage
from api.rest.documents import READ, Responses
from api.security import Caller, CurrentPace, CurrentService, address_of
from api.signing_in import begin
from api.wiring import Service
from matchmaker.accounts.openid import account_of, begin_errand, end_errand
from matchmaker.accounts.seals import new_secret
from matchmaker.errors import NotAllowedError, NotFoundError
from matchmaker.texts import Line, Text

SENT: Responses = {303: {"description": "Elsewhere", "headers": {"Location": {"schema": {"type": "string"}}}}}
router = APIRouter(tags=["sign-in"])


class ProviderShape(BaseModel):
    """A provider by its name in addresses and its title for people."""

    provider: str
    title: str


class ProvidersShape(BaseModel):
    """Where people may sign in with an account that they have already."""

    providers: list[ProviderShape]


@router.get("/sign-in/openid", response_model=ProvidersShape, responses=READ)
def read_providers(request: Request, service: CurrentService, _caller: Caller) -> Response:
    """Providers through which one may sign in."""
    known = service.settings.openid_providers.items()
    return read_answer(
        request, ProvidersShape(providers=[ProviderShape(provider=name, title=row.title) for name, row in known])
    )


@router.get("/sign-in/openid/{provider}", status_code=HTTPStatus.SEE_OTHER, responses=SENT, response_class=Response)
def go(request: Request, service: CurrentService, pace: CurrentPace, provider: Line) -> Response:
    """Send this browser to a provider."""
    client = _client(service, provider)
    pace.count_sign_in("openid", caller=address_of(request), address="")
    cookies = cookies_of(service.settings)
    browser = cookies.browser_of(request) or new_secret()
    with service.database.transaction() as session:
        errand = begin_errand(session, key=service.signing_key, provider=provider, browser=browser, now=service.clock())
    answer = RedirectResponse(client.address_for(errand), HTTPStatus.SEE_OTHER, NEVER_KEPT)
    cookies.keep_browser(answer, browser)
    return answer


@router.get(
    "/sign-in/openid/{provider}/callback", status_code=HTTPStatus.SEE_OTHER, responses=SENT, response_class=Response
)
def come_back(
    request: Request,
    service: CurrentService,
    pace: CurrentPace,
    language: CallerLanguage,
    provider: Line,
    state: Annotated[Line, Query()] = "",
    code: Annotated[Text, Query()] = "",
) -> Response:
    """Take this browser back from a provider, signed in where it vouches for an address that has an account."""
    client = _client(service, provider)
    pace.count_sign_in("openid back", caller=address_of(request), address="")
    cookies = cookies_of(service.settings)
    known = {"key": service.signing_key, "provider": provider, "browser": cookies.browser_of(request)}
    with service.database.transaction() as session:  # once, also when the provider then refuses
        errand = end_errand(session, state=state, now=service.clock(), **known)
    if errand is None or not code:
        raise NotAllowedError("openid_not_valid")
    claims = client.claims_for(errand, code=code)
    with service.database.transaction() as session:
        account = account_of(session, claims=claims, now=service.clock())
        if account is None:
            raise NotAllowedError("openid_no_account")
        secret = begin(request, session, service, account)
    answer = RedirectResponse(
        f"{service.settings.public_url.rstrip('/')}/{language}/", HTTPStatus.SEE_OTHER, NEVER_KEPT
    )
    cookies.keep_session(answer, secret)
    return answer


def _client(service: Service, name: str) -> OpenIdClient:
    """Raise `openid_unknown` for a provider that the operator has not set."""
    provider = service.settings.openid_providers.get(name)
    if provider is None:
        raise NotFoundError("openid_unknown", value=name)
    public_url = service.settings.public_url.rstrip("/")
    return OpenIdClient(provider, callback=f"{public_url}/v1/sign-in/openid/{name}/callback")
