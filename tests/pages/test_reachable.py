"""Every page is found by following links from the landing page, by somebody who may read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from tests.api.permissions.callers import Caller
from tests.api.permissions.conftest import ForgetfulService
from tests.api.permissions.walking import PLACEHOLDER
from tests.api.permissions.world import World
from tests.api.web.reading import read_html
from tests.conftest import Tally
from tests.factories import NOW
from tests.fakes import HashingEncoder
from tests.pages.richer import enriched
from tests.pages.visits import FACES, pages

HERE, START = "http://testserver", "/es/"
BY_LETTER = {"/answers/{token}", "/claims/{secret}", "/sign-in/{secret}"}
"""Whose links come by mail, or on paper."""
IN_PASSING = {
    f"/desk/{queue}/{way}/{{number}}"
    for queue in ("applications", "conflicts", "incidents", "rights")
    for way in ("after", "before")
}
"""Which lead on from a row of the desk to the next, where there is one."""
ON_REQUEST = {"/design", "/desk/curation/{challenge_id}"}
"""For developers; and a part of a page that a script asks for, which else leads to the page."""


def patterns() -> dict[str, re.Pattern[str]]:
    """Each page of the table of permissions, and what its addresses look like."""
    left_out = BY_LETTER | IN_PASSING | ON_REQUEST
    names = {line.route.partition("{language}")[2] for line in pages()} - left_out
    fixed_first = sorted(names, key=lambda name: (name.count("{"), name))
    return {name: re.compile(PLACEHOLDER.sub(r"[^/]+", name)) for name in fixed_first}


def page_of(path: str, known: dict[str, re.Pattern[str]]) -> str | None:
    return next((name for name, pattern in known.items() if pattern.fullmatch(path)), None)


def path_of(address: str) -> str:
    return address.partition("?")[0]


def links_of(answer: Response, address: str) -> Iterator[str]:
    """Pages to which one leads by a link, or by a form that asks."""
    if not answer.headers["content-type"].startswith("text/html"):
        return
    page = read_html(answer.text)
    found = [link["href"] for link in page.all("a") if link.get("href")]
    found += [form.get("action") or "" for form in page.all("form") if (form.get("method") or "get") == "get"]
    for href in found:
        target = urlsplit(urljoin(f"{HERE}{address}", href))
        if f"{target.scheme}://{target.netloc}" == HERE and target.path.startswith(START):
            yield f"{target.path}?{target.query}" if target.query else target.path


@dataclass
class Walk:
    """Somebody's way. `found`: an address of each page; `dead`: links that lead nowhere, with the page they are on."""

    found: dict[str, str] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)

    def take(self, client: TestClient, *, session: str) -> None:
        """Follow every link, each address once, whatever is asked of it."""
        client.cookies.clear()
        client.cookies.update({"session": session} if session else {})
        waiting, source, known = [START], {START: ""}, patterns()
        while waiting:
            address = waiting.pop(0)
            answer = client.get(address, headers={"Accept": "text/html"})
            if answer.status_code != HTTPStatus.OK:
                if session or answer.status_code != HTTPStatus.UNAUTHORIZED:  # which says how to sign in
                    self.dead[address] = source[path_of(address)]
                continue
            if name := page_of(answer.url.path.removeprefix("/es"), known):
                self.found.setdefault(name, address)
            new = {path_of(link): link for link in links_of(answer, address) if path_of(link) not in source}
            source.update(dict.fromkeys(new, address))
            waiting += new.values()


@pytest.fixture(scope="module")
def walks(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Caller, Walk]]:
    service = ForgetfulService(
        enriched(world, tmp_path_factory.mktemp("richer")), clock=lambda: NOW, encoder=HashingEncoder()
    )
    client = TestClient(create_app(service), base_url=HERE)
    walks = {caller: Walk() for caller in (*FACES.values(), Caller.ASSESSOR)}
    for caller, walk in walks.items():
        walk.take(client, session=world.cookies.get(caller, ""))
    yield walks
    service.close()


def test_every_page_is_reached_by_links(walks: dict[Caller, Walk], tally: Tally) -> None:
    known = set(patterns())
    assert sorted(known.difference(*(walk.found for walk in walks.values()))) == []
    tally(f"{len(known)} pages reached by links from the first")


def test_no_link_leads_nowhere(walks: dict[Caller, Walk]) -> None:
    assert {caller: walk.dead for caller, walk in walks.items() if walk.dead} == {}
