"""Asking everything as everyone: what the tests of permissions and of private words look at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import product

from fastapi.testclient import TestClient
from httpx2 import Response

from matchmaker.accounts.models import EVERY_SCOPE, Scope
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import LANGUAGE, Line
from tests.api.permissions.table_of_pages_of_letters import PAGES_OF_LETTERS
from tests.api.permissions.table_of_trust import TRUST
from tests.api.permissions.table_of_work import PAGES, WORK
from tests.api.permissions.world import World

TABLE: Sequence[Line] = WORK + TRUST + PAGES + PAGES_OF_LETTERS
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WALKED = {
    "account_id": ("representative", "bounced"),
    "alert_id": ("alert",),
    "application_id": ("drafting_application", "assessed_application", "voted_application", "refused_application"),
    "challenge_id": ("challenge_challenge", "open_challenge", "withdrawn_challenge", "suspended_challenge"),
    "committee_id": ("founding",),
    "conflict_id": ("conflict",),
    "incident_id": ("incident", "decided_incident"),
    "introduction_id": ("waiting", "open", "telephoned", "declined", "recorded"),
    "lesson_id": ("lesson", "withdrawn_lesson", "suspended_lesson"),
    "mentoring_id": ("asked_mentor", "agreed_mentor"),
    "profile_id": ("city", "firm", "other", "barred", "applying", "assessed", "unclaimed", "invited"),
    "showing_id": ("showing",),
}
"""One row of each sort that an address can name."""


@dataclass(frozen=True)
class Answered:
    """What a caller was answered. `said`: everything that it can read there."""

    line: Line
    address: str
    caller: Caller
    status: int
    said: str
    keeping: str  # who on the way may keep it

    @property
    def said_something(self) -> bool:
        return self.status != HTTPStatus.NO_CONTENT


def ask(
    client: TestClient, world: World, line: Line, address: str, headers: Mapping[str, str], **cookies: str
) -> Response:
    """Ask for a line, with its body."""
    body, accept = line.sent(world.names), {"Accept": "text/html"} if line in PAGES + PAGES_OF_LETTERS else {}
    client.cookies.clear()
    client.cookies.update(cookies)
    return client.request(
        line.method, address, headers={**headers, **accept}, json=body, data=line.form if body is None else None
    )


def ask_as(
    client: TestClient, world: World, line: Line, address: str, caller: Caller, scopes: frozenset[Scope] = EVERY_SCOPE
) -> Answered:
    """Ask for a line with a token of the caller's, or without one."""
    answer = ask(client, world, line, address, world.headers(caller, scopes))
    said, keeping = f"{answer.text} {dict(answer.headers)}", answer.headers.get("Cache-Control", "")
    return Answered(line, address, caller, answer.status_code, said, keeping)


def walk_table(client: TestClient, world: World) -> Iterator[Answered]:
    """Every line as everyone; pages of the second and third language as a stranger alone."""
    for line in TABLE:
        for number, address in enumerate(line.addresses(world.names)):
            for caller in Caller if number == 0 else (Caller.ANONYMOUS,):
                yield ask_as(client, world, line, address, caller)


def walk_rows(client: TestClient, world: World) -> Iterator[Answered]:
    """Every address that is read, for a row of each sort that it can name, as everyone."""
    lines = {line.route: line for line in TABLE if line.method == "GET"}
    for line in lines.values():
        for address, caller in product(_of_rows(line, world), Caller):
            yield ask_as(client, world, line, address, caller)


def _of_rows(line: Line, world: World) -> Iterator[str]:
    path = line.route.split()[1].replace(LANGUAGE, "/es", 1)
    named = PLACEHOLDER.findall(path)
    for name in WALKED.get(named[0], ()) if len(named) == 1 else ():
        yield PLACEHOLDER.sub(str(world.names[name]), path)
