"""Who asks, how often, how much at once; and what a browser is told to refuse."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.cookies import SAFE_METHODS, cookies_of, csrf_token_sent, is_csrf_token
from api.pace import Pace
from api.wiring import Service
from matchmaker.accounts.actions import who_is
from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.accounts.models import Scope as TokenScope
from matchmaker.accounts.sessions import note_visit, who_visits
from matchmaker.errors import NotAllowedError

CONTENT_TOO_LARGE = 413
UPLOADS = "/desk/import"  # the end of the one path to which files are sent
SUBSCRIBER_BITS = 64  # of an IPv6 address: what one subscriber holds; the rest may change with every request
HSTS_SECONDS = 31_536_000  # a year: browsers that have come by https come by nothing else meanwhile
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class UnknownTokenError(NotAllowedError):
    """A token was sent, and it is none of ours, or no longer."""


def current_service(request: Request) -> Service:
    """The service behind this application, which looks whether a new version of the alliance's lists is in force."""
    service: Service = request.app.state.service
    service.shelf.look()
    return service


def current_pace(request: Request) -> Pace:
    """The counters of this application."""
    pace: Pace = request.app.state.pace
    return pace


CurrentService = Annotated[Service, Depends(current_service)]
CurrentPace = Annotated[Pace, Depends(current_pace)]
Credentials = Annotated[
    HTTPAuthorizationCredentials | None,
    Depends(HTTPBearer(scheme_name="token", description="A token made by `matchmaker token create`", auto_error=False)),
]


CsrfToken = Annotated[str, Depends(csrf_token_sent)]


def who_is_there(
    request: Request, service: CurrentService, pace: CurrentPace, credentials: Credentials, csrf_token: CsrfToken
) -> Acting:
    """The account of the token or the session sent, or anyone; each request is counted.

    Raises UnknownTokenError, `csrf_missing`.
    """
    if "authorization" in request.headers:
        acting = None if credentials is None else _account_of(service, credentials.credentials)
    else:
        acting = _visitor(request, service, csrf_token)
    pace.count_request(address_of(request) if acting is None else f"account {acting.account_id}")
    if acting is None and "authorization" in request.headers:
        raise UnknownTokenError("token_not_valid")
    request.state.is_known = acting is not None
    return acting or ANYONE


def who_calls(request: Request, acting: Annotated[Acting, Depends(who_is_there)]) -> Acting:
    """Whoever is there, when they may read, or write, as the method says. Raises `scope_missing`."""
    return _with_scope(acting, TokenScope.READ if request.method in SAFE_METHODS else TokenScope.WRITE)


Caller = Annotated[Acting, Depends(who_calls)]


def who_is_signed_in(caller: Caller) -> Acting:
    """An account with a role. Raises `sign_in_needed`."""
    if caller.role is None:
        raise NotAllowedError("sign_in_needed")
    return caller


def who_searches(request: Request, acting: Annotated[Acting, Depends(who_is_there)], pace: CurrentPace) -> Acting:
    """Whoever asks for a search, which costs more than a read: without a token fewer are answered."""
    if acting.role is None:
        pace.count_try(address_of(request))
    return _with_scope(acting, TokenScope.READ)


def who_searches_lists(request: Request, acting: Annotated[Acting, Depends(who_is_there)], pace: CurrentPace) -> Acting:
    """Whoever reads a list that may be searched: with a text to be sought (`q`) it is a search."""
    return who_searches(request, acting, pace) if request.query_params.get("q") else acting


SignedIn = Annotated[Acting, Depends(who_is_signed_in)]
Searcher = Annotated[Acting, Depends(who_searches)]


def address_of(request: Request) -> str:
    """By what a caller without a token is counted: the IPv4 address, or an IPv6 subscriber's network."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(ip_network((address, SUBSCRIBER_BITS), strict=False))
    return host


def _account_of(service: Service, token: str) -> Acting | None:
    with service.database.reading() as session:
        return who_is(session, token=token, now=service.clock())


def _visitor(request: Request, service: Service, csrf_token: str) -> Acting | None:
    """Who is signed in in this browser. Raises `csrf_missing`."""
    secret = cookies_of(service.settings).session_of(request)
    if not secret:
        return None
    with service.database.reading() as session:
        visit = who_visits(session, secret=secret, now=service.clock())
    if visit is None:
        return None
    if request.method not in SAFE_METHODS and not is_csrf_token(csrf_token, session_secret=secret):
        request.state.is_known = True
        raise NotAllowedError("csrf_missing")
    if visit.is_seen_late:
        with service.database.transaction() as session:
            note_visit(session, session_id=visit.session_id, now=service.clock())
    return visit.acting


def _with_scope(acting: Acting, scope: TokenScope) -> Acting:
    if scope not in acting.scopes:
        raise NotAllowedError("scope_missing", scope=scope)
    return acting


class SecurityHeaders:
    """ASGI middleware: what a browser is told to refuse, on every answer that does not say otherwise."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self._app = app
        https = {"Strict-Transport-Security": f"max-age={HSTS_SECONDS}"} if is_https else {}
        self._headers = HEADERS | https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """ASGI middleware: a body is read up to so many bytes, announced or not (chunked); more answers 413.

    Files of the secretariat, posted to a path that ends with `UPLOADS`, may be larger.
    """

    def __init__(self, app: ASGIApp, *, most_bytes: int, most_upload_bytes: int = 0) -> None:
        self._app = app
        self._most_bytes = most_bytes
        self._most_upload_bytes = max(most_bytes, most_upload_bytes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        read = 0
        is_upload = scope.get("path", "").endswith(UPLOADS)
        most = self._most_upload_bytes if is_upload else self._most_bytes

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(CONTENT_TOO_LARGE, headers={"Connection": "close"})
            return message

        await self._app(scope, receive_some, send)
