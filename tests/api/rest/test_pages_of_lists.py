import re

import pytest

from api.wiring import Service
from tests.api.rest.callers import Person, new_challenge, new_profile
from tests.databases import statements

LISTS = ["profiles", "challenges"]


def fill(person: Person, *, items: int) -> None:
    owner = new_profile(person)
    for _ in range(items - 1):
        new_profile(person)
    for _ in range(items):
        new_challenge(person, owner)


@pytest.mark.parametrize("name", LISTS)
def test_the_link_leads_through_the_whole_list(anyone: Person, city: Person, name: str) -> None:
    fill(city, items=5)
    address, seen = f"/v1/{name}?country=CO&limit=2", []
    while address:
        answer = anyone.get(address)
        seen.append([item["id"] for item in answer.json()[name]])
        link = re.fullmatch(r'<(.+)>; rel="next"', answer.headers.get("link", ""))
        address = link[1] if link else ""
    assert seen == [[1, 2], [3, 4], [5]]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=-1", f"after={2**31}"])
def test_a_page_that_cannot_be_is_refused(anyone: Person, query: str) -> None:
    refused = anyone.get(f"/v1/profiles?{query}")
    assert refused.status_code == 422
    assert [fault["parameter"] for fault in refused.json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_takes_no_more_statements(anyone: Person, city: Person, service: Service, name: str) -> None:
    counts = []
    for _ in range(2):
        fill(city, items=3)
        with statements(service.database) as sent:
            anyone.get(f"/v1/{name}")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_longer_lists_of_matches_take_no_more_statements(anyone: Person, city: Person, service: Service) -> None:
    counts = []
    for _ in range(2):
        fill(city, items=4)
        service.synchroniser.drain()
        anyone.get("/v1/challenges/1/matches")
        with statements(service.database) as sent:
            for part in ("matches", "peers", "near-duplicates"):
                anyone.get(f"/v1/challenges/1/{part}")
        counts.append(len([statement for statement in sent if not statement.startswith("INSERT")]))
    assert counts[0] == counts[1]
