"""Whether the machine is ready for what a command is about to do; each refusal says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import Timeout

from api.cli.faults import SetUpError
from api.cli.outlets import Stages

if TYPE_CHECKING:
    from api.wiring import Service

SHORT_WAIT_SECONDS = 1.0  # for the index; a longer wait is told before it begins
A_MODEL_HAS = "modules.json"  # of every sentence-transformers folder


def require_gazetteer(service: "Service") -> None:
    """Raise `gazetteer_missing`."""
    path = service.settings.var_directory / "places.sqlite"
    if not path.is_file():
        raise SetUpError("gazetteer_missing", path=path)


def require_model(service: "Service") -> None:
    """Raise `model_missing` when the settings name a folder that holds no model."""
    model = Path(service.settings.model)
    is_folder = model.is_absolute() or model.exists()
    if service.encoder is None and is_folder and not (model / A_MODEL_HAS).is_file():
        raise SetUpError("model_missing", path=model)


def require_index(service: "Service") -> None:
    """Raise `index_missing` when nothing was ever indexed, or another model made the index."""
    require_model(service)
    generations = service.engine.generations
    if generations.current_number() == 0:
        raise SetUpError("index_missing")
    if not service.engine.builder.fits(generations.current()):
        raise SetUpError("index_of_another_model")


@contextmanager
def writing(service: "Service", progress: Stages, *, wait: float) -> Iterator[None]:
    """Hold the index for writing. Raises `index_locked` when another process keeps it longer than `wait` seconds."""
    require_model(service)
    lock = service.engine.generations.writing
    try:
        lock.acquire(timeout=min(wait, SHORT_WAIT_SECONDS))
    except Timeout:
        progress.tell(progress.say("note.index_waiting", seconds=f"{wait:g}"))
        try:
            lock.acquire(timeout=max(wait - SHORT_WAIT_SECONDS, 0))
        except Timeout as error:
            raise SetUpError("index_locked", seconds=f"{wait:g}") from error
    try:
        yield
    finally:
        lock.release()
