"""The world of the table of permissions, looked at page by page."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.wiring import Service
from tests.api.conftest import few_places, first_index  # noqa: F401 - fixtures
from tests.api.permissions.conftest import ForgetfulService, asked, settings, world  # noqa: F401 - fixtures
from tests.api.permissions.world import World
from tests.factories import NOW
from tests.fakes import HashingEncoder
from tests.pages.serving import serving


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; where there is none, what needs it is skipped."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def forgetful(world: World) -> Iterator[Service]:  # noqa: F811 - a fixture
    """The service of the world, which keeps nothing that is done to it."""
    service = ForgetfulService(world.service.settings, clock=lambda: NOW, encoder=HashingEncoder())
    yield service
    service.close()


@pytest.fixture(scope="module")
def site(forgetful: Service) -> Iterator[str]:
    """The world behind a port of this machine: its address."""
    with serving(forgetful) as address:
        yield address
