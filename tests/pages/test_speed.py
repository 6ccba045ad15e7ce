"""How long the server works on a page with everything thirty times, beside a page with a small form in the same run."""

import time
from collections.abc import Callable, Iterator

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.app import create_app
from api.security import who_searches
from api.web.routes import router
from api.wiring import Service
from matchmaker.languages import WorkingLanguage
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import LANGUAGE
from tests.api.permissions.world import World
from tests.conftest import Tally
from tests.pages.visits import Visit, visited, visits

pytestmark = pytest.mark.bench

MOST = 20.0
ROUNDS = 7  # the smallest of so many times is taken: what the machine can do when nothing disturbs it
EMPTY = "/sign-in/code"


def matching() -> Iterator[str]:
    """Routes that search by meaning: they count as searches."""
    for context in iter_route_contexts(router.routes):
        if any(each.dependency is who_searches for each in context.dependencies):
            yield f"GET {(context.path or '').replace(f'/{WorkingLanguage.ES}', LANGUAGE, 1)}"


def quickest(act: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    found = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        found.append(1_000 * (time.process_time() - begun))
    return min(found)


def test_no_page_without_matching_takes_much_longer_than_an_empty_one(
    world: World, crowded: Service, tally: Tally
) -> None:
    searching = set(matching())
    assert searching
    chosen = [visit for visit in visits(world) if visit.line.route not in searching]
    with TestClient(create_app(crowded), follow_redirects=False) as client:
        empty = next(visit for visit in chosen if visit.name == EMPTY and visit.caller is Caller.ANONYMOUS)

        def taken(visit: Visit) -> float:
            return quickest(lambda: visited(client, world, visit))

        taken(empty)
        reference = taken(empty)
        ratios = {(visit.name, visit.caller.value): taken(visit) / reference for visit in chosen}
    slowest = sorted(ratios.items(), key=lambda item: -item[1])
    for (name, caller), ratio in slowest[:12]:
        tally(f"{ratio:5.1f} times an empty page: {name} as {caller}")
    tally(f"{len(ratios)} visits of pages without matching; an empty page takes {reference:.1f} ms of processor time")
    assert {visit: ratio for visit, ratio in ratios.items() if ratio > MOST} == {}
