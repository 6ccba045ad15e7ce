"""Every form of every page: sent empty, overfull or half filled it says what is wrong, and gives back what was typed.

Forms are found by reading the pages; scripts have no part in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.permissions.callers import Caller
from tests.api.permissions.world import World
from tests.api.web.reading import Element, read_html
from tests.conftest import Tally
from tests.pages.filled import Form, forms_of, typed_in
from tests.pages.visits import visited, visits

WORD = re.compile(r"zafir\d+")
DONE, UNPROCESSABLE = {200, 201, 303}, 422
SECRET = {"csrf_token", "code"}
"""Never given back."""


@dataclass(frozen=True)
class Found:
    """A form, who fills it in and where it stands."""

    caller: Caller
    page: str
    form: Form


@pytest.fixture(scope="module")
def forms(world: World, asked: TestClient) -> list[Found]:
    """Each form once, as the first who has it."""
    found: dict[object, Found] = {}
    for visit in visits(world):
        answer = visited(asked, world, visit)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            for form in forms_of(read_html(answer.text), visit.address()):
                found.setdefault(form.name, Found(visit.caller, visit.address(), form))
    return list(found.values())


def sent(client: TestClient, world: World, found: Found, values: dict[str, str]) -> Response:
    """What a browser of whoever fills in the form is answered."""
    client.cookies.clear()
    if session := world.cookies.get(found.caller):
        client.cookies.set("session", session)
    data = {**found.form.kept, **values}
    files = {"unsent": ("", b"")} if found.form.takes_file else None
    return client.post(found.form.address, data=data, files=files, headers={"Accept": "text/html"})


def complaints(found: Found, values: dict[str, str], answer: Response) -> Iterator[str]:
    """What is not as it should be in the answer to a form."""
    where = f"{found.form.address} on {found.page} as {found.caller}, {list(values)[:3]}: {answer.status_code}"
    if answer.status_code >= 500:
        yield f"{where} fails"
    elif answer.status_code == UNPROCESSABLE:
        page = read_html(answer.text)
        held = set(WORD.findall(typed_in(page)))
        typed = {word for name, value in values.items() if name not in SECRET for word in WORD.findall(value)}
        if typed - held:
            yield f"{where} loses {sorted(name for name, value in values.items() if set(WORD.findall(value)) - held)}"
        yield from (f"{where} {fault}" for fault in unclear(page))
    elif answer.status_code not in {*DONE, 401, 403, 404, 409, 413}:
        yield f"{where} is no answer to a form"


def unclear(page: Element) -> Iterator[str]:
    """Errors that are not told, or that name a field which is not there."""
    ids = {each.get("id") for each in page.walk()}
    alerts = [each for each in page.walk() if each.get("role") == "alert"]
    if not alerts:
        yield "tells no error"
    for link in (link for alert in alerts for link in alert.all("a")):
        if link["href"].startswith("#") and link["href"].removeprefix("#") not in ids:
            yield f"leads to no field: {link['href']}"
    for each in page.walk():
        if missing := set((each.get("aria-describedby") or "").split()) - ids:
            yield f"describes a field by what is not there: {missing}"


def test_every_form_answers_whatever_is_typed_and_loses_nothing(
    world: World, asked: TestClient, forms: list[Found], tally: Tally
) -> None:
    faults: list[str] = []
    tried, refused = 0, 0
    for found in forms:
        form = found.form
        ways = [form.empty(), form.marked(), form.overfull(), *(form.only(name) for name in form.texts[:4])]
        for values in ways if form.texts or form.choices else [{}]:
            answer = sent(asked, world, found, values)
            faults += complaints(found, values, answer)
            tried, refused = tried + 1, refused + (answer.status_code == UNPROCESSABLE)
    assert faults == []
    assert refused > len(forms) / 2
    tally(f"{len(forms)} forms sent in {tried} ways: {refused} were refused, with all that was typed given back")


def test_no_form_of_who_is_signed_in_lacks_the_token_of_the_session(forms: list[Found]) -> None:
    lacking = [found for found in forms if found.caller is not Caller.ANONYMOUS and "csrf_token" not in found.form.kept]
    assert [found for found in lacking if not found.form.address.endswith(("/try",))] == []
