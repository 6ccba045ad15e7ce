import pytest

from matchmaker.store.database import Database
from tests.matchmaker.introductions.worlds import World, world


@pytest.fixture
def here(database: Database) -> World:
    return world(database)
