"""The whole of it as one application: JSON under `/v1`, pages beside it, and the outbox drained meanwhile."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from threading import Event, Thread
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from filelock import Timeout
from starlette.middleware import Middleware

from api.errors import AsPage, Problems, UnexpectedErrors
from api.rest.documents import with_headers
from api.rest.faults import Fault, Problem
from api.rest.routes import PREFIX
from api.rest.routes import router as rest_router
from api.security import BodyLimit, SecurityHeaders, pace_of
from api.settings import Settings
from api.web.problems import problem_page
from api.web.routes import router as web_router
from api.wiring import Service
from matchmaker.languages import WorkingLanguage, detect

VERSION = "1"
STOP_SECONDS = 10.0  # that a stopping process waits for a generation that is being written; a crash loses none either
WARM_UP_TEXT = "agua"
COMPONENTS = "#/components/schemas/{model}"
logger = structlog.get_logger()


def create_app(service: Service, *, as_page: AsPage | None = problem_page) -> FastAPI:
    """An application over the parts of `service`, which the caller closes. `as_page` shows problems outside `/v1`."""
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
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(UnexpectedErrors, problems=problems),
            Middleware(BodyLimit, most_bytes=service.settings.max_body_bytes),
        ],
    )
    app.state.service, app.state.pace = service, pace_of(service.settings)
    problems.install(app)
    app.include_router(rest_router)
    app.include_router(web_router)
    app.openapi = partial(_openapi, app)  # type: ignore[method-assign]
    return app


def production() -> FastAPI:
    """The application of this machine's settings, for `uvicorn --factory api.app:production`."""
    return create_app(Service(Settings()))


class Drain:
    """A thread that brings the index to what the database says. Several processes may have one: each takes turns."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="drain", daemon=True)

    def start(self) -> None:
        """Look at the outbox now, and every `sync_seconds` from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being written, at most for STOP_SECONDS."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                drain_once(self._service)
            except Exception as error:  # noqa: BLE001 - the next turn may succeed; the texts of errors may be personal
                logger.error("drain_failed", error=type(error).__name__)  # noqa: TRY400
            self._stopping.wait(self._service.settings.sync_seconds)


def drain_once(service: Service) -> bool:
    """Drain the outbox unless another process is at it; say whether it was done."""
    try:
        with service.engine.generations.writing.acquire(timeout=0):
            drained = service.synchroniser.drain()
    except Timeout:
        return False
    if drained.messages:
        logger.info("drained", messages=drained.messages, generation=drained.generation)
    return True


def warm_up(service: Service) -> None:
    """Load the model, which takes seconds, before the first search waits for it; say how long it took."""
    started = time.monotonic()
    try:
        service.engine.encoder.queries([WARM_UP_TEXT])
    except Exception as error:  # noqa: BLE001 - the first search tries again, and tells whoever asked
        logger.error("warm_up_failed", error=type(error).__name__)  # noqa: TRY400
    else:
        logger.info("model_loaded", seconds=round(time.monotonic() - started, 1))


@asynccontextmanager
async def _running(service: Service, _app: FastAPI) -> AsyncIterator[None]:
    """Open everything before the first request does, in many threads at once."""
    _ = service.database, service.taxonomy, service.gazetteer, service.synchroniser
    detect(service.taxonomy.source[WorkingLanguage.ES])  # loads the models of languages, which takes a second or two
    Thread(target=warm_up, args=(service,), name="warm-up", daemon=True).start()
    drain = Drain(service) if service.settings.sync_in_process else None
    if drain:
        drain.start()
    yield
    if drain:
        drain.stop()


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = {shape.__name__: shape.model_json_schema(ref_template=COMPONENTS) for shape in (Fault, Problem)}
        schemas["Problem"].pop("$defs", None)
        app.openapi_schema = with_headers(document, schemas)
    return app.openapi_schema
