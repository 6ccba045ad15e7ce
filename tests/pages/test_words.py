"""No English is left on a Spanish or Portuguese page: every page there is, as each role that may read it."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from api.app import create_app
from api.pages import LOCALE
from api.wiring import Service
from matchmaker.languages import WorkingLanguage
from tests.api.permissions.walking import ask
from tests.api.permissions.world import World
from tests.api.web.reading import Element, read_html
from tests.conftest import Tally
from tests.pages.visits import visits

FOREIGN = (WorkingLanguage.ES, WorkingLanguage.PT)
LEAST_WORDS = 2  # of a sentence to look for: one word alone may be a name, or mean something in another language
SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-copied")
PLACE = re.compile(r"%\(\w+\)s")
UNSPOKEN = {"script", "style", "code"}


@cache
def english(language: WorkingLanguage) -> tuple[str, ...]:
    """English sentences, in their parts between values, that read otherwise in a language; not the same anywhere."""
    known = _sentences(language)
    said_here = " ".join(known.values())
    parts = {part.strip(" .:,;()") for key, words in known.items() if key != words for part in PLACE.split(key)}
    return tuple(sorted(part for part in parts if len(part.split()) >= LEAST_WORDS and part not in said_here))


def _sentences(language: WorkingLanguage) -> dict[str, str]:
    with (LOCALE / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        return {
            key: words
            for message in read_po(source, locale=str(language))
            if message.id
            for key, words in zip(_forms(message.id), _forms(message.string), strict=False)
        }


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, (tuple, list)) else (str(text),)


def spoken(element: Element, language: str) -> Iterator[str]:
    """What is read in the language of the page: texts of others say their own, and are left out."""
    if element.get("lang") not in {None, language} or element.tag in UNSPOKEN:
        return
    yield from (element[name] for name in SPOKEN if element.get(name))
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from spoken(child, language)


def left_in(html: str, language: WorkingLanguage) -> list[str]:
    """English sentences that a page says in its own voice."""
    said = " ".join(" ".join(words for page in read_html(html).all("html") for words in spoken(page, language)).split())
    return [sentence for sentence in english(language) if re.search(rf"(?<!\w){re.escape(sentence)}(?!\w)", said)]


@pytest.mark.parametrize("language", FOREIGN)
def test_no_english_is_left_on_any_page(
    forgetful: Service, world: World, language: WorkingLanguage, tally: Tally
) -> None:
    found: dict[str, list[str]] = {}
    seen = list(visits(world))
    with TestClient(create_app(forgetful), follow_redirects=False) as client:
        for visit in seen:
            session = world.cookies.get(visit.caller, "")
            cookies = {"session": session} if session else {}
            page = ask(client, world, visit.line, visit.address(language), {"Accept-Language": language}, **cookies)
            found |= {
                f"{visit.address(language)}, {visit.caller}": left for left in [left_in(page.text, language)] if left
            }
    assert found == {}
    tally(f"{language}: {len({visit.name for visit in seen})} pages in {len(seen)} looks, no English")


def test_english_that_is_left_is_found() -> None:
    page = '<html lang="es"><body><p>Open challenges</p><p lang="en">Open challenges</p></body></html>'
    assert left_in(page, WorkingLanguage.ES) == ["Open challenges"]
    assert left_in(page.replace("<p>Open challenges</p>", ""), WorkingLanguage.ES) == []
