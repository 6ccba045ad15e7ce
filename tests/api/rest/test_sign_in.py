"""Signing in by link and code, sessions, cookies and what other sites cannot do."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import select

from api.app import create_app
from api.settings import Settings
from api.signing_in import STEADY_SECONDS
from api.wiring import Service
from matchmaker.accounts.models import Account, AccountSession, Role, SignInRequest
from matchmaker.accounts.rules import CODE_ATTEMPTS, IDLE_LIFE, OPEN_REQUESTS, REQUEST_LIFE, SESSION_LIFE
from tests.api.conftest import NewService
from tests.api.rest.callers import challenge_body, profile_body
from tests.api.rest.signing_in import ANA, Browser, last_letter, letters, new_account, signed_in_browser
from tests.databases import Databases
from tests.factories import NOW

WRONG = "00000000"
At = Callable[[timedelta], FastAPI]


@pytest.fixture
def both(new_service: NewService, databases: Databases) -> Service:
    """A service on SQLite, and one on PostgreSQL."""
    return new_service(DATABASE_URL=databases.migrated())


@pytest.fixture
def app(both: Service) -> FastAPI:
    return create_app(both)


@pytest.fixture
def at(both: Service) -> Iterator[At]:
    """The same service some time later."""
    opened: list[Service] = []

    def later(moment: timedelta) -> FastAPI:
        opened.append(Service(both.settings, clock=lambda: NOW + moment, encoder=both.encoder))
        return create_app(opened[-1])

    yield later
    for service in opened:
        service.close()


def moved(browser: Browser, app: FastAPI) -> Browser:
    """The same browser, some time later."""
    other = Browser(app)
    other.client.cookies.update(browser.client.cookies)
    other.csrf_token = browser.csrf_token
    return other


def test_a_link_signs_in_once_in_the_browser_that_asked(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser, other = Browser(app), Browser(app)
    assert browser.ask().status_code == 202
    link = last_letter(both).link

    refused = other.open_link(link)
    assert (refused.status_code, refused.json()["code"]) == (401, "other_browser")
    assert browser.open_link(link).status_code == 200
    assert browser.get("/v1/me").json()["email"] == ANA
    again = moved(browser, app).open_link(link)
    assert (again.status_code, again.json()["code"]) == (401, "sign_in_not_valid")


def test_a_code_signs_in_once_on_any_device_that_knows_the_address(both: Service, app: FastAPI) -> None:
    new_account(both)
    Browser(app).ask()
    code = last_letter(both).code
    phone, thief = Browser(app), Browser(app)

    assert thief.type_code(code, "other@sogamoso.example").status_code == 401
    assert phone.type_code(f"{code[:4]} {code[4:]}", ANA.upper()).status_code == 200
    assert phone.is_signed_in()
    assert thief.type_code(code).status_code == 401


def test_a_code_mistyped_too_often_is_worth_nothing_and_the_link_still_opens(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = Browser(app)
    browser.ask()
    said = last_letter(both)
    refused = [Browser(app).type_code(WRONG) for _ in range(CODE_ATTEMPTS)]
    assert {answer.json()["code"] for answer in refused} == {"sign_in_not_valid"}
    assert Browser(app).type_code(said.code).status_code == 401
    assert browser.open_link(said.link).status_code == 200


def test_a_wrong_code_counts_against_every_letter_of_the_address(both: Service, app: FastAPI) -> None:
    new_account(both)
    Browser(app).ask()
    first = last_letter(both).code
    Browser(app).ask()
    second = last_letter(both).code
    for _ in range(CODE_ATTEMPTS):
        Browser(app).type_code(WRONG)
    assert [Browser(app).type_code(code).status_code for code in (first, second)] == [401, 401]


def test_nobody_is_sent_more_letters_than_a_few_at_a_time(both: Service, app: FastAPI) -> None:
    new_account(both)
    answers = [Browser(app).ask() for _ in range(OPEN_REQUESTS + 2)]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}
    assert len(letters(both)) == OPEN_REQUESTS


def test_signing_in_ends_all_other_links_and_codes_of_the_address(both: Service, app: FastAPI) -> None:
    new_account(both)
    first, second = Browser(app), Browser(app)
    first.ask()
    old = last_letter(both)
    second.ask()
    assert second.open_link(last_letter(both).link).status_code == 200
    assert first.open_link(old.link).status_code == 401
    assert first.type_code(old.code).status_code == 401


def test_a_link_and_a_code_end_after_a_quarter_of_an_hour(both: Service, app: FastAPI, at: At) -> None:
    new_account(both)
    browser = Browser(app)
    browser.ask()
    said = last_letter(both)
    late = moved(browser, at(REQUEST_LIFE))
    assert [late.open_link(said.link).status_code, late.type_code(said.code).status_code] == [401, 401]
    in_time = moved(browser, at(REQUEST_LIFE - timedelta(seconds=1)))
    assert in_time.open_link(said.link).status_code == 200


def test_an_unknown_address_is_answered_as_a_known_one_and_sent_nothing(both: Service, app: FastAPI) -> None:
    new_account(both)
    ended = new_account(both, address="ended@sogamoso.example")
    with both.database.transaction() as session:
        session.get_one(Account, ended).ended_at = NOW
    answers, seconds = [], []
    for address in (ANA, "nobody@sogamoso.example", "ended@sogamoso.example"):
        start = time.monotonic()
        answers.append(Browser(app).ask(address))
        seconds.append(time.monotonic() - start)
    told = [
        (
            answer.status_code,
            answer.text,
            sorted(set(answer.headers) - {"set-cookie"}),
            len(answer.headers["set-cookie"]),
        )
        for answer in answers
    ]
    assert told[0] == told[1] == told[2]
    assert min(seconds) >= STEADY_SECONDS
    assert [letter.address for letter in letters(both)] == [ANA]


def test_someone_new_gets_an_account_by_the_first_sign_in_and_not_before(both: Service, app: FastAPI) -> None:
    browser = Browser(app)
    assert browser.ask(name="Ana Prieto", role="city", language="pt").status_code == 202
    with both.database.reading() as session:
        assert session.exec(select(Account)).all() == []
    link = last_letter(both).link
    assert "/pt/sign-in/" in link
    assert browser.open_link(link).status_code == 200
    me = browser.get("/v1/me").json()
    assert (me["name"], me["email"], me["role"], me["language"]) == ("Ana Prieto", ANA, "city", "pt")


def test_a_name_and_a_role_change_nothing_of_an_account_that_exists(both: Service, app: FastAPI) -> None:
    new_account(both, role=Role.SECRETARIAT)
    browser = Browser(app)
    browser.ask(name="Other", role="supplier")
    assert browser.open_link(last_letter(both).link).json()["name"] == "Ana"
    assert browser.get("/v1/me").json()["role"] == "secretariat"


@pytest.mark.parametrize("role", ["secretariat", "committee", "administrator"])
def test_nobody_takes_a_role_of_the_alliance(both: Service, app: FastAPI, role: str) -> None:
    assert Browser(app).ask(name="Eva", role=role).status_code == 422
    assert letters(both) == []


def test_the_database_holds_no_link_no_code_and_no_session_secret(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = Browser(app)
    browser.ask()
    said = last_letter(both)
    browser.open_link(said.link)
    with both.database.reading() as session:
        rows = [*session.exec(select(SignInRequest)), *session.exec(select(AccountSession)), *letters(both)]
    kept = " ".join(row.model_dump_json() for row in rows)
    secrets = [said.link.rsplit("/", 1)[-1], said.code, *browser.client.cookies.values()]
    assert len(secrets) == 3
    assert [secret for secret in secrets if secret in kept] == []


def test_a_session_needs_its_token_for_all_but_reads(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    token, browser.csrf_token = browser.csrf_token, ""
    for sent in ("", "x", "é", token[:-1], token + "x"):
        browser.csrf_token = sent
        refused = [
            browser.client.post("/v1/profiles", json=profile_body(), headers={b"X-CSRF-Token": sent.encode()}),
            browser.client.put("/v1/profiles/1", json=profile_body(), headers={b"X-CSRF-Token": sent.encode()}),
            browser.client.delete("/v1/sessions", headers={b"X-CSRF-Token": sent.encode()}),
            browser.client.post("/v1/try", json={"description": "Agua."}, headers={b"X-CSRF-Token": sent.encode()}),
        ]
        assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(403, "csrf_missing")}
    browser.csrf_token = token
    assert browser.post("/v1/profiles", profile_body()).status_code == 201
    assert browser.get("/v1/me").json()["csrf_token"] == token


def test_the_token_of_one_session_is_none_of_another(both: Service, app: FastAPI) -> None:
    new_account(both)
    first, second = signed_in_browser(both, app), signed_in_browser(both, app)
    first.csrf_token = second.csrf_token
    assert first.post("/v1/profiles", profile_body()).status_code == 403


def test_a_form_carries_the_token_in_a_field(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    with_token = browser.client.post("/v1/sign-out", data={"csrf_token": "x"})
    assert with_token.status_code == 403
    assert browser.client.post("/v1/sign-out", data={"csrf_token": browser.csrf_token}).status_code == 204
    assert not browser.is_signed_in()


def test_a_token_needs_no_other_token_even_beside_a_cookie(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    key = browser.post("/v1/tokens", {"label": "tablero", "scopes": ["read", "write"]}).json()["key"]
    sent = {"Authorization": f"Bearer {key}"}
    assert browser.client.post("/v1/profiles", json=profile_body(), headers=sent).status_code == 201


@pytest.mark.parametrize(
    ("public_url", "name"), [("http://127.0.0.1:8000", "session"), ("https://match.example", "__Host-session")]
)
def test_cookies_are_for_us_alone(new_service: NewService, databases: Databases, public_url: str, name: str) -> None:
    service = new_service(DATABASE_URL=databases.migrated(), public_url=public_url)
    new_account(service)
    browser = Browser(create_app(service))
    browser.client.base_url = browser.client.base_url.copy_with(scheme=public_url.partition(":")[0])
    asked = browser.ask().headers["set-cookie"]
    answer = browser.open_link(last_letter(service).link)
    assert answer.status_code == 200
    for cookie in (asked, answer.headers.get_list("set-cookie")[0]):
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert ("secure" in parts) is (name == "__Host-session")
        assert not any(part.startswith("domain") for part in parts)
    assert answer.headers.get_list("set-cookie")[0].startswith(f"{name}=")
    assert browser.is_signed_in()


def test_sessions_are_listed_and_ended_one_or_all_others(both: Service, app: FastAPI) -> None:
    new_account(both)
    new_account(both, address="eva@sogamoso.example", name="Eva")
    browsers = [signed_in_browser(both, app) for _ in range(4)]
    stranger = signed_in_browser(both, app, address="eva@sogamoso.example")
    listed = browsers[3].get("/v1/sessions").json()["sessions"]
    assert [row["is_present"] for row in listed] == [True, False, False, False]
    assert {row["device"] for row in listed} == {"Firefox, Android"}

    first = listed[-1]["id"]
    assert stranger.delete(f"/v1/sessions/{first}").status_code == 404
    assert browsers[3].delete(f"/v1/sessions/{first}").status_code == 204
    assert [browser.is_signed_in() for browser in browsers] == [False, True, True, True]
    assert browsers[3].delete("/v1/sessions").status_code == 204
    assert [browser.is_signed_in() for browser in browsers] == [False, False, False, True]
    assert stranger.is_signed_in()
    assert browsers[3].post("/v1/sign-out").status_code == 204
    assert not browsers[3].is_signed_in()


def test_a_session_that_was_stolen_before_sign_out_is_worth_nothing(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    copy = moved(browser, app)
    assert browser.post("/v1/sign-out").status_code == 204
    assert not copy.is_signed_in()
    assert copy.post("/v1/profiles", profile_body()).status_code == 401


def test_a_session_that_is_used_lives_on_and_at_most_so_long(both: Service, app: FastAPI, at: At) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    assert not moved(browser, at(IDLE_LIFE)).is_signed_in()
    moment = timedelta()
    while moment + IDLE_LIFE < SESSION_LIFE:
        moment += IDLE_LIFE - timedelta(seconds=1)
        assert moved(browser, at(moment)).is_signed_in()
    assert not moved(browser, at(SESSION_LIFE)).is_signed_in()


def test_a_cookie_that_is_none_of_ours_is_nobody(both: Service, app: FastAPI) -> None:
    new_account(both)
    for value in ("", "x", "x" * 10_000, "%00", '"'):
        browser = Browser(app)
        browser.client.cookies.set("session", value)
        assert browser.get("/v1/profiles").status_code == 200
        assert browser.get("/v1/me").status_code == 401


def test_whoever_asks_too_often_waits_known_or_not(new_service: NewService) -> None:
    service = new_service(sign_ins_per_hour=2)
    new_account(service)
    app = create_app(service)
    for address in (ANA, "nobody@sogamoso.example"):
        answers = [Browser(app).ask(address) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [202, 202, 429]
    codes = [Browser(app).type_code(WRONG).status_code for _ in range(3)]
    assert codes == [401, 401, 429]


def test_one_network_asks_for_few_addresses(new_service: NewService) -> None:
    app = create_app(new_service(sign_ins_per_hour=1))
    answers = [Browser(app).ask(f"a{number}@sogamoso.example").status_code for number in range(7)]
    assert answers == [202] * 6 + [429]


@pytest.mark.parametrize("address", ["", "a", "a@b", "@b.example", "a@b.example\r\nBcc: c@d.example", "a b@c.example"])
def test_what_is_no_address_is_refused(app: FastAPI, address: str) -> None:
    assert Browser(app).ask(address).status_code == 422


def test_the_key_is_made_once_and_for_its_owner_alone(service: Service) -> None:
    path = service.settings.var_directory / "secret.key"
    made = service.signing_key
    assert path.stat().st_mode & 0o777 == 0o600
    assert Service(service.settings).signing_key == made
    given = Settings.model_validate({**service.settings.model_dump(), "secret_key": "of the operator",
                                     "DATABASE_URL": service.settings.database_url})  # fmt: skip
    assert Service(given).signing_key == "of the operator"
    assert "of the operator" not in repr(given)


def test_tokens_do_what_their_scopes_say_and_no_more(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    keys = {}
    for scopes in (["read"], ["write"], ["read", "write"], ["people"]):
        made = browser.post("/v1/tokens", {"label": " ".join(scopes), "scopes": scopes})
        assert made.status_code == 201
        keys[tuple(scopes)] = {"Authorization": f"Bearer {made.json()['key']}"}

    def codes(*scopes: str) -> list[int]:
        call, sent = browser.client, keys[scopes]
        return [
            call.get("/v1/me", headers=sent).status_code,
            call.post("/v1/profiles", json=profile_body(), headers=sent).status_code,
            call.post("/v1/try", json={"description": "Se pierde el agua."}, headers=sent).status_code,
            call.post("/v1/tokens", json={"label": "more", "scopes": ["people"]}, headers=sent).status_code,
        ]

    assert codes("read") == [200, 403, 200, 403]
    assert codes("write") == [403, 201, 403, 403]
    assert codes("read", "write") == [200, 201, 200, 403]
    assert codes("people") == [403, 403, 403, 403]


def test_tokens_are_listed_without_keys_and_ended_by_their_owner(both: Service, app: FastAPI) -> None:
    new_account(both)
    new_account(both, address="eva@sogamoso.example", name="Eva")
    browser, other = (signed_in_browser(both, app, address=address) for address in (ANA, "eva@sogamoso.example"))
    made = browser.post("/v1/tokens", {"label": "tablero", "days": 30}).json()
    key = made.pop("key")
    assert browser.get("/v1/tokens").json() == {"tokens": [made]}
    assert (made["scopes"], made["expires_at"]) == (["read"], "2027-02-10T15:30:00Z")
    sent = {"Authorization": f"Bearer {key}"}
    assert browser.client.get("/v1/me", headers=sent).status_code == 200
    assert other.delete(f"/v1/tokens/{made['id']}").status_code == 404
    assert browser.delete(f"/v1/tokens/{made['id']}").status_code == 204
    assert browser.client.get("/v1/me", headers=sent).status_code == 401
    assert browser.get("/v1/tokens").json() == {"tokens": []}


def test_whoever_signs_in_saves_and_posts_as_with_a_token(both: Service, app: FastAPI) -> None:
    new_account(both)
    browser = signed_in_browser(both, app)
    owner = browser.post("/v1/profiles", profile_body()).json()["id"]
    assert browser.post("/v1/challenges", challenge_body(owner)).status_code == 201
    assert browser.get("/v1/me").json()["represents"] == [{"profile_id": owner, "part": "representative"}]
