"""What a page weighs on a first visit: itself, and every file that it asks for, as they are sent."""

import re
from collections.abc import Iterator

from fastapi.testclient import TestClient

from tests.api.permissions.world import World
from tests.api.web.reading import read_html
from tests.conftest import Tally
from tests.pages.visits import visited, visits

MOST_BYTES = 150_000
SMALL = 1_400  # bytes: what one packet carries is not made smaller
FONT = re.compile(r"url\((/static/[^)]+\.woff2[^)]*)\)")
RARE = "latin-ext"  # of letters that Spanish, Portuguese and English do not have: browsers ask for it where they occur
PACKED = {"Accept-Encoding": "gzip"}


def files_of(html: str, client: TestClient) -> Iterator[str]:
    """The addresses of a page's style sheets, scripts, pictures and fonts."""
    page = read_html(html)
    linked = [link["href"] for link in page.all("link") if link.get("rel") in {"stylesheet", "icon"}]
    shown = [each["src"] for tag in ("script", "img") for each in page.all(tag) if each.get("src")]
    for address in [*linked, *shown]:
        yield address
        if ".css" in address:
            yield from (font for font in FONT.findall(client.get(address).text) if RARE not in font)


def size_of(address: str, client: TestClient, known: dict[str, int]) -> int:
    """How many bytes of a file are sent to a browser that takes compressed ones."""
    if address not in known:
        with client.stream("GET", address, headers=PACKED) as answer:
            assert answer.status_code == 200, address
            known[address] = sum(len(part) for part in answer.iter_raw())
    return known[address]


def test_no_page_weighs_more_than_a_slow_line_carries(world: World, asked: TestClient, tally: Tally) -> None:
    known: dict[str, int] = {}
    found: dict[str, tuple[int, int]] = {}
    for visit in visits(world):
        answer = visited(asked, world, visit)
        if answer.is_redirect or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        sent = int(answer.headers["Content-Length"])
        packed = "gzip" if sent > SMALL else answer.headers.get("Content-Encoding")
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, packed), visit
        sizes = [sent, *(size_of(address, asked, known) for address in files_of(answer.text, asked))]
        found[visit.name] = max(found.get(visit.name, (0, 0)), (sum(sizes), len(sizes)))
    assert {name: size for name, (size, _) in found.items() if size > MOST_BYTES} == {}
    name, (size, requests) = max(found.items(), key=lambda item: item[1])
    tally(f"{len(found)} pages, each at most {size / 1000:.0f} kB in {requests} requests ({name})")
