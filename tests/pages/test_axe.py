"""Every page in a real browser, judged by axe: a sample here, all languages, roles, themes and widths by `make axe`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from api.files import PACKAGES
from matchmaker.languages import WorkingLanguage
from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.pages.visits import FACES, Visit, each_page_once, visits

AXE = PACKAGES / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS, THEMES = (390, 1280), ("light", "dark")
NARROW = 320  # 1280 at 400 %: WCAG 2.2, 1.4.10
HEIGHT = 900
SAMPLE = 7  # every so many pages are looked at by `make test`


@dataclass
class Judge:
    """Looks at pages in a browser, and counts."""

    browser: Browser
    site: str
    world: World
    looks: int = 0
    faults: list[str] = field(default_factory=list)

    def look(self, visits: Sequence[Visit], language: WorkingLanguage, combinations: Sequence[tuple[str, int]]) -> None:
        """Visit pages of one caller, each in some themes and widths."""
        for caller in dict.fromkeys(visit.caller for visit in visits):
            with self.page_of(caller) as page:
                for visit in visits:
                    if visit.caller is caller:
                        self._look(page, visit, language, combinations)

    @contextmanager
    def page_of(self, caller: Caller) -> Iterator[Page]:
        """A tab of a browser in which the caller is signed in."""
        with self.browser.new_context(bypass_csp=True, viewport={"width": WIDTHS[0], "height": HEIGHT}) as context:
            if session := self.world.cookies.get(caller):
                context.add_cookies([{"name": "session", "value": session, "url": self.site}])
            yield context.new_page()

    def _look(
        self, page: Page, visit: Visit, language: WorkingLanguage, combinations: Sequence[tuple[str, int]]
    ) -> None:
        where = f"{visit.address(language)} as {visit.caller}"
        answer = page.goto(f"{self.site}{visit.address(language)}")
        if answer is None or answer.status != 200:
            self.faults.append(f"{where}: {answer and answer.status}")
            return
        page.add_script_tag(path=AXE)
        page.add_style_tag(content=STILL)
        for theme, width in combinations:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self.faults += [f"{where} ({theme}, {width}) {fault}" for fault in _broken(page)]
            self.looks += 1
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.faults.append(f"{where} is wider than {NARROW} pixels: {page.evaluate(WIDEST)}")


STILL = "*, ::before, ::after { transition: none !important; animation: none !important }"
"""Colours that are on their way from one theme to the other are no colours of the page."""
WIDEST = """() => [...document.querySelectorAll('main *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 80)).join(' ')"""


def _broken(page: Page) -> Iterator[str]:
    result = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    for rule in result["violations"]:
        yield f"{rule['id']}: {rule['nodes'][0]['html'][:120]} ({len(rule['nodes'])})"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "is wider than the screen"


def test_a_sample_of_pages_breaks_no_rule(world: World, site: str, chromium: Browser, tally: Tally) -> None:
    judge = Judge(chromium, site, world)
    pages = list(each_page_once(world))[::SAMPLE]
    for number, visit in enumerate(pages):
        language = list(WorkingLanguage)[number % len(WorkingLanguage)]
        judge.look([visit], language, [(THEMES[number % 2], WIDTHS[number // 2 % 2])])
    assert judge.faults == []
    tally(f"{judge.looks} pages looked at by axe")


@pytest.mark.browser
@pytest.mark.parametrize("language", WorkingLanguage)
@pytest.mark.parametrize("face", [*FACES, "others"])
def test_no_page_breaks_a_rule(
    world: World, site: str, chromium: Browser, tally: Tally, face: str, language: WorkingLanguage
) -> None:
    judge = Judge(chromium, site, world)
    chosen = [visit for visit in visits(world) if visit.caller is FACES.get(face) or _is_other(visit, face)]
    judge.look(chosen, language, list(product(THEMES, WIDTHS)))
    assert judge.faults == []
    tally(f"axe: {len(chosen)} pages in {language} as {face}, {judge.looks} looks")


def _is_other(visit: Visit, face: str) -> bool:
    return face == "others" and visit.caller not in FACES.values()
