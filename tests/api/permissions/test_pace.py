"""Every route counts who asks: by account, or by address; signing in counts by the address typed, too."""

from fastapi.testclient import TestClient

from api.app import create_app
from matchmaker.accounts.models import Role
from tests.api.conftest import NewService
from tests.api.permissions.table import LANGUAGE
from tests.api.permissions.walking import PLACEHOLDER, TABLE
from tests.api.rest.callers import person
from tests.conftest import Tally

TOO_MANY = 429
UNCOUNTED = {
    "GET /",  # leads to a language
    "GET /static/{name}",
    "GET /robots.txt",
    "GET /agenda-worker.js",
    "POST /v1/sign-in",  # these are counted by the hour: tests/api/rest/test_sign_in.py
    "POST /v1/sign-in/link",
    "POST /v1/sign-in/code",
    "GET /v1/sign-in/openid/{provider}",
    "GET /v1/sign-in/openid/{provider}/callback",
}


def test_whoever_has_asked_too_often_is_answered_by_no_route(new_service: NewService, tally: Tally) -> None:
    service = new_service(requests_per_minute=1)
    with TestClient(create_app(service), follow_redirects=False) as client:
        token = person(client, service, role=Role.SECRETARIAT).token
        for headers in ({}, {"Authorization": f"Bearer {token}"}):
            assert client.get("/v1/profiles", headers=headers).status_code == 200
            answered = {
                line.route
                for line in TABLE
                if client.request(line.method, _somewhere(line.route), headers=headers).status_code != TOO_MANY
            }
            assert answered == UNCOUNTED
    tally(f"{2 * (len({line.route for line in TABLE}) - len(UNCOUNTED))} routes refused to who had asked too often")


def _somewhere(route: str) -> str:
    """An address of a route; nothing needs to be there."""
    return PLACEHOLDER.sub("1", route.split()[1].replace(LANGUAGE, "/pt", 1).replace("{side}", "owner"))
