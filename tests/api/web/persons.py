"""People at a browser: signed in, they post forms as their pages have them."""

from dataclasses import dataclass, field
from datetime import datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.cookies import csrf_token_of
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting
from matchmaker.accounts.sessions import start_session
from tests.api.web.reading import Element, read_html
from tests.factories import NOW


@dataclass
class Person:
    """Someone with a browser. Nothing of what they do needs a script."""

    app: FastAPI
    secret: str = ""
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        headers = {"Accept": "text/html", "Accept-Language": "es", "User-Agent": "Firefox/9 (Android)"}
        self.client = TestClient(self.app, headers=headers, follow_redirects=False)
        if self.secret:
            self.client.cookies.set("session", self.secret)

    def read(self, address: str, *, status: int = 200) -> Element:
        answer = self.client.get(address)
        assert answer.status_code == status, answer.text
        return read_html(answer.text)

    def post(self, address: str, **typed: str | list[str]) -> Response:
        token = {"csrf_token": csrf_token_of(self.secret)} if self.secret else {}
        return self.client.post(address, data={**token, **typed})

    def refused(self, address: str, *, status: int = 422, **typed: str | list[str]) -> Element:
        answer = self.post(address, **typed)
        assert answer.status_code == status, answer.text
        return read_html(answer.text)

    def done(self, address: str, **typed: str | list[str]) -> Element:
        """Posts a form and reads the page to which it leads."""
        answer = self.post(address, **typed)
        assert answer.status_code == 303, answer.text
        return self.read(answer.headers["location"].partition("#")[0])


def at_browser(app: FastAPI, service: Service, acting: Acting, *, now: datetime = NOW) -> Person:
    """An account, signed in in a browser of its own."""
    with service.database.transaction() as session:
        account = session.get_one(Account, acting.account_id)
        return Person(app, start_session(session, account=account, device="Firefox, Android", now=now))
