"""Who asks, how often, how much at once; and what a browser is told to refuse."""

import math
import time
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import Settings
from api.wiring import Service
from matchmaker.accounts.actions import who_is
from matchmaker.accounts.models import ANYONE, Acting
from matchmaker.errors import DomainError, NotAllowedError

CONTENT_TOO_LARGE = 413
SUBSCRIBER_BITS = 64  # of an IPv6 address: what one subscriber holds; the rest may change with every request
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class UnknownTokenError(NotAllowedError):
    """A token was sent, and it is none of ours, or no longer."""


class TooManyRequestsError(DomainError):
    """The caller asked too often; `values["seconds"]` says how long to wait."""


@dataclass(frozen=True)
class Pace:
    """How often one caller may ask; counted in this process, forgotten at its end."""

    requests: RateLimitItem
    tries: RateLimitItem
    limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    def count_request(self, caller: str) -> None:
        """Count one request of a caller. Raises TooManyRequestsError."""
        self._count(self.requests, "request", caller)

    def count_try(self, caller: str) -> None:
        """Count one search of a caller without a token. Raises TooManyRequestsError."""
        self._count(self.tries, "try", caller)

    def _count(self, limit: RateLimitItem, kind: str, caller: str) -> None:
        if not self.limiter.hit(limit, kind, caller):
            ends_at = self.limiter.get_window_stats(limit, kind, caller).reset_time
            seconds = max(1, math.ceil(ends_at - time.time()))
            raise TooManyRequestsError("too_many_requests", seconds=seconds, limit=limit.amount)


def pace_of(settings: Settings) -> Pace:
    """The pace that an operator has set."""
    return Pace(RateLimitItemPerMinute(settings.requests_per_minute), RateLimitItemPerMinute(settings.tries_per_minute))


def current_service(request: Request) -> Service:
    """The service behind this application."""
    service: Service = request.app.state.service
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


def who_calls(request: Request, service: CurrentService, pace: CurrentPace, credentials: Credentials) -> Acting:
    """The account of the token sent, or anyone; each request is counted. Raises UnknownTokenError."""
    if "authorization" not in request.headers:
        pace.count_request(address_of(request))
        return ANYONE
    acting = None if credentials is None else _account_of(service, credentials.credentials)
    pace.count_request(address_of(request) if acting is None else f"account {acting.account_id}")
    if acting is None:
        raise UnknownTokenError("token_not_valid")
    return acting


Caller = Annotated[Acting, Depends(who_calls)]


def who_is_signed_in(caller: Caller) -> Acting:
    """An account with a role. Raises `sign_in_needed`."""
    if caller.role is None:
        raise NotAllowedError("sign_in_needed")
    return caller


def who_searches(request: Request, caller: Caller, pace: CurrentPace) -> Acting:
    """Whoever asks for a search, which costs more than a read: without a token fewer are answered."""
    if caller.role is None:
        pace.count_try(address_of(request))
    return caller


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


class SecurityHeaders:
    """ASGI middleware: what a browser is told to refuse, on every answer that does not say otherwise."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """ASGI middleware: a body is read up to so many bytes, announced or not (chunked); more answers 413."""

    def __init__(self, app: ASGIApp, *, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        read = 0

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise HTTPException(CONTENT_TOO_LARGE, headers={"Connection": "close"})
            return message

        await self._app(scope, receive_some, send)
