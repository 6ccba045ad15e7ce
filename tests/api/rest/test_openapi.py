"""The OpenAPI document, and answers held against it by random requests."""

from contextlib import suppress
from typing import Any, get_args

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from pydantic import TypeAdapter
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.rest.inputs import (
    AnswerBody,
    ChallengeBody,
    ChallengeDraftBody,
    HasMetBody,
    NeedsBody,
    OutcomeBody,
    PolicyBody,
    ProfileBody,
    ProposalBody,
    StatusBody,
    TerritoryBody,
    TextBody,
    TriedBody,
    WrittenBody,
)
from api.rest.routes import PREFIX
from api.wiring import Service
from matchmaker.accounts.models import Role
from tests.api.rest.callers import drain, new_challenge, new_profile, person

EXAMPLES = 10  # random requests of each kind; the whole stays under a minute
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXPECTED = {
    GenerationMode.POSITIVE: {("POST /v1/try", 200), ("POST /v1/territories", 201), ("GET /v1/profiles", 200)},
    GenerationMode.NEGATIVE: {("POST /v1/try", 422), ("POST /v1/territories", 422), ("GET /v1/profiles", 422)},
}
"""Some of what must have been met, lest the requests all fail before they reach a route."""
AnyCase = schemathesis.Case[Any]
BODIES = (
    ProfileBody, ChallengeBody, ChallengeDraftBody, NeedsBody, StatusBody, TextBody, TerritoryBody, TriedBody,
    ProposalBody, AnswerBody, WrittenBody, HasMetBody, OutcomeBody, PolicyBody,
)  # fmt: skip


def test_the_document_names_every_address(client: TestClient) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert sorted(f"{method.upper()} {path}" for path, methods in paths.items() for method in methods) == [
        "GET /v1/challenges",
        "GET /v1/challenges/{challenge_id}",
        "GET /v1/challenges/{challenge_id}/matches",
        "GET /v1/challenges/{challenge_id}/near-duplicates",
        "GET /v1/challenges/{challenge_id}/peers",
        "GET /v1/challenges/{challenge_id}/showings",
        "GET /v1/health",
        "GET /v1/introductions",
        "GET /v1/introductions/figures",
        "GET /v1/introductions/reasons",
        "GET /v1/introductions/{introduction_id}",
        "GET /v1/introductions/{introduction_id}/contacts",
        "GET /v1/places",
        "GET /v1/profiles",
        "GET /v1/profiles/{profile_id}",
        "GET /v1/profiles/{profile_id}/asking-policy",
        "GET /v1/profiles/{profile_id}/opportunities",
        "GET /v1/showings/{showing_id}",
        "GET /v1/taxonomy",
        "GET /v1/territories/{territory_id}",
        "POST /v1/areas",
        "POST /v1/challenges",
        "POST /v1/introductions",
        "POST /v1/introductions/{introduction_id}/questions",
        "POST /v1/introductions/{introduction_id}/undo",
        "POST /v1/introductions/{introduction_id}/withdrawal",
        "POST /v1/needs",
        "POST /v1/profiles",
        "POST /v1/territories",
        "POST /v1/try",
        "PUT /v1/challenges/{challenge_id}",
        "PUT /v1/challenges/{challenge_id}/needs",
        "PUT /v1/challenges/{challenge_id}/status",
        "PUT /v1/introductions/{introduction_id}/answer",
        "PUT /v1/introductions/{introduction_id}/message",
        "PUT /v1/introductions/{introduction_id}/met",
        "PUT /v1/introductions/{introduction_id}/met/settled",
        "PUT /v1/introductions/{introduction_id}/outcome",
        "PUT /v1/introductions/{introduction_id}/questions/{question_id}/reply",
        "PUT /v1/introductions/{introduction_id}/recorded/{side}",
        "PUT /v1/profiles/{profile_id}",
        "PUT /v1/profiles/{profile_id}/asking-policy",
    ]


def test_every_body_has_an_example_that_is_right(client: TestClient) -> None:
    paths = client.get("/v1/openapi.json").json()["paths"]
    bodies = [operation["requestBody"] for methods in paths.values() for operation in methods.values()
              if "requestBody" in operation]  # fmt: skip
    assert all(body["content"]["application/json"]["examples"] for body in bodies)
    for body in BODIES:
        draft, body_of = get_args(body)
        adapter: TypeAdapter[Any] = TypeAdapter(draft)
        for example in body_of.openapi_examples.values():
            adapter.validate_python(example["value"])


def test_every_refusal_is_documented_as_a_problem(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert {"Problem", "Fault"} <= set(document["components"]["schemas"])
    for methods in document["paths"].values():
        for operation in methods.values():
            assert list(operation["responses"]["4XX"]["content"]) == ["application/problem+json"]
            assert "422" not in operation["responses"]


@pytest.fixture
def random_requests(service: Service) -> BaseSchema:
    """Requests made of the document, on a service that holds a little."""
    app = create_app(service)
    someone = person(TestClient(app), service, role=Role.SECRETARIAT)
    new_challenge(someone, new_profile(someone))
    new_profile(someone, name="Otra")
    drain(service)
    schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", app)
    schema.config.update(headers={"Authorization": f"Bearer {someone.token}"})
    return schema


@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_to_random_requests_are_as_documented(random_requests: BaseSchema, mode: GenerationMode) -> None:
    operations = [result.ok() for result in random_requests.get_all_operations() if isinstance(result, Ok)]
    answered: set[tuple[str, int]] = set()
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def answer(case: AnyCase) -> None:
            response = case.call_and_validate(checks=CHECKED)
            answered.add((f"{case.method} {case.path}", response.status_code))

        with suppress(Unsatisfiable):  # a route that takes nothing can be asked nothing wrong
            answer()
    assert answered >= EXPECTED[mode]
