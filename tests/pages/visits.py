"""Every page that the table of permissions knows, with those who read it: a new page is visited without being named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi.testclient import TestClient
from httpx2 import Response

from matchmaker.languages import WorkingLanguage
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import LANGUAGE, Line
from tests.api.permissions.walking import EVERY_PAGE, ask
from tests.api.permissions.world import World

FACES = {
    "visitor": Caller.ANONYMOUS,
    "city": Caller.REPRESENTATIVE,
    "supplier": Caller.COUNTERPART,
    "secretariat": Caller.SECRETARIAT,
    "committee": Caller.COMMITTEE,
    "administrator": Caller.ADMINISTRATOR,
}
"""The roles in which pages are looked at."""
BARE = f"{LANGUAGE}/"  # the first page, in the form in which browsers ask for it
LEADING = {
    f"GET {LANGUAGE}",
    f"GET {LANGUAGE}/try",
    f"GET {LANGUAGE}/desk/lists/trial",
    f"GET {LANGUAGE}/desk/lists/{{list}}/{{version}}",
    "GET /",
    "GET /static/{name}",
    "GET /robots.txt",
    "GET /sitemap.xml",
    "GET /agenda-worker.js",
}
"""Addresses that only lead elsewhere, and files."""


@dataclass(frozen=True)
class Visit:
    """Somebody who looks at a page."""

    line: Line
    caller: Caller
    path: str  # without its language

    @property
    def name(self) -> str:
        """What the page is called in tables."""
        return self.line.route.removeprefix(f"GET {LANGUAGE}")

    def address(self, language: WorkingLanguage = WorkingLanguage.ES) -> str:
        """Where it is in a language."""
        return f"/{language}{self.path}"


def pages() -> Sequence[Line]:
    """Lines of all pages that are read; each route once for each row that the table names."""
    return [line for line in EVERY_PAGE if line.method == "GET" and line.route not in LEADING]


def visits(world: World) -> Iterator[Visit]:
    """Every page as every role that may read it; where no role may, as whoever may."""
    for line in pages():
        path = next(line.addresses(world.names)).removeprefix(f"/{WorkingLanguage.ES}")
        readers = line.may & set(FACES.values()) or {min(line.may, key=list(Caller).index)}
        for caller in sorted(readers, key=list(Caller).index):
            yield Visit(line, caller, path)


def each_page_once(world: World) -> Iterator[Visit]:
    """Every page as the one who reads most of it: whoever is signed in before whoever is not."""
    chosen: dict[str, Visit] = {}
    for visit in visits(world):
        if visit.line.asked not in chosen or chosen[visit.line.asked].caller is Caller.ANONYMOUS:
            chosen[visit.line.asked] = visit
    yield from chosen.values()


def visited(client: TestClient, world: World, visit: Visit) -> Response:
    """The page as a browser of the caller gets it."""
    session = world.cookies.get(visit.caller, "")
    headers = {"Accept-Language": "es"}
    return ask(client, world, visit.line, visit.address(), headers, **({"session": session} if session else {}))
