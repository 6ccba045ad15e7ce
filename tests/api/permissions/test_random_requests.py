"""Random requests by every role: no 5xx, and every answer as the OpenAPI document has it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.rest.routes import PREFIX
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import NAMED
from tests.api.permissions.walking import TABLE
from tests.api.permissions.world import World
from tests.conftest import Tally

EXAMPLES = 2  # random requests of a route and a kind, each sent by every caller; the whole stays under a minute
MANY_EXAMPLES = 20
CALLERS = (
    Caller.ANONYMOUS, Caller.REPRESENTATIVE, Caller.EDITOR, Caller.COMMITTEE, Caller.SECRETARIAT, Caller.ADMINISTRATOR,
)  # fmt: skip
CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
INVALID = 422
REFUSED_OF_A_CALLER = 10  # routes that have answered a caller that its request is wrong
AnyCase = schemathesis.Case[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]
LINES = {line.route: line for line in reversed(TABLE)}  # of several rows the first


@dataclass
class Sender:
    """Sends each random request as several callers, to a row of the world that its address can name."""

    world: World
    mode: GenerationMode
    sent: int = 0
    answered: set[tuple[Caller, str, int]] = field(default_factory=set)

    def send(self, case: AnyCase, callers: tuple[Caller, ...]) -> None:
        line = LINES[f"{case.method} {case.path}"]
        if self.mode is GenerationMode.POSITIVE:
            case.headers.pop("Authorization", None)  # callers bring their own, or none
            case.path_parameters = {**(case.path_parameters or {}), **line.rows(self.world.names)}
        for caller in callers if line.scopes else callers[:1]:  # where nobody's account counts one caller is enough
            response = case.call_and_validate(checks=CHECKED, headers=dict(self.world.headers(caller)))
            self.answered.add((caller, line.route, response.status_code))
            self.sent += 1

    def met(self, status: int) -> set[tuple[Caller, str]]:
        """By whom which routes were answered so."""
        return {(caller, route) for caller, route, answered in self.answered if answered == status}


def operations(client: TestClient) -> Iterator[AnyOperation]:
    schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", client.app)
    yield from (result.ok() for result in schema.get_all_operations() if isinstance(result, Ok))


def send_random(sender: Sender, client: TestClient, *, callers: tuple[Caller, ...], examples: int) -> None:
    """Send so many random requests of each route, as every caller."""
    for operation in operations(client):

        @settings(max_examples=examples, deadline=None, derandomize=True, database=None,
                  phases=[Phase.generate], suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=sender.mode))
        def answer(case: AnyCase) -> None:
            sender.send(case, callers)

        with suppress(Unsatisfiable):  # a route that takes nothing can be asked nothing wrong
            answer()


def check_reach(sender: Sender, callers: tuple[Caller, ...]) -> None:
    """Requests must not all fail before they reach a route: whoever may read a row has read it."""
    if sender.mode is GenerationMode.NEGATIVE:
        for caller in callers:  # whatever the few examples of one route are
            assert len({route for who, route in sender.met(INVALID) if who is caller}) > REFUSED_OF_A_CALLER, caller
        return
    rows = [
        line
        for line in LINES.values()
        if line.method == "GET" and NAMED.search(line.asked.partition("?")[0]) and not line.then
    ]
    expected = {(caller, line.route) for line in rows if PREFIX in line.route for caller in line.may & set(callers)}
    assert len(expected) > 100
    assert sender.met(200) >= expected


@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_to_random_requests_are_as_documented(
    world: World, asked: TestClient, mode: GenerationMode, tally: Tally
) -> None:
    sender = Sender(world, mode)
    send_random(sender, asked, callers=CALLERS, examples=EXAMPLES)
    check_reach(sender, CALLERS)
    tally(f"{sender.sent} random requests ({mode.value}) of {len(CALLERS)} callers answered as documented")


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode)
def test_answers_to_very_many_random_requests_are_as_documented(
    world: World, asked: TestClient, mode: GenerationMode, tally: Tally
) -> None:
    sender, everyone = Sender(world, mode), tuple(Caller)
    send_random(sender, asked, callers=everyone, examples=MANY_EXAMPLES)
    check_reach(sender, everyone)
    tally(f"{sender.sent} random requests ({mode.value}) of {len(everyone)} callers answered as documented")
