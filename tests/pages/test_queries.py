"""A page asks the database as often whether its lists are short or long."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

from api.app import create_app
from api.wiring import Service
from tests.api.permissions.conftest import ForgetfulService
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.databases import statements
from tests.factories import NOW
from tests.fakes import HashingEncoder
from tests.pages.multiplied import multiply
from tests.pages.visits import visited, visits

TIMES = 30
LEAST = 2  # statements of any page that is a list: who asks, and the list
SQLITE = "sqlite:///"


@pytest.fixture
def crowded(world: World, tmp_path: Path) -> Iterator[Service]:
    """The world with everything thirty times."""
    path = shutil.copy(world.service.settings.database_url.removeprefix(SQLITE), tmp_path / "crowded.sqlite")
    engine = create_engine(f"{SQLITE}{path}")
    with engine.begin() as connection:
        multiply(connection, times=TIMES)
    engine.dispose()
    changed = world.service.settings.model_copy(update={"database_url": f"{SQLITE}{path}"})
    service = ForgetfulService(changed, clock=lambda: NOW, encoder=HashingEncoder())
    yield service
    service.close()


def asked_of(service: Service, world: World) -> dict[tuple[str, str], tuple[int, int]]:
    """How many statements each page sends for each reader, and how long the page is."""
    found = {}
    with TestClient(create_app(service), follow_redirects=False) as client:
        for again in (False, True):  # the first time some things are read that are kept
            for visit in visits(world):
                with statements(service.database) as sent:
                    answer = visited(client, world, visit)
                assert answer.status_code < 400, (visit, again)
                found[visit.line.asked, visit.caller.value] = len(sent), len(answer.content)
    return found


def test_no_page_asks_more_often_where_there_is_more(
    world: World, forgetful: Service, crowded: Service, tally: Tally
) -> None:
    few, many = asked_of(forgetful, world), asked_of(crowded, world)
    grown = {visit: (few[visit][0], many[visit][0]) for visit in few if many[visit][0] > few[visit][0]}
    assert grown == {}
    longer = [visit for visit in few if many[visit][1] > few[visit][1] * 1.5]
    assert len({asked for asked, _ in longer}) >= 3  # lists have indeed grown
    most = max(many, key=lambda visit: many[visit][0])
    tally(f"{len(few)} visits ask as often with everything {TIMES} times; at most {many[most][0]} statements ({most})")
