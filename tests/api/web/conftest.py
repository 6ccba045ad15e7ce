"""A service with a few agents and challenges, and readers of its pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from api.app import create_app
from api.wiring import Service
from matchmaker.accounts.models import Role
from matchmaker.challenges.actions import import_challenge
from matchmaker.profiles.actions import import_profile
from matchmaker.profiles.models import Visibility
from tests.api.web.reading import Element, read_html
from tests.factories import challenge_draft, profile_draft, saved_challenge, saved_profile, signed_in

HOSTILE = '<script>alert("1")</script> & <b>"x"</b>'
LEAKS = "Queremos encontrar las fugas que no se ven. También nos falta dividir la red en sectores."
Read = Callable[[str], Element]


@dataclass(frozen=True)
class Known:
    """The numbers of what the fixture saved."""

    firm: int
    hostile: int
    hidden: int
    unclaimed: int
    city: int
    challenge: int
    tender: int


@pytest.fixture
def known(service: Service) -> Known:
    """Two firms that all may see, one hidden, one unclaimed, a city with a challenge, a tender of a portal."""
    with service.database.transaction() as session:
        found = _save(session, service)
    service.synchroniser.drain()
    return found


@pytest.fixture
def browser(service: Service) -> Iterator[TestClient]:
    """Somebody with a browser, without a token."""
    headers = {"Accept": "text/html", "Accept-Language": "es"}
    with TestClient(create_app(service), headers=headers) as opened:
        yield opened


@pytest.fixture
def read(browser: TestClient) -> Read:
    """Reads the page at an address, which must be there."""

    def page(address: str) -> Element:
        answer = browser.get(address)
        assert answer.status_code == 200, answer.text
        return read_html(answer.text)

    return page


@pytest.fixture
def attempt(browser: TestClient) -> Callable[..., Element]:
    """Posts the form of a challenge and reads the page that comes back."""

    def page(*, language: str = "es", status: int = 200, **typed: str | list[str]) -> Element:
        answer = browser.post(f"/{language}/try", data=typed)
        assert answer.status_code == status, answer.text
        return read_html(answer.text)

    return page


def _save(session: Session, service: Service) -> Known:
    acting = signed_in(session)
    firm = saved_profile(session, acting=acting, website="https://fugas.example")
    hostile = saved_profile(
        session, acting=acting, name=HOSTILE, summary=HOSTILE, kind="expert", website="javascript:alert(1)",
        email="secreto@fugas.example", offers=[{"title": HOSTILE, "text": f"Dividimos la red en sectores. {HOSTILE}"}],
        facts=[{"text": HOSTILE, "source": "javascript:alert(2)"}],
    )  # fmt: skip
    owner = signed_in(session, role=Role.CITY)
    city = saved_profile(session, acting=owner, kind="local_government", name="Agua de Sogamoso", offers=[])
    challenge = saved_challenge(session, acting=owner, owner=city, description=f"{LEAKS} {HOSTILE}")
    desk = service.desk()
    hidden, _ = import_profile(
        session, desk=desk, source="a", draft=profile_draft(name="Oculta"), visibility=Visibility.HIDDEN
    )
    unclaimed, _ = import_profile(
        session, desk=desk, source="a", draft=profile_draft(name="Callada"), visibility=Visibility.UNCLAIMED
    )
    tender, _ = import_challenge(
        session, desk=desk, source="portal", owner_id=None, is_reference=True,
        draft=challenge_draft(title="Licitación de fugas", url="https://portal.example/1", buyer="Alcaldía"),
    )  # fmt: skip
    rows = (firm, hostile, hidden, unclaimed, city, challenge, tender)
    return Known(*(row.id or 0 for row in rows))
