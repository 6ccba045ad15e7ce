"""People who sign in with a browser in tests, and what their letters say."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import col, select

from api.wiring import Service
from matchmaker.accounts.models import Account, Role
from matchmaker.accounts.queries import account_by_address
from matchmaker.accounts.signing_in import SignInSecrets, sign_in_secrets
from matchmaker.letters.models import Letter
from matchmaker.people.joining import waiting_invitations
from tests.factories import NOW, accepted

ANA = "ana@sogamoso.example"


@dataclass
class Browser:
    """A browser with cookies of its own; it says the token of its session once it is signed in."""

    app: FastAPI
    client: TestClient = field(init=False)
    csrf_token: str = ""

    def __post_init__(self) -> None:
        self.client = TestClient(self.app, headers={"Accept-Language": "en", "User-Agent": "Firefox/9 (Android)"})

    def post(self, address: str, body: object = None) -> Response:
        return self.client.post(address, json=body, headers=self._headers())

    def put(self, address: str, body: object) -> Response:
        return self.client.put(address, json=body, headers=self._headers())

    def delete(self, address: str) -> Response:
        return self.client.delete(address, headers=self._headers())

    def get(self, address: str) -> Response:
        return self.client.get(address, follow_redirects=False)

    def ask(self, address: str = ANA, **more: Any) -> Response:
        return self.post("/v1/sign-in", {"email": address, **more})

    def open_link(self, link: str) -> Response:
        return self._noting(self.post("/v1/sign-in/link", {"secret": link.rsplit("/", 1)[-1]}))

    def type_code(self, code: str, address: str = ANA) -> Response:
        return self._noting(self.post("/v1/sign-in/code", {"email": address, "code": code}))

    def is_signed_in(self) -> bool:
        return self.get("/v1/me").status_code == 200

    def _noting(self, answer: Response) -> Response:
        self.csrf_token = answer.json().get("csrf_token", "")
        return answer

    def _headers(self) -> dict[str, str]:
        return {"X-CSRF-Token": self.csrf_token} if self.csrf_token else {}


def new_account(service: Service, *, address: str = ANA, role: Role = Role.CITY, name: str = "Ana") -> int:
    """The number of an account with an e-mail address."""
    with service.database.transaction() as session:
        row = Account(name=name, role=role, email=address, created_at=NOW)
        session.add(row)
        session.flush()
        return row.id or 0


def said_yes(service: Service, address: str) -> int:
    """The account of an address that accepts all that it is asked to act for."""
    with service.database.transaction() as session:
        for row in waiting_invitations(session, address=address, now=service.clock()):
            accepted(session, row, now=service.clock())
        account = account_by_address(session, address)
        assert account is not None
        return account.id or 0


def letters(service: Service, kind: str = "sign_in") -> list[Letter]:
    """Letters of a kind, oldest first."""
    with service.database.reading() as session:
        return list(session.exec(select(Letter).where(Letter.kind == kind).order_by(col(Letter.id))).all())


def last_letter(service: Service, *, now: datetime = NOW) -> SignInSecrets:
    """What the last sign-in letter says when it leaves."""
    letter = letters(service)[-1]
    with service.database.reading() as session:
        said = sign_in_secrets(
            session, letter, key=service.signing_key, public_url=service.settings.public_url, now=now
        )
    assert said is not None
    return said


def signed_in_browser(service: Service, app: FastAPI, *, address: str = ANA) -> Browser:
    """A browser in which the account of an address is signed in."""
    browser = Browser(app)
    browser.ask(address)
    assert browser.open_link(last_letter(service).link).status_code == 200
    return browser
