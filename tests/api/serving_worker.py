"""`serve` with an encoder that needs no model and takes its time: a folder, an address, some workers."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from fastapi import FastAPI
from numpy.typing import NDArray

from api.app import create_app
from api.cli.server import run
from api.cli.serving import bound
from api.settings import Settings
from api.wiring import Service
from tests.fakes import HashingEncoder

FOLDER = "TESTS_SERVING_FOLDER"
PASSAGES_SECONDS = 0.5  # of one batch: long enough for a test to find who writes


class SlowEncoder(HashingEncoder):
    """Passages take a while."""

    def passages(self, texts: Sequence[str]) -> NDArray:  # type: ignore[type-arg]
        """As the fake one, later."""
        time.sleep(PASSAGES_SECONDS)
        return super().passages(texts)


def settings_of(folder: Path) -> Settings:
    """Those of every process over this folder."""
    return Settings.model_validate({
        "DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}", "var_directory": folder, "admission": "open",
        "sync_seconds": 0.1, "letters_in_process": False, "tries_per_minute": 10_000, "requests_per_minute": 10_000,
    })  # fmt: skip


def production() -> FastAPI:
    """The application of one worker."""
    return create_app(Service(settings_of(Path(os.environ[FOLDER])), encoder=SlowEncoder()))


if __name__ == "__main__":
    with bound("127.0.0.1", 0) as listening:
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        run(production(), listening, int(sys.argv[1]), factory="tests.api.serving_worker:production")
