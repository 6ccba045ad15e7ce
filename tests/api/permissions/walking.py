"""Asking everything as everyone: what the tests of permissions and of private words look at."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from itertools import product
from zipfile import ZipFile

from fastapi.testclient import TestClient
from httpx2 import Response

from api.cookies import CSRF_FIELD, csrf_token_of
from matchmaker.accounts.models import EVERY_SCOPE, Scope
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import LANGUAGE, Line
from tests.api.permissions.table_of_events import EVENTS
from tests.api.permissions.table_of_pages import PAGES
from tests.api.permissions.table_of_pages_of_agendas import PAGES_OF_AGENDAS
from tests.api.permissions.table_of_pages_of_city import OF_CHALLENGES, OF_CITY, READ_BY_ALL
from tests.api.permissions.table_of_pages_of_events import PAGES_OF_EVENTS
from tests.api.permissions.table_of_pages_of_everyone import PAGES_OF_EVERYONE
from tests.api.permissions.table_of_pages_of_letters import PAGES_OF_LETTERS
from tests.api.permissions.table_of_pages_of_pictures import PAGES_OF_PICTURES
from tests.api.permissions.table_of_pages_of_secretariat import PAGES_OF_SECRETARIAT
from tests.api.permissions.table_of_pages_of_supply import PAGES_OF_SUPPLY
from tests.api.permissions.table_of_rights import RIGHTS
from tests.api.permissions.table_of_trust import TRUST
from tests.api.permissions.table_of_work import WORK
from tests.api.permissions.world import World

OF_EVERYBODY = PAGES + PAGES_OF_LETTERS + PAGES_OF_EVERYONE + PAGES_OF_PICTURES + READ_BY_ALL
OF_SIDES = OF_CITY + PAGES_OF_SUPPLY + PAGES_OF_SECRETARIAT + PAGES_OF_EVENTS + PAGES_OF_AGENDAS
EVERY_PAGE = OF_EVERYBODY + OF_SIDES
TABLE: Sequence[Line] = WORK + EVENTS + TRUST + RIGHTS + OF_CHALLENGES + EVERY_PAGE
PLACEHOLDER = re.compile(r"\{(\w+)\}")
WALKED = {
    "account_id": ("representative", "bounced"),
    "alert_id": ("alert",),
    "application_id": ("drafting_application", "assessed_application", "voted_application", "refused_application"),
    "challenge_id": (
        "challenge_challenge",
        "open_challenge",
        "withdrawn_challenge",
        "suspended_challenge",
        "members_challenge",
        "invited_challenge",
        "draft_challenge",
        "shared_challenge",
    ),
    "committee_id": ("founding",),
    "conflict_id": ("conflict",),
    "event_id": ("event", "planned_event"),
    "incident_id": ("incident", "decided_incident"),
    "introduction_id": ("waiting", "open", "telephoned", "declined", "recorded"),
    "lesson_id": ("lesson", "unasked_lesson", "withdrawn_lesson", "suspended_lesson"),
    "mentoring_id": ("asked_mentor", "agreed_mentor", "untold_mentor"),
    "profile_id": ("city", "firm", "other", "barred", "applying", "assessed", "unclaimed", "invited"),
    "request_id": ("request", "refused_request", "own_request", "editors_request"),
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
    client: TestClient, world: World, line: Line, address: str, headers: Mapping[str, str], *, csrf_token: str = "",
    **cookies: str,
) -> Response:  # fmt: skip
    """Ask for a line, with its body or its form."""
    body, form, accept = line.sent(world.names), line.typed(world.names), {"Accept": "text/html"}
    if csrf_token:
        form[CSRF_FIELD] = csrf_token
    client.cookies.clear()
    client.cookies.update(cookies)
    return client.request(
        line.method, address, headers={**headers, **(accept if line in EVERY_PAGE else {})}, json=body,
        data=form if form and line.method == "POST" and body is None else None,
    )  # fmt: skip


def ask_as(
    client: TestClient, world: World, line: Line, address: str, caller: Caller, scopes: frozenset[Scope] = EVERY_SCOPE
) -> Answered:
    """Ask for a line with a token of the caller's, or without one."""
    return _heard(line, address, caller, ask(client, world, line, address, world.headers(caller, scopes)))


def visit_as(client: TestClient, world: World, line: Line, address: str, caller: Caller) -> Answered:
    """Ask for a page in the browser of the caller, with the token of its session in the form."""
    headers, session = {"Accept-Language": "es"}, world.cookies.get(caller, "")
    if not session:
        return _heard(line, address, caller, ask(client, world, line, address, headers))
    token = csrf_token_of(session)
    return _heard(line, address, caller, ask(client, world, line, address, headers, csrf_token=token, session=session))


def _heard(line: Line, address: str, caller: Caller, answer: Response) -> Answered:
    said, keeping = f"{_text_of(answer)} {dict(answer.headers)}", answer.headers.get("Cache-Control", "")
    return Answered(line, address, caller, answer.status_code, said, keeping)


def _text_of(answer: Response) -> str:
    """What is read in an answer; an archive is unpacked."""
    if answer.headers.get("Content-Type") != "application/zip":
        return answer.text
    with ZipFile(BytesIO(answer.content)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


def as_usual(client: TestClient, world: World, line: Line, address: str, caller: Caller) -> Answered:
    """Pages are visited, the API is asked with a token."""
    return (visit_as if line in EVERY_PAGE else ask_as)(client, world, line, address, caller)


def walk_table(client: TestClient, world: World) -> Iterator[Answered]:
    """Every line as everyone; pages of the second and third language as a stranger alone."""
    for line in TABLE:
        for number, address in enumerate(line.addresses(world.names)):
            for caller in Caller if number == 0 else (Caller.ANONYMOUS,):
                yield as_usual(client, world, line, address, caller)


def walk_rows(client: TestClient, world: World) -> Iterator[Answered]:
    """Every address that is read, for a row of each sort that it can name, as everyone."""
    lines = {line.route: line for line in TABLE if line.method == "GET"}
    for line in lines.values():
        for address, caller in product(_of_rows(line, world), Caller):
            yield as_usual(client, world, line, address, caller)


def _of_rows(line: Line, world: World) -> Iterator[str]:
    path = line.route.split()[1].replace(LANGUAGE, "/es", 1)
    named = PLACEHOLDER.findall(path)
    for name in WALKED.get(named[0], ()) if len(named) == 1 else ():
        yield PLACEHOLDER.sub(str(world.names[name]), path)
