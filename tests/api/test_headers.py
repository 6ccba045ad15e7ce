"""What a browser is told to refuse, on every route and on every error."""

import re

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.app import create_app
from api.rest.routes import router as rest_router
from api.security import HEADERS
from api.web.routes import router as web_router
from tests.api.conftest import NewService

PLACEHOLDER = re.compile(r"\{[^}]+\}")
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+)=\"", re.IGNORECASE)
NOWHERE = ("GET", "/no-such-page")


def every_route() -> list[tuple[str, str]]:
    """Method and address of each route, the first row asked for wherever one is named."""
    found = {
        (method, PLACEHOLDER.sub("1", context.path or "/"))
        for context in iter_route_contexts([*rest_router.routes, *web_router.routes])
        for method in context.methods or ()
    }
    return sorted(found | {NOWHERE})


def test_no_policy_allows_anything_inline() -> None:
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]
    assert "unsafe-" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_every_route_answers_anyone_with_the_headers_and_nothing_inline(client: TestClient, accept: str) -> None:
    routes = every_route()
    assert len(routes) > 100
    for method, address in routes:
        answer = client.request(method, address, headers={"Accept": accept}, follow_redirects=False)
        where = f"{method} {address}"
        assert "unsafe-" not in answer.headers["Content-Security-Policy"], where
        assert all(name in answer.headers for name in HEADERS), where
        assert answer.headers["X-Content-Type-Options"] == "nosniff", where
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert not INLINE.search(answer.text), where


@pytest.mark.parametrize(
    ("public_url", "expected"), [("https://match.example", "max-age=31536000"), ("http://127.0.0.1:8000", None)]
)
def test_browsers_that_came_by_https_are_told_to_come_by_nothing_else(
    new_service: NewService, public_url: str, expected: str | None
) -> None:
    caller = TestClient(create_app(new_service(public_url=public_url)))
    for address in ("/es/", "/v1/health", "/no-such-page"):
        assert caller.get(address).headers.get("Strict-Transport-Security") == expected
