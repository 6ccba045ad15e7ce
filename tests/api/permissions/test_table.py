"""Every route, asked by everyone: let in or not, as the table says."""

import json
import re

from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.cookies import SAFE_METHODS, csrf_token_of
from api.rest.routes import PREFIX
from api.rest.routes import router as rest_router
from api.web.routes import router as web_router
from matchmaker.accounts.models import EVERY_SCOPE, Scope
from matchmaker.languages import WorkingLanguage
from tests.api.permissions.callers import Caller
from tests.api.permissions.table import LANGUAGE, Line
from tests.api.permissions.table_of_pages import PERSONAL as ONESELF_AND_SHARED
from tests.api.permissions.table_of_pages_of_agendas import PERSONAL_AGENDAS
from tests.api.permissions.table_of_pages_of_city import OF_CITY
from tests.api.permissions.table_of_pages_of_events import PERSONAL_OF_EVENTS
from tests.api.permissions.table_of_pages_of_everyone import OWN_DATA
from tests.api.permissions.table_of_pages_of_letters import ANSWERED_BY_ONE
from tests.api.permissions.table_of_pages_of_secretariat import PAGES_OF_SECRETARIAT
from tests.api.permissions.table_of_pages_of_supply import PAGES_OF_SUPPLY
from tests.api.permissions.walking import EVERY_PAGE, TABLE, Answered, ask, ask_as
from tests.api.permissions.world import World
from tests.conftest import Tally

SPOKEN = re.compile(rf"^/({'|'.join(WorkingLanguage)})(?=/|$)")
REFUSED = {401, 403, 404}
FIRST_REFUSED = 400
# the key of a program opens none of these
PERSONAL = (
    *ONESELF_AND_SHARED, *ANSWERED_BY_ONE, *OWN_DATA, *OF_CITY, *PAGES_OF_SECRETARIAT, *PAGES_OF_SUPPLY,
    *PERSONAL_OF_EVENTS, *PERSONAL_AGENDAS,
)  # fmt: skip
PRIVATE = {"private", "no-store"}


def declared() -> set[str]:
    """Every route of the API and every page, its language left open."""
    return {
        f"{method} {SPOKEN.sub(LANGUAGE, context.path or '/')}"
        for context in iter_route_contexts([*rest_router.routes, *web_router.routes])
        for method in context.methods or ()
    }


def is_as_said(answer: Answered) -> bool:
    if answer.caller not in answer.line.may:
        return answer.status in REFUSED
    return answer.status == answer.line.then if answer.line.then else answer.status < FIRST_REFUSED


def test_every_route_is_in_the_table() -> None:
    assert declared() == {line.route for line in TABLE}


def test_everyone_is_let_in_where_the_table_says_so_and_nowhere_else(answers: list[Answered], tally: Tally) -> None:
    wrong = [(each.line.asked, each.caller.value, each.status) for each in answers if not is_as_said(each)]
    assert wrong == []
    tally(f"{len(declared())} routes, {len(Caller)} callers: {len(answers)} answers as the table says")


def test_nobody_is_asked_to_sign_in_who_has_and_anyone_else_is(answers: list[Answered]) -> None:
    refused = {each.caller for each in answers if each.status == 401}
    assert refused == {Caller.ANONYMOUS}


def test_nobody_on_the_way_keeps_what_the_api_answers(answers: list[Answered]) -> None:
    told = [each for each in answers if PREFIX in each.line.route and each.said_something]
    kept = {(each.line.route, each.keeping) for each in told if not PRIVATE & set(each.keeping.split(", "))}
    assert kept == set()


def test_signing_in_cannot_be_begun_by_a_form_of_another_site(world: World, asked: TestClient) -> None:
    """It asks for no session whose token could be missed; a form cannot send JSON."""
    lines = [line for line in TABLE if line.method == "POST" and not line.scopes]
    assert len(lines) == 3
    for line in lines:
        for media_type in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
            sent = {"Content-Type": media_type}
            answer = asked.post(
                next(line.addresses(world.names)), content=json.dumps(line.sent(world.names)), headers=sent
            )
            assert (answer.status_code, answer.json()["code"]) == (415, "media_type")


def test_no_route_takes_a_file(asked: TestClient) -> None:
    taken = {
        media_type
        for methods in asked.get(f"{PREFIX}/openapi.json").json()["paths"].values()
        for operation in methods.values()
        for media_type in operation.get("requestBody", {}).get("content", {})
    }
    assert taken == {"application/json"}


def whoever_may(line: Line) -> Caller | None:
    """Somebody with an account who is let in."""
    return min(line.may - {Caller.ANONYMOUS}, default=None, key=list(Caller).index)


def test_a_token_does_what_its_scopes_say_and_no_more(world: World, asked: TestClient, tally: Tally) -> None:
    wrong, tried = [], 0
    for line in TABLE:
        caller, address = whoever_may(line), next(line.addresses(world.names))
        if caller is None or line.then or line in PERSONAL:
            continue
        lesser = [EVERY_SCOPE - {scope} for scope in line.scopes]
        for scopes in [line.scopes or frozenset({Scope.PEOPLE}), *lesser]:
            status = ask_as(asked, world, line, address, caller, scopes).status
            tried += 1
            if (status < FIRST_REFUSED) != (line.scopes <= scopes):
                wrong.append((line.asked, sorted(scopes), status))
    assert wrong == []
    tally(f"{tried} requests with tokens for less")


def test_the_key_of_a_program_opens_no_page_of_a_person(world: World, asked: TestClient) -> None:
    for line in PERSONAL:
        caller = whoever_may(line)
        assert caller is not None
        assert ask_as(asked, world, line, next(line.addresses(world.names)), caller).status in REFUSED, line.asked


def test_no_form_of_another_site_is_taken_by_a_page(world: World, asked: TestClient) -> None:
    for line in (each for each in EVERY_PAGE if each.method == "POST"):
        caller, address = whoever_may(line), next(line.addresses(world.names))
        assert caller is not None
        for place in ("cross-site", "same-site"):
            session, sent = world.cookies[caller], {"Sec-Fetch-Site": place}
            answer = ask(asked, world, line, address, sent, csrf_token=csrf_token_of(session), session=session)
            assert answer.status_code == 403, line.asked


def test_whoever_is_signed_in_by_a_cookie_acts_only_with_the_token_of_the_session(
    world: World, asked: TestClient, tally: Tally
) -> None:
    wrong, tried = [], 0
    for line in TABLE:
        caller, address = whoever_may(line), next(line.addresses(world.names))
        if caller is None or line.then or line.method in SAFE_METHODS or not line.scopes:
            continue
        session = world.cookies[caller]
        statuses = [
            ask(asked, world, line, address, headers, session=session).status_code
            for headers in ({}, {"X-CSRF-Token": "wrong"}, {"X-CSRF-Token": csrf_token_of(session)})
        ]
        tried += len(statuses)
        if statuses[:2] != [403, 403] or statuses[2] >= FIRST_REFUSED:
            wrong.append((line.asked, caller.value, statuses))
    assert wrong == []
    tally(f"{tried} requests of browsers, with and without the token of their session")
