from collections.abc import Iterator

import pytest

from matchmaker.store.database import Database
from tests.matchmaker.membership.scenes import Scene


@pytest.fixture
def scene(database: Database) -> Iterator[Scene]:
    """A scene in a transaction that is kept at the end, so that every constraint is checked."""
    with database.transaction() as session:
        yield Scene(session)
