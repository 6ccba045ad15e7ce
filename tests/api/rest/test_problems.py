"""Problem documents: what happened, what was kept, what to do, in the caller's language."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError, OperationalError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

import matchmaker
from api.app import create_app
from api.i18n import LOCALE, language_of
from api.rest.faults import Problem
from api.wiring import Service
from matchmaker.languages import WorkingLanguage
from tests.api.rest.callers import Person, new_profile

TITLES = {"es": "No existe ese perfil", "pt": "Não existe esse perfil", "en": "There is no such profile"}


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_a_problem_speaks_the_callers_language(anyone: Person, language: str, title: str) -> None:
    answer = anyone.get("/v1/profiles/7", Accept_Language=language)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.headers["content-language"] == language
    told = answer.json()
    assert (told["type"], told["title"], told["instance"]) == ("/problems/profile_unknown", title, "/v1/profiles/7")
    assert (told["status"], told["code"], told["values"]) == (404, "profile_unknown", {"profile_id": 7})
    assert "/v1/profiles" in told["detail"]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "es"),
        ("*", "es"),
        ("de, fr", "es"),
        ("pt-BR", "pt"),
        ("es-419,es;q=0.9", "es"),
        ("de, en;q=0.5, pt;q=0.8", "pt"),
        ("EN-gb", "en"),
        ("pt;q=0, en", "en"),
        ("en;q=high, pt;q=0.1", "pt"),
        (";;,=,q", "es"),
        ("en" * 5_000, "es"),
    ],
)
def test_the_language_is_the_one_preferred_among_ours(header: str, language: str) -> None:
    assert language_of(header) == language


def test_every_sentence_stands_in_all_three_languages() -> None:
    catalogues = {}
    for language in WorkingLanguage:
        with (LOCALE / language / "LC_MESSAGES" / "errors.po").open("rb") as source:
            catalogues[language] = {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id}
    keys = [set(found) for found in catalogues.values()]
    assert keys[0] == keys[1] == keys[2]
    for key in keys[0]:
        blanks = [sorted(set(re.findall(r"\{\w+\}", found[key]))) for found in catalogues.values()]
        assert blanks[0] == blanks[1] == blanks[2], key
        assert all(found[key].strip() for found in catalogues.values())


def test_every_refusal_of_the_domain_has_words() -> None:
    """Those of files and of agendas are told by the command line, and stand in its catalogue."""
    raised = re.compile(r"(?:Error|PydanticCustomError)\(\s*\"([a-z_]+)\"")
    folder = Path(matchmaker.__file__).parent
    told_there: dict[bool, set[str]] = {True: set(), False: set()}
    for path in folder.rglob("*.py"):
        told_there[bool({"exchange", "agenda"} & set(path.parts))] |= set(
            raised.findall(path.read_text(encoding="utf-8"))
        )
    api, command_line = (_words_of(f"{name}.po") for name in ("errors", "cli"))
    assert told_there[False] - {key.split(".")[1] for key in api if "." in key} == set()
    words = {part for key in api | command_line for part in key.split(".")}
    assert told_there[True] - words == set()


def _words_of(catalogue: str) -> set[str]:
    with (LOCALE / "en" / "LC_MESSAGES" / catalogue).open("rb") as source:
        return {str(entry.id) for entry in read_po(source) if entry.id}


@pytest.mark.parametrize("address", ["/v1", "/v1/", "/v1/nothing", "/v1/profiles/", "/nothing"])
def test_an_address_where_nothing_is_answers_a_problem(anyone: Person, address: str) -> None:
    refused = anyone.get(address)
    assert (refused.status_code, refused.json()["code"]) == (404, "address_unknown")


def test_a_method_that_is_not_taken_names_those_that_are(anyone: Person) -> None:
    refused = anyone.client.patch("/v1/profiles/1")
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")
    assert "PUT" in refused.json()["detail"]
    assert "PUT" in refused.headers["allow"]


@pytest.mark.parametrize("number", ["0", "-1", "x", str(2**31), "9" * 40, "%00"])
def test_a_number_that_can_be_nobodys_is_refused(anyone: Person, number: str) -> None:
    refused = anyone.get(f"/v1/profiles/{number}")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "profile_id")


@pytest.mark.parametrize("sent", ["nonsense", "Bearer", "Bearer mm_nonsense", "Basic YTpi", "Bearer \xff"])
def test_a_token_that_is_none_is_refused_even_where_none_is_needed(anyone: Person, sent: str) -> None:
    refused = anyone.client.get("/v1/profiles", headers={b"Authorization": sent.encode("latin-1")})
    assert (refused.status_code, refused.json()["code"]) == (401, "token_not_valid")
    assert refused.headers["www-authenticate"] == "Bearer"


def test_faults_name_their_places(supplier: Person) -> None:
    body = {
        "name": "",
        "kind": "company",
        "offers": [{"text": "bien"}, {"title": "x" * 401}],
        "delivery_area": ["CO", "nowhere"],
        "a/b~c": 1,
    }
    refused = supplier.client.post(
        "/v1/profiles",
        content=json.dumps(body),
        headers={"Authorization": f"Bearer {supplier.token}", "Content-Type": "application/json"},
    )
    found = [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]]
    assert refused.status_code == 422
    assert sorted(found) == [
        ("#/a~1b~0c", "extra_forbidden"),
        ("#/delivery_area/1", "string_pattern_mismatch"),
        ("#/name", "string_too_short"),
        ("#/offers/1/text", "missing"),
        ("#/offers/1/title", "string_too_long"),
    ]


def test_what_nobody_foresaw_is_told_without_its_values(service: Service, capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app(service)
    fail(app, "/v1/broken", RuntimeError("zarigüeya"))
    answer = TestClient(app).get("/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "zarigüeya" not in answer.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("error", "status", "code"), [(IntegrityError, 409, "changed_meanwhile"), (OperationalError, 503, "busy")]
)
def test_a_database_that_refuses_is_told(
    service: Service, error: type[IntegrityError | OperationalError], status: int, code: str
) -> None:
    app = create_app(service)
    fail(app, "/v1/broken", error("statement", {}, Exception("zarigüeya")))
    answer = TestClient(app).get("/v1/broken")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "zarigüeya" not in answer.text


def test_outside_the_api_a_problem_may_be_a_page(service: Service) -> None:
    def as_page(request: Request, problem: Problem) -> Response | None:
        is_api = request.url.path.startswith("/v1")
        return None if is_api else PlainTextResponse(problem.title, problem.status)

    caller = TestClient(create_app(service, as_page=as_page))
    assert caller.get("/nothing").text == "No hay nada en esta dirección"
    assert caller.get("/v1/nothing").json()["code"] == "address_unknown"


def test_a_refused_save_leaves_nothing(supplier: Person, anyone: Person) -> None:
    new_profile(supplier, external_id="7")
    place = {"name": "Nowhere", "country": "CO"}
    refused = supplier.post("/v1/profiles", {"kind": "company", "name": "B", "place": place})
    assert (refused.status_code, refused.json()["code"]) == (422, "place_unknown")
    assert len(anyone.get("/v1/profiles").json()["profiles"]) == 1


def fail(app: FastAPI, address: str, error: Exception) -> None:
    def route() -> None:
        raise error

    app.add_api_route(address, route)
