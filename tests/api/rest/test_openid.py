"""Signing in through a provider of OpenID Connect that runs as a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from httpx2 import Response
from pydantic import SecretStr
from sqlmodel import select

from api.app import create_app
from api.openid import OpenIdClient
from api.settings import OpenIdProvider
from api.wiring import Service
from matchmaker.accounts.models import Account, OpenIdentity, OpenIdRequest
from matchmaker.accounts.openid import Errand
from matchmaker.accounts.rules import REQUEST_LIFE
from matchmaker.accounts.seals import new_secret
from matchmaker.errors import ConflictError
from tests.api.conftest import NewService
from tests.api.rest.signing_in import ANA, Browser, new_account
from tests.databases import Databases
from tests.factories import NOW

START_SECONDS = 30
PROGRAM = Path(__file__).with_name("openid_provider.py")
CALLBACK = "http://127.0.0.1:8000/v1/sign-in/openid/state/callback"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """The address of a provider."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [sys.executable, PROGRAM, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + START_SECONDS
        while not _answers(address):
            assert time.monotonic() < until
            time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait()


def _answers(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/.well-known/openid-configuration").status_code == 200
    except httpx2.TransportError:
        return False


@pytest.fixture
def service(new_service: NewService, databases: Databases, issuer: str) -> Service:
    known = {
        "state": {"issuer": issuer, "client_id": "matchmaker", "client_secret": "s3cret", "title": "Gobierno"},
        "gone": {"issuer": "http://127.0.0.1:9", "client_id": "x"},
        "false": {"issuer": f"{issuer}/", "client_id": "x"},
    }
    return new_service(DATABASE_URL=databases.migrated(), openid_providers=known)


@pytest.fixture
def app(service: Service) -> FastAPI:
    return create_app(service)


def leave(browser: Browser) -> str:
    """The address of the provider to which a browser is sent."""
    sent = browser.get("/v1/sign-in/openid/state")
    assert sent.status_code == 303, sent.text
    return sent.headers["location"]


def consent(address: str, subject: str) -> str:
    """Where the provider sends someone who agreed, without our host."""
    answer = httpx2.post(address, data={"sub": subject}, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    back = answer.headers["location"]
    assert back.startswith(f"{CALLBACK}?")
    return f"{urlsplit(back).path}?{urlsplit(back).query}"


def through(browser: Browser, subject: str) -> Response:
    """All the way to the provider and back."""
    return browser.get(consent(leave(browser), subject))


def refusal(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_a_verified_address_signs_in_and_is_linked(service: Service, app: FastAPI, issuer: str) -> None:
    number = new_account(service)
    browser = Browser(app)
    answer = through(browser, "ana-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "http://127.0.0.1:8000/en/")
    assert browser.get("/v1/me").json()["account_id"] == number
    with service.database.reading() as session:
        linked = session.exec(select(OpenIdentity)).one()
        assert (linked.account_id, linked.issuer, linked.subject) == (number, issuer, "ana-1")
        assert session.exec(select(OpenIdRequest)).all() == []


def test_who_is_linked_stays_so_when_the_address_changes(service: Service, app: FastAPI) -> None:
    number = new_account(service)
    through(Browser(app), "ana-1")
    with service.database.transaction() as session:
        session.get_one(Account, number).email = "other@sogamoso.example"
    new_account(service, name="Another")
    browser = Browser(app)
    assert through(browser, "ana-1").status_code == 303
    assert browser.get("/v1/me").json()["account_id"] == number


def test_an_address_that_is_not_verified_or_unknown_opens_nothing(service: Service, app: FastAPI) -> None:
    new_account(service, address="eva@sogamoso.example")
    for subject in ("eva-1", "ivo-1", ANA):
        browser = Browser(app)
        assert refusal(through(browser, subject)) == (401, "openid_no_account")
        assert not browser.is_signed_in()


def test_an_account_that_ended_is_not_opened_by_a_provider(service: Service, app: FastAPI) -> None:
    number = new_account(service)
    assert through(Browser(app), "ana-1").status_code == 303
    with service.database.transaction() as session:
        session.get_one(Account, number).ended_at = NOW
    assert refusal(through(Browser(app), "ana-1")) == (401, "openid_no_account")


def test_the_way_there_has_state_nonce_and_a_challenge_of_its_own(service: Service, app: FastAPI) -> None:
    ways = [parse_qs(urlsplit(leave(Browser(app))).query) for _ in range(2)]
    assert {way["code_challenge_method"][0] for way in ways} == {"S256"}
    assert [way["redirect_uri"] for way in ways] == [[CALLBACK]] * 2
    for name in ("state", "nonce", "code_challenge"):
        assert ways[0][name] != ways[1][name]
    with service.database.reading() as session:
        kept = " ".join(row.model_dump_json() for row in session.exec(select(OpenIdRequest)))
    assert [way["state"][0] in kept or way["nonce"][0] in kept for way in ways] == [False, False]


def test_nobody_comes_back_twice_or_in_another_browser_or_late(service: Service, app: FastAPI) -> None:
    new_account(service)
    browser = Browser(app)
    back = consent(leave(browser), "ana-1")
    assert refusal(Browser(app).get(back)) == (401, "openid_not_valid")
    assert browser.get(back).status_code == 303
    assert refusal(browser.get(back)) == (401, "openid_not_valid")

    late = Browser(app)
    back = consent(leave(late), "ana-1")
    later = Service(service.settings, clock=lambda: NOW + REQUEST_LIFE + timedelta(seconds=1), encoder=service.encoder)
    moved = Browser(create_app(later))
    moved.client.cookies.update(late.client.cookies)
    assert refusal(moved.get(back)) == (401, "openid_not_valid")
    later.close()


@pytest.mark.parametrize("query", ["", "?code=x", "?state=x", "?state=x&code=y", "?error=access_denied&state=x"])
def test_whoever_was_never_sent_does_not_come_back(app: FastAPI, query: str) -> None:
    browser = Browser(app)
    leave(browser)
    assert refusal(browser.get(f"/v1/sign-in/openid/state/callback{query}")) == (401, "openid_not_valid")


def test_a_code_that_the_provider_never_gave_is_refused(app: FastAPI) -> None:
    browser = Browser(app)
    state = parse_qs(urlsplit(leave(browser)).query)["state"][0]
    refused = browser.get(f"/v1/sign-in/openid/state/callback?state={state}&code=invented")
    assert refusal(refused) == (409, "openid_refused")


@pytest.mark.parametrize("wrong", ["nonce", "verifier"])
def test_another_nonce_or_verifier_is_refused(issuer: str, wrong: str) -> None:
    provider = OpenIdProvider(issuer=issuer, client_id="matchmaker", client_secret=SecretStr("s3cret"))
    errand = Errand(state=new_secret(), nonce=new_secret(), verifier=new_secret())
    client = OpenIdClient(provider, callback=CALLBACK)
    other = replace(errand, nonce=new_secret())
    codes = [code_for(client, way) for way in (errand, other)]
    assert client.claims_for(errand, code=codes[0]).subject == "ana-1"
    with pytest.raises(ConflictError) as refused:
        OpenIdClient(provider, callback=CALLBACK).claims_for(replace(other, **{wrong: new_secret()}), code=codes[1])
    assert refused.value.code == "openid_refused"


def code_for(client: OpenIdClient, errand: Errand) -> str:
    return parse_qs(urlsplit(consent(client.address_for(errand), "ana-1")).query)["code"][0]


def test_a_provider_that_does_not_answer_or_is_another_is_told(app: FastAPI) -> None:
    for name in ("gone", "false"):
        assert refusal(Browser(app).get(f"/v1/sign-in/openid/{name}")) == (409, "openid_unreachable")


def test_providers_are_listed_without_their_secrets(service: Service, app: FastAPI) -> None:
    listed = Browser(app).get("/v1/sign-in/openid").json()["providers"]
    assert listed[0] == {"provider": "state", "title": "Gobierno"}
    assert refusal(Browser(app).get("/v1/sign-in/openid/other")) == (404, "openid_unknown")
    assert "s3cret" not in repr(service.settings)
