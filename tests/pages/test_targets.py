"""What is tapped on a phone is large enough for a thumb: 44 pixels, as our design says (WCAG 2.2 AA asks for 24)."""

from collections import Counter
from collections.abc import Iterable

import pytest
from playwright.sync_api import Browser

from matchmaker.languages import WorkingLanguage
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.pages.test_axe import HEIGHT, WIDTHS, Judge
from tests.pages.visits import Visit, each_page_once

TARGET = 44  # CSS pixels
SLACK = 0.5  # of a pixel: boxes are laid out in fractions
SMALL = """least => {
    const shown = one => one.checkVisibility({opacityProperty: true, visibilityProperty: true})
        && one.getBoundingClientRect().width > 1 && !one.closest('.unseen, svg');
    const lineOf = one => {
        let around = one.parentElement;
        while (['inline', 'inline-block'].includes(getComputedStyle(around).display)) around = around.parentElement;
        return around;
    };
    const isInText = link => {
        const words = document.createTreeWalker(lineOf(link), NodeFilter.SHOW_TEXT);
        while (words.nextNode()) {
            const said = words.currentNode, from = said.parentElement;
            if (/[\\p{L}\\p{N}]/u.test(said.data) && !from.closest('a, button, script') && shown(from)) return true;
        }
        return false;
    };
    const isTicked = one => one.matches('[type=checkbox], [type=radio]');
    const boxOf = one => (isTicked(one) && one.closest('label') || one).getBoundingClientRect();
    const controls = [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary')];
    const links = [...document.querySelectorAll('a[href]')].filter(link => shown(link) && !isInText(link));
    const targets = [...controls.filter(shown), ...links];
    const small = targets.filter(one => boxOf(one).height < least);
    return [targets.length, small.map(one => [boxOf(one).height, one.parentElement.outerHTML.slice(0, 120)])];
}"""
"""Controls, and links but for those in running text, which are as high as its lines; pictures have tables beside."""


def small_targets(judge: Judge, visits: Iterable[Visit], language: WorkingLanguage) -> tuple[int, Counter[str]]:
    """How many targets there are, and which are too small."""
    seen, small = 0, Counter[str]()
    for visit in visits:
        with judge.page_of(visit.caller) as page:
            page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
            page.goto(f"{judge.site}{visit.address(language)}")
            count, found = page.evaluate(SMALL, TARGET - SLACK)
        seen += count
        small.update(f"{visit.name}: {height} {target}" for height, target in found)
    return seen, small


@pytest.mark.browser
def test_what_is_tapped_is_large_enough_for_a_thumb(world: World, site: str, chromium: Browser, tally: Tally) -> None:
    judge = Judge(chromium, site, world)
    seen, small = small_targets(judge, each_page_once(world), WorkingLanguage.ES)
    assert dict(small) == {}
    tally(f"{seen} targets measured at {WIDTHS[0]} pixels")
