"""Pages in a real browser, judged by axe: a sample here, the matrix of languages, roles, themes, widths by `make axe`.

Where there is no chromium the sample is skipped.
"""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from api.app import create_app
from api.files import PACKAGES
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.sessions import start_session
from matchmaker.events.actions import plan_event, set_state
from matchmaker.events.models import EventState
from matchmaker.introductions import proposing
from matchmaker.introductions.drafts import ProposalDraft
from tests.api.web.conftest import Known
from tests.factories import signed_in
from tests.matchmaker.events.gatherings import event_draft

AXE = PACKAGES / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS, THEMES, LANGUAGES = (390, 1280), ("light", "dark"), ("es", "pt", "en")
STARTS_SECONDS = 20.0


@dataclass
class Site:
    """A service that answers on this machine, with the addresses of its pages and a session for each role."""

    address: str
    paths: list[str]
    sessions: dict[str, str]


@pytest.fixture
def site(service: Service, known: Known) -> Iterator[Site]:
    with service.database.transaction() as session:
        secretariat = signed_in(session, role=Role.SECRETARIAT)
        draft = ProposalDraft(challenge_id=known.challenge, profile_id=known.firm, message="Conózcanse: les conviene.")
        office = service.introduction_office()
        kept = proposing.propose(session, office=office, acting=secretariat, draft=draft)
        accounts = {"secretariat": secretariat.account_id, "supplier": 1, "city": 2}
        event = plan_event(session, acting=secretariat, draft=event_draft(), now=service.clock())
        set_state(session, acting=secretariat, event_id=event.id or 0, state=EventState.OPEN, now=service.clock())
        sessions = {
            role: start_session(session, account=session.get_one(Account, number), device="", now=service.clock())
            for role, number in accounts.items()
        }
    one = f"/challenges/{known.challenge}"
    paths = ["/", "/challenges", one, "/profiles", f"/profiles/{known.firm}", "/alliance", "/design", "/account",
             "/introductions", f"/introductions/{kept.id}", f"/profiles/{known.firm}/ethics",
             f"/profiles/{known.firm}/declaration", "/sign-in/code",
             "/events", f"/events/{event.id}", f"/desk/events/{event.id}", f"/desk/events/{event.id}/arrivals",
             f"/desk/events/{event.id}/report", "/desk/events/new"]  # fmt: skip
    with _serving(service) as address:
        yield Site(address, paths, sessions)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


def test_pages_of_a_city_on_a_phone_break_no_rule(site: Site, chromium: Browser) -> None:
    context = _context(chromium, site, role="city", theme="light", width=390)
    assert _broken(context, site, "es", ["/", "/account", site.paths[9], "/design"]) == []


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["", "city", "supplier", "secretariat"])
def test_no_page_breaks_a_rule(site: Site, chromium: Browser, role: str, theme: str, width: int) -> None:
    context = _context(chromium, site, role=role, theme=theme, width=width)
    assert [fault for language in LANGUAGES for fault in _broken(context, site, language, site.paths)] == []


def _context(chromium: Browser, site: Site, *, role: str, theme: str, width: int) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light", bypass_csp=True
    )
    if role:
        context.add_cookies([{"name": "session", "value": site.sessions[role], "url": site.address}])
    return context


def _broken(context: BrowserContext, site: Site, language: str, paths: list[str]) -> list[str]:
    """Rules that pages break, and pages that are wider than the screen."""
    found: list[str] = []
    page = context.new_page()
    for path in paths:
        page.goto(f"{site.address}/{language}{path}")
        page.add_script_tag(path=AXE)
        result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
        found += [f"{language}{path} {rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in result["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{language}{path} is wider than the screen")
    page.close()
    return found


class _serving:  # noqa: N801 - reads as a verb
    """The service behind a port of this machine, in a thread of its own."""

    def __init__(self, service: Service) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(service), log_level="error", lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        until = time.monotonic() + STARTS_SECONDS
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.05)
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
