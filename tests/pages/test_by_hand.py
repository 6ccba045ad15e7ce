"""What people do with a keyboard alone, and without scripts: sign in, try a challenge, answer, ask, go back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlmodel import Session, func, select

from api.wiring import Service
from matchmaker.introductions.models import IntroductionQuestion
from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World
from tests.pages.remembering import remembering
from tests.pages.serving import serving

STOPS = 80  # more than any page has before what is sought
PROBLEM = "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores."
FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return {tag: one.tagName, name: one.getAttribute('name') || '', value: one.value || '', text: one.textContent.trim(),
          href: one.getAttribute('href') || '',
          shows: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'};
}"""


@dataclass
class Hands:
    """Someone at a page; only keys are pressed in `keys`."""

    page: Page
    address: str

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def tabs_to(self, **wanted: str) -> None:
        """Press Tab until what is wanted has the focus; everything on the way shows that it has it."""
        for _ in range(STOPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(FOCUS)
            assert found["tag"] == "BODY" or found["shows"], found
            if all(found[name] == value for name, value in wanted.items()):
                return
        raise AssertionError(wanted)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def sends(self) -> None:
        """Press Enter on a button, and wait for the page to which it leads."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def clicks(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()


@pytest.fixture
def kept(world: World, tmp_path: Path) -> Iterator[Service]:
    with remembering(world, tmp_path / "world.sqlite") as service:
        yield service


@pytest.fixture
def place(kept: Service) -> Iterator[str]:
    with serving(kept) as address:
        yield address


def hands(chromium: Browser, place: str, world: World, caller: Caller, *, has_scripts: bool = True) -> Hands:
    context = chromium.new_context(java_script_enabled=has_scripts, locale="es")
    if session := world.cookies.get(caller):
        context.add_cookies([{"name": "session", "value": session, "url": place}])
    return Hands(context.new_page(), place)


def questions(session: Session) -> int:
    return session.exec(select(func.count()).select_from(IntroductionQuestion)).one()


def test_the_first_key_leads_past_the_masthead(world: World, place: str, chromium: Browser) -> None:
    one = hands(chromium, place, world, Caller.REPRESENTATIVE)
    one.opens("/es/challenges")
    one.page.keyboard.press("Tab")
    assert one.page.evaluate(FOCUS)["href"] == "#content"
    one.page.keyboard.press("Enter")
    assert one.page.evaluate("document.activeElement.id") == "content"
    one.page.keyboard.press("Tab")
    assert one.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_code_is_typed_and_its_owner_is_in(world: World, place: str, chromium: Browser) -> None:
    one = hands(chromium, place, world, Caller.ANONYMOUS)
    one.opens("/es/sign-in/code")
    one.tabs_to(name="email")
    one.types(str(world.names["address"]))
    one.tabs_to(name="code")
    one.types(str(world.names["digits"]))
    one.tabs_to(tag="BUTTON", text="Entrar")
    one.sends()
    one.opens("/es/account")
    assert one.page.locator("main form[action$='/account']").count() == 1


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_challenge_is_tried(world: World, place: str, chromium: Browser, *, has_scripts: bool) -> None:
    one = hands(chromium, place, world, Caller.ANONYMOUS, has_scripts=has_scripts)
    one.opens("/es/")
    if has_scripts:
        one.tabs_to(name="description")
        one.types(PROBLEM)
        one.tabs_to(tag="BUTTON", text="Ver quién responde")
        one.sends()
    else:
        one.page.fill("textarea[name=description]", PROBLEM)
        one.clicks("main form button.main")
    assert one.page.locator("textarea[name=description]").input_value().strip() == PROBLEM
    assert one.page.locator(".mark").count() > 0


def test_focus_stays_near_what_was_sent_when_a_part_is_swapped(world: World, place: str, chromium: Browser) -> None:
    one = hands(chromium, place, world, Caller.REPRESENTATIVE)
    one.opens(f"/es/introductions/{world.names['waiting']}")
    form = one.page.locator("form[hx-post]").first
    with one.page.expect_response(lambda answer: answer.request.method == "POST"):
        form.locator("button").first.click()  # empty: what is wrong comes back in the part
    one.page.wait_for_selector("main [role=alert]")
    assert one.page.evaluate("document.activeElement.tagName") != "BODY"
    assert one.page.url.endswith(f"/introductions/{world.names['waiting']}")


def test_without_scripts_a_question_is_asked_once_and_the_way_back_is_honest(
    world: World, place: str, kept: Service, chromium: Browser
) -> None:
    one = hands(chromium, place, world, Caller.REPRESENTATIVE, has_scripts=False)
    one.opens(f"/es/introductions/{world.names['waiting']}")
    with kept.database.reading() as session:
        before = questions(session)
    one.clicks("form[action$='/questions'] button")  # empty: the page says so
    assert one.page.locator("main [role=alert] a[href='#question']").count() == 1
    one.page.fill("[name=question]", "¿Desde cuándo?")
    one.clicks("form[action$='/questions'] button")
    assert "done=" in one.page.url
    one.page.reload()
    with kept.database.reading() as session:
        assert questions(session) == before + 1
    one.page.go_back()
    one.page.go_forward()
    assert one.page.locator("main h1").count() == 1
    with kept.database.reading() as session:
        assert questions(session) == before + 1


def test_the_back_button_keeps_what_was_typed(world: World, place: str, chromium: Browser) -> None:
    one = hands(chromium, place, world, Caller.ANONYMOUS)
    one.opens("/es/")
    one.page.fill("textarea[name=description]", PROBLEM)
    one.clicks("main form button.main")
    one.opens("/es/alliance")
    one.page.go_back()
    assert one.page.locator("textarea[name=description]").input_value().strip() == PROBLEM


def test_an_introduction_is_answered_with_keys(world: World, place: str, chromium: Browser) -> None:
    one = hands(chromium, place, world, Caller.COUNTERPART)
    one.opens("/es/")
    one.tabs_to(href="/es/introductions")
    one.sends()
    one.tabs_to(href=f"/es/introductions/{world.names['waiting']}")
    one.sends()
    one.tabs_to(name="answer")
    one.page.keyboard.press("Space")
    assert one.page.evaluate("document.activeElement.checked")
    one.tabs_to(tag="BUTTON", text="Guardar la respuesta")
    one.sends()
    assert one.page.locator("#done").count() == 1
    assert one.page.url.partition("?")[0].endswith(f"/introductions/{world.names['waiting']}")
