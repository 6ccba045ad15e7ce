"""Errors as problem documents (RFC 9457) that say what to do, in the caller's language."""

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.i18n import language_of, words
from api.pace import TooManyRequestsError
from api.rest.answers import StaleError
from api.rest.dependencies import UnsupportedMediaError
from api.rest.faults import Fault, Problem, fault_of_field, faults_of, faults_of_trial
from matchmaker.errors import (
    ConflictError,
    DomainError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    NotReadyError,
)
from matchmaker.languages import WorkingLanguage
from matchmaker.publishing.actions import VersionRefusedError

METHODS = ("GET", "POST", "PUT", "DELETE")  # that routes of ours take
MEDIA_TYPE = "application/problem+json"
BUSY_SECONDS = 5  # after which a caller may try again when the database did not answer
STATUSES: dict[type[DomainError], HTTPStatus] = {
    NotFoundError: HTTPStatus.NOT_FOUND,
    NotAllowedError: HTTPStatus.FORBIDDEN,
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ConflictError: HTTPStatus.CONFLICT,
    StaleError: HTTPStatus.PRECONDITION_FAILED,
    UnsupportedMediaError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    NotReadyError: HTTPStatus.SERVICE_UNAVAILABLE,
}
CODES = {
    HTTPStatus.BAD_REQUEST: "invalid_json",
    HTTPStatus.NOT_FOUND: "address_unknown",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}
"""What the framework refuses before any route of ours is asked."""
logger = structlog.get_logger()


AsPage = Callable[[Request, Problem], Response | None]
"""Shows a problem as a page; nothing where the address is none of a page."""


class Problems:
    """Tells errors to whoever asked: as problem documents, or through `as_page` outside the API."""

    def __init__(self, as_page: AsPage | None = None) -> None:
        self._as_page = as_page

    def install(self, app: FastAPI) -> None:
        """Answer every error of `app`."""
        app.add_exception_handler(DomainError, self.of_domain)
        app.add_exception_handler(RequestValidationError, self.of_input)
        app.add_exception_handler(HTTPException, self.of_framework)
        app.add_exception_handler(IntegrityError, self.of_race)
        app.add_exception_handler(OperationalError, self.of_database)

    async def of_domain(self, request: Request, error: Exception) -> Response:
        """What the domain refuses."""
        assert isinstance(error, DomainError)  # noqa: S101 - the framework's signature is wider
        status = next(status for kind, status in STATUSES.items() if isinstance(error, kind))
        headers: dict[str, str] = {}
        if status is HTTPStatus.FORBIDDEN and _is_nobody(request, error):
            status, headers = HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"}
        if isinstance(error, (TooManyRequestsError, NotReadyError)):
            headers = {"Retry-After": str(error.values["seconds"])}
        language = language_of(request.headers.get("accept-language", ""))
        faults = faults_of_trial(error.trial, language) if isinstance(error, VersionRefusedError) else None
        return self.answer(request, status, error.code, error.values, faults, headers=headers)

    async def of_input(self, request: Request, error: Exception) -> Response:
        """Input that is not as the API asks for it."""
        assert isinstance(error, RequestValidationError)  # noqa: S101
        found = error.errors()
        if found[0]["type"] == "json_invalid":
            return self.answer(request, HTTPStatus.BAD_REQUEST, "invalid_json", {})
        faults = faults_of(found, error.body, language_of(request.headers.get("accept-language", "")))
        return self.answer(request, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_input", {"count": len(faults)}, faults)

    async def of_framework(self, request: Request, error: Exception) -> Response:
        """Unknown addresses, wrong methods, bodies that are too large or cannot be read."""
        assert isinstance(error, HTTPException)  # noqa: S101
        status = HTTPStatus(error.status_code)
        allowed = ", ".join(_allowed(request)) if status is HTTPStatus.METHOD_NOT_ALLOWED else ""
        headers = {**(error.headers or {}), **({"Allow": allowed} if allowed else {})}
        values = {"method": request.method, "allowed": allowed} if allowed else {}
        return self.answer(request, status, CODES.get(status, "refused"), values, headers=headers)

    async def of_race(self, request: Request, _error: Exception) -> Response:
        """Two callers who wrote the same thing at the same moment."""
        return self.answer(request, HTTPStatus.CONFLICT, "changed_meanwhile", {})

    async def of_database(self, request: Request, error: Exception) -> Response:
        """A database that does not answer in time."""
        logger.error("database_unavailable", error=type(error).__name__)
        headers = {"Retry-After": str(BUSY_SECONDS)}
        return self.answer(request, HTTPStatus.SERVICE_UNAVAILABLE, "busy", {"seconds": BUSY_SECONDS}, headers=headers)

    def answer(
        self,
        request: Request,
        status: HTTPStatus,
        code: str,
        values: Mapping[str, object],
        faults: list[Fault] | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The problem as whoever asked can read it."""
        language = language_of(request.headers.get("accept-language", ""))
        problem = problem_of(code, values, status=status, instance=request.scope["path"], language=language)
        problem.errors = faults or fault_of_field(problem.values, code=code, detail=problem.detail)
        page = self._as_page(request, problem) if self._as_page else None
        if page is not None:
            page.headers.update(headers or {})
            return page
        kept = {
            "Content-Language": str(language),
            "Vary": "Accept-Language, Authorization, Cookie",
            "Cache-Control": "no-store",
        }
        return Response(_bytes(problem), status, {**kept, **(headers or {})}, MEDIA_TYPE)


class UnexpectedErrors:
    """ASGI middleware: what nobody foresaw answers 500 and is noted by kind and place, never with values.

    The frameworks below would log a whole trace, in which database errors repeat the texts that people wrote.
    """

    def __init__(self, app: ASGIApp, *, problems: Problems) -> None:
        self._app = app
        self._problems = problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_started = False

        async def send_noting(message: Message) -> None:
            nonlocal is_started
            is_started = is_started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as error:  # noqa: BLE001 - the last net; whoever asked still gets an answer
            logger.error("request_failed", error=type(error).__name__, where=_where(error))  # noqa: TRY400
            if scope["type"] == "http" and not is_started:
                status = HTTPStatus.INTERNAL_SERVER_ERROR
                response = self._problems.answer(Request(scope), status, "unexpected", {})
                await response(scope, receive, send)


def problem_of(
    code: str, values: Mapping[str, object], *, status: HTTPStatus, instance: str, language: WorkingLanguage
) -> Problem:
    """The problem document of a code, in words of `language`."""
    title = words(language, f"problem.{code}.title", values) or words(language, "problem.refused.title", values)
    detail = words(language, f"problem.{code}.detail", values) or words(language, "problem.refused.detail", values)
    plain = {name: _plain(value) for name, value in values.items()}
    return Problem(
        type=f"/problems/{code}", title=title, status=status, detail=detail, instance=instance, code=code, values=plain
    )


def _allowed(request: Request) -> list[str]:
    """The methods of an address over all of its routes; the framework names those of the first."""
    scopes = {method: {**request.scope, "method": method} for method in METHODS}
    routes = request.app.router.routes
    return [method for method, scope in scopes.items() if any(r.matches(scope)[0] is Match.FULL for r in routes)]


def _is_nobody(request: Request, error: DomainError) -> bool:
    return error.code == "token_not_valid" or not getattr(request.state, "is_known", False)


def _plain(value: object) -> object:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)


def _bytes(problem: Problem) -> bytes:
    """As UTF-8, with a question mark for what no text can hold (half a character in a field's name)."""
    return json.dumps(problem.model_dump(exclude_none=True), ensure_ascii=False).encode("utf-8", "replace")


def _where(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
