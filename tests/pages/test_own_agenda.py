"""One's own agenda on a phone: opened once, read without a network, gone with the session."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World

WAITS_MILLISECONDS = 60_000
KEPT = "caches.keys().then(names => names.filter(name => name.startsWith('own-agenda')).length)"


@contextmanager
def phone(chromium: Browser, site: str, session: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "session", "value": session, "url": site}])
    yield context.new_page()
    context.close()


def test_an_agenda_is_read_in_flight_mode_after_the_first_opening(world: World, site: str, chromium: Browser) -> None:
    address = f"{site}/es/events/{world.number('event')}/mine/{world.number('city_seat')}"
    with phone(chromium, site, world.cookies[Caller.REPRESENTATIVE]) as page:
        page.goto(address)
        page.wait_for_selector("#kept:not([hidden])", timeout=WAITS_MILLISECONDS)
        text = page.inner_text("main")
        assert page.locator(".agenda li").count() > 0
        page.context.set_offline(True)
        page.goto(address)
        page.wait_for_selector("#kept:not([hidden])", timeout=WAITS_MILLISECONDS)
        assert page.inner_text("main") == text
        assert page.evaluate("[...document.fonts].some(each => each.status === 'loaded')")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_else_is_kept_and_whoever_signs_out_leaves_nothing(world: World, site: str, chromium: Browser) -> None:
    address = f"{site}/es/events/{world.number('event')}/mine/{world.number('city_seat')}"
    with phone(chromium, site, world.cookies[Caller.REPRESENTATIVE]) as page:
        page.goto(address)
        page.wait_for_selector("#kept:not([hidden])", timeout=WAITS_MILLISECONDS)
        kept = page.evaluate(
            "caches.keys().then(async names => (await (await caches.open(names[0])).keys()).map(e => e.url))"
        )
        assert {each.split("?")[0].removeprefix(site).split("/")[1] for each in kept} == {"es", "static"}
        page.click("form[action='/es/sign-out'] button")
        page.wait_for_load_state()
        assert page.evaluate(KEPT) == 0
        page.context.set_offline(True)
        assert refused(page, address)


def refused(page: Page, address: str) -> bool:
    """Whether a browser without a network shows nothing of ours."""
    from playwright.sync_api import Error

    try:
        page.goto(address)
    except Error:
        return True
    return False


def test_a_session_that_was_ended_elsewhere_takes_its_agenda_with_it(
    world: World, site: str, chromium: Browser
) -> None:
    address = f"{site}/es/events/{world.number('event')}/mine/{world.number('city_seat')}"
    with phone(chromium, site, world.cookies[Caller.REPRESENTATIVE]) as page:
        page.goto(address)
        page.wait_for_selector("#kept:not([hidden])", timeout=WAITS_MILLISECONDS)
        page.reload()
        assert page.evaluate(KEPT) == 1
        page.context.clear_cookies()
        page.goto(address)
        page.wait_for_function(f"async () => (await {KEPT}) === 0", timeout=WAITS_MILLISECONDS)
