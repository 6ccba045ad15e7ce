from collections.abc import Iterator

import pytest

from tests.api.conftest import NewService, few_places, first_index, new_service  # noqa: F401 - fixtures
from tests.databases import Databases
from tests.journeys.story import Story, begun


@pytest.fixture
def story(new_service: NewService, databases: Databases) -> Iterator[Story]:  # noqa: F811 - a fixture
    """An alliance that admits before it shows, on each database, with a secretary and with letters in a folder."""
    service = new_service(
        DATABASE_URL=databases.migrated(), admission="reviewed", public_url="http://alianza.example",
        letters_from="Alianza <cartas@alianza.example>",
    )  # fmt: skip
    story = begun(service)
    yield story
    story.service.close()
