"""A service whose index was made by another model says so, and never that nobody fits."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Service
from tests.api.web.conftest import LEAKS
from tests.factories import saved_challenge, saved_profile, signed_in
from tests.fakes import HashingEncoder

TITLES = {
    "es": "Estamos preparando el buscador",
    "pt": "Estamos preparando a busca",
    "en": "The search is being prepared",
}


@pytest.fixture
def challenge_id(service: Service) -> int:
    with service.database.transaction() as session:
        acting = signed_in(session)
        return saved_challenge(session, acting=acting, owner=saved_profile(session, acting=acting)).id or 0


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_searches_answer_503_until_the_index_of_the_new_model_is_there(
    service: Service, challenge_id: int, language: str, title: str
) -> None:
    service.synchroniser.drain()
    changed = replace(service, encoder=HashingEncoder("another-model"))
    with TestClient(create_app(changed), headers={"Accept-Language": language}) as client:
        for address in (
            f"/v1/challenges/{challenge_id}/matches",
            f"/v1/challenges/{challenge_id}/peers",
            "/v1/profiles/1/opportunities",
        ):
            answer = client.get(address)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
            assert (answer.json()["code"], answer.json()["title"]) == ("index_being_built", title)
        pages = [
            client.get(f"/{language}/challenges/{challenge_id}", headers={"Accept": "text/html"}),
            client.get(f"/{language}/profiles/1/opportunities", headers={"Accept": "text/html"}),
            client.post(f"/{language}/try", data={"description": LEAKS}, headers={"Accept": "text/html"}),
        ]
        for page in pages:
            assert (page.status_code, page.headers["retry-after"]) == (503, "30")
            assert re.search(rf"<h1[^>]*>\s*{title}", page.text)
        for name in ("", "profiles", "challenges", "alliance"):
            assert client.get(f"/{language}/{name}").status_code == 200
        assert client.get("/v1/profiles").status_code == 200
        changed.synchroniser.drain()
        assert client.get(f"/v1/challenges/{challenge_id}/matches").status_code == 200
    changed.close()
