"""The world in a copy of its own, which keeps what is done to it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.wiring import Service
from tests.api.permissions.world import World
from tests.factories import NOW
from tests.fakes import HashingEncoder

SQLITE = "sqlite:///"


@contextmanager
def remembering(world: World, path: Path) -> Iterator[Service]:
    """The service over a copy of the world at `path`."""
    shutil.copy(world.service.settings.database_url.removeprefix(SQLITE), path)
    changed = world.service.settings.model_copy(update={"database_url": f"{SQLITE}{path}"})
    service = Service(changed, clock=lambda: NOW, encoder=HashingEncoder())
    yield service
    service.close()
    path.unlink()
