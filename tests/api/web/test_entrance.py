"""Coming in by the pages: with a link, with a code, through a provider; and going out."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from tests.api.rest.signing_in import ANA, last_letter
from tests.api.web.persons import Person, at_browser
from tests.factories import NOW, signed_in

NewService = Callable[..., Service]


@pytest.fixture
def app(service: Service) -> FastAPI:
    with service.database.transaction() as session:
        session.add(Account(name="Ana Prieto", role=Role.CITY, email=ANA, created_at=NOW))
    return create_app(service)


def test_the_link_of_a_letter_signs_in_only_after_its_button(app: FastAPI, service: Service) -> None:
    ana = Person(app)
    sent = ana.post("/es/sign-in", email=f" {ANA.upper()} ")
    assert sent.status_code == 200
    path = "/es/sign-in/" + last_letter(service).link.rsplit("/", 1)[-1]
    (form,) = [each for each in ana.read(path).all("form") if each["action"] == path]
    assert "Entrar" in ana.read("/es/account", status=401).text
    answer = ana.post(form["action"])
    assert (answer.status_code, answer.headers["location"]) == (303, "/es/account")
    assert "Ana Prieto" in ana.read("/es/").of_class("oneself")[0].text


def test_the_answer_is_the_same_for_an_address_without_an_account(app: FastAPI) -> None:
    known, unknown = (Person(app).post("/pt/sign-in", email=address) for address in (ANA, "eva@sogamoso.example"))
    assert known.text.replace(ANA, "") == unknown.text.replace("eva@sogamoso.example", "")
    assert known.status_code == unknown.status_code


def test_another_browser_is_asked_for_the_code_of_the_same_letter(app: FastAPI, service: Service) -> None:
    Person(app).post("/es/sign-in", email=ANA)
    secrets = last_letter(service)
    elsewhere = Person(app)
    page = elsewhere.refused("/es/sign-in/" + secrets.link.rsplit("/", 1)[-1], status=403)
    assert "código" in page.text
    code = f"{secrets.code[:4]} {secrets.code[4:]}"
    answer = elsewhere.post("/es/sign-in/code", email=ANA, code=code)
    assert answer.headers["location"] == "/es/account"


def test_what_was_typed_is_kept_beside_what_is_wrong(app: FastAPI) -> None:
    page = Person(app).refused("/en/sign-in", email="ana at sogamoso")
    assert page.by_id("email")["value"] == "ana at sogamoso"
    assert page.by_id("email")["aria-describedby"].split()[0] == page.by_id("email-wrong")["id"]
    wrong = Person(app).refused("/en/sign-in/code", email=ANA, code="12")
    assert (wrong.by_id("email")["value"], wrong.by_id("code")["value"]) == (ANA, "12")
    assert Person(app).refused("/en/sign-in/code", email=ANA, code="00000000", status=403).by_id("code-wrong").text


def test_who_must_sign_in_first_is_led_back_to_where_they_went(app: FastAPI, service: Service) -> None:
    ana = Person(app)
    wanted = ana.read("/es/introductions", status=401).all("input", having=lambda each: each.get("name") == "wanted")
    ana.post("/es/sign-in", email=ANA, wanted=wanted[0]["value"])
    answer = ana.post("/es/sign-in/" + last_letter(service).link.rsplit("/", 1)[-1])
    assert answer.headers["location"] == "/es/introductions"


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/es/..//evil", "/\\evil"])
def test_nobody_is_led_to_a_place_that_is_not_ours(app: FastAPI, service: Service, wanted: str) -> None:
    ana = Person(app)
    ana.post("/es/sign-in", email=ANA, wanted=wanted)
    answer = ana.post("/es/sign-in/" + last_letter(service).link.rsplit("/", 1)[-1])
    assert answer.headers["location"] == "/es/account"


def test_a_form_of_another_site_does_nothing(app: FastAPI, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session)
    person = at_browser(app, service, acting)
    assert person.client.post("/es/sign-out").status_code == 403
    token = person.read("/es/account").all("input", having=lambda each: each.get("name") == "csrf_token")[0]["value"]
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert person.client.post("/es/sign-out", data={"csrf_token": token}, headers=foreign).status_code == 403
    assert person.client.post("/es/sign-in", data={"email": ANA}, headers=foreign).status_code in {401, 403}
    assert person.post("/es/sign-out").headers["location"] == "/es/"
    person.read("/es/account", status=401)


def test_providers_are_offered_where_they_are_set(new_service: NewService) -> None:
    provider = {"issuer": "https://id.example", "client_id": "a", "title": "gub.uy"}
    service = new_service(openid_providers={"uy": provider})
    with TestClient(create_app(service)) as browser:
        assert 'href="/v1/sign-in/openid/uy">gub.uy</a>' in browser.get("/es/sign-in").text


def test_every_page_of_a_signed_in_person_is_kept_by_nobody(app: FastAPI, service: Service) -> None:
    with service.database.transaction() as session:
        acting = signed_in(session)
    person = at_browser(app, service, acting)
    for path in ("/es/", "/es/profiles", "/es/account", "/es/introductions"):
        assert person.client.get(path).headers["cache-control"] == "no-store", path
