"""The whole of it as one application: JSON under `/v1`, pages beside it, and the outbox drained meanwhile."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware import Middleware

from api.errors import AsPage, Problems, UnexpectedErrors
from api.pace import pace_of
from api.packing import PackedPages
from api.rest.documents import with_headers
from api.rest.faults import Fault, Problem
from api.rest.routes import PREFIX
from api.rest.routes import router as rest_router
from api.rounds import rounds_of, warm_up
from api.security import BodyLimit, SecurityHeaders
from api.settings import Settings
from api.web.problems import problem_page
from api.web.routes import router as web_router
from api.wiring import Service
from matchmaker.languages import WorkingLanguage, detect

VERSION = "1"
COMPONENTS = "#/components/schemas/{model}"
ROUTES = [*rest_router.routes, *web_router.routes]
"""Shared by all applications of a process: what a route needs is worked out once, at its first request."""


def create_app(service: Service, *, as_page: AsPage | None = problem_page) -> FastAPI:
    """An application over the parts of `service`, which the caller closes. `as_page` shows problems outside `/v1`."""
    # What is logged goes to standard error: a report in JSON has standard output to itself.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    problems = Problems(as_page)
    app = FastAPI(
        title="matchmaker",
        version=VERSION,
        description="Who answers a city's challenge, with the sentences that say so.",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,  # both pages would fetch scripts from elsewhere
        redirect_slashes=False,
        lifespan=partial(_running, service),
        routes=ROUTES,
        middleware=[
            Middleware(SecurityHeaders, is_https=service.settings.public_url.startswith("https://")),
            Middleware(PackedPages),
            Middleware(UnexpectedErrors, problems=problems),
            Middleware(
                BodyLimit,
                most_bytes=service.settings.max_body_bytes,
                most_upload_bytes=service.settings.max_upload_bytes,
            ),
        ],
    )
    app.state.service, app.state.pace = service, pace_of(service.settings)
    problems.install(app)
    app.openapi = partial(_openapi, app)  # type: ignore[method-assign]
    return app


def production() -> FastAPI:
    """The application of this machine's settings, for `uvicorn --factory api.app:production`."""
    return create_app(Service(Settings()))


@asynccontextmanager
async def _running(service: Service, _app: FastAPI) -> AsyncIterator[None]:
    """Open everything before the first request does, in many threads at once."""
    _ = service.database, service.taxonomy, service.gazetteer, service.synchroniser
    detect(service.taxonomy.source[WorkingLanguage.ES])  # loads the models of languages, which takes a second or two
    warm_up(service)
    rounds = list(rounds_of(service))
    for each in rounds:
        each.start()
    yield
    for each in rounds:
        each.stop()


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = {shape.__name__: shape.model_json_schema(ref_template=COMPONENTS) for shape in (Fault, Problem)}
        schemas["Problem"].pop("$defs", None)
        app.openapi_schema = with_headers(document, schemas)
    return app.openapi_schema
