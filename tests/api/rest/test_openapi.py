"""The OpenAPI document: every address, an example of every body, every refusal."""

from typing import Any

from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from api.rest.routes import router


def test_every_body_has_an_example_that_is_right() -> None:
    routes = [context.route for context in iter_route_contexts(router.routes)]
    bodies = [body for route in routes if isinstance(route, APIRoute) for body in route.dependant.body_params]
    assert len(bodies) > 60
    for body in bodies:
        adapter: TypeAdapter[Any] = TypeAdapter(body.field_info.annotation or Any)
        examples: dict[str, Any] = getattr(body.field_info, "openapi_examples", None) or {}
        assert examples, body.field_info
        for example in examples.values():
            adapter.validate_python(example["value"])


def test_every_refusal_is_documented_as_a_problem(client: TestClient) -> None:
    document = client.get("/v1/openapi.json").json()
    assert {"Problem", "Fault"} <= set(document["components"]["schemas"])
    for methods in document["paths"].values():
        for operation in methods.values():
            assert list(operation["responses"]["4XX"]["content"]) == ["application/problem+json"]
            assert "422" not in operation["responses"]
