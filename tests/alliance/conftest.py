"""The demo data as an operator imports them, with the real encoder, behind a port, for people with browsers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlmodel import select

from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.sessions import start_session
from matchmaker.people.appointing import make_first
from matchmaker.people.representing import Invited
from matchmaker.profiles.models import Profile, Representation
from tests.alliance.browsing import Someone
from tests.alliance.filled import filled
from tests.pages.serving import serving


@dataclass(frozen=True)
class Alliance:
    """A service with all demo data, and its address."""

    service: Service
    address: str
    browser: Browser

    def someone(
        self, role: Role, name: str, *, acts_for: str = "", has_scripts: bool = True, width: int = 1280
    ) -> Someone:
        """Somebody signed in, who may act for a profile of the demo data."""
        with self.service.database.transaction() as session:
            invited = Invited(address=f"{name.lower()}@{role}.example", name=name, language="es")
            account = session.exec(select(Account).where(Account.email == invited.address)).first() or make_first(
                session, invited=invited, role=role, now=self.service.clock()
            )
            if acts_for:
                profile = session.exec(select(Profile).where(Profile.external_id == acts_for)).one()
                session.merge(Representation(account_id=account.id or 0, profile_id=profile.id or 0))
            secret = start_session(session, account=account, device="Firefox", now=self.service.clock())
        context = self.browser.new_context(
            java_script_enabled=has_scripts, viewport={"width": width, "height": 900}, locale="es"
        )
        context.add_cookies([{"name": "session", "value": secret, "url": self.address}])
        return Someone(context.new_page(), self.address, account.id or 0)

    def index(self) -> None:
        """What the service does beside requests."""
        self.service.synchroniser.drain()


@pytest.fixture(scope="session")
def alliance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alliance]:
    """Needs the model and the gazetteer that `make prepare` builds; about two minutes of encoding."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    folder = tmp_path_factory.mktemp("alliance")
    with filled(folder) as service, serving(service) as address, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield Alliance(service, address, browser)
        browser.close()
