"""The grid of a working copy by keyboard: one stop, arrows, a meeting opens in place."""

from playwright.sync_api import Browser

from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World

STOPS = "document.querySelectorAll('[data-cell][tabindex=\"0\"]').length"
FOCUSED = "document.activeElement.id"


def test_a_meeting_opens_in_place_and_the_keyboard_finds_the_way_back(
    world: World, site: str, chromium: Browser
) -> None:
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.add_cookies([{"name": "session", "value": world.cookies[Caller.SECRETARIAT], "url": site}])
        page = context.new_page()
        page.goto(f"{site}/es/desk/events/{world.number('event')}/agenda?shown=all")
        assert page.evaluate(STOPS) == 1
        page.keyboard.press("/")
        assert page.evaluate(FOCUSED) == "found"
        page.keyboard.type("City")
        page.locator(".grid-frame").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('#grid tr:not([hidden]) [data-cell]')")
        page.keyboard.press("Enter")
        page.wait_for_selector("#chosen")
        page.wait_for_function(f"{FOCUSED} === 'chosen-title'")
        assert page.input_value("#found") == "City"
        assert "meeting=" in page.url
        page.locator("#choice a").click()
        assert page.evaluate(STOPS) == 1
