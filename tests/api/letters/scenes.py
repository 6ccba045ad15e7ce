"""A city, a firm and the secretariat who get real letters, follow their links, and a clock that moves."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import col, select

from api.letters.concepts import all_handlers, all_values
from api.letters.sending import send_letters
from api.letters.writing import LetterWriter
from api.wiring import Service
from matchmaker.accounts.models import Account, Acting, Role
from matchmaker.languages import WorkingLanguage
from matchmaker.letters.models import Letter
from matchmaker.letters.rules import Reader
from matchmaker.profiles.models import Representation
from tests.api.letters.conftest import html_of, left, text_of
from tests.factories import NOW, saved_challenge, saved_profile
from tests.letters import account

LANGUAGES = list(WorkingLanguage)
TOKEN = re.compile(r"https://alianza\.example/\w\w/answers/(\S+)")
ENGLISH = re.compile(r"\b(the|you|your|and|with|challenge|proposal|both|yes|secretariat|admitted)\b", re.IGNORECASE)
BRACE = re.compile(r"\{\w+\}")


@dataclass
class Scene:
    """Who there is; `now` moves."""

    service: Service
    now: datetime = NOW
    numbers: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.service = replace(self.service, clock=lambda: self.now)

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)

    def acting(self, name: str) -> Acting:
        role = {"city": Role.CITY, "firm": Role.SUPPLIER, "rosa": Role.SECRETARIAT}.get(name, Role.CITY)
        return Acting(account_id=self.numbers[name], role=role)

    def letters(self, kind: str = "") -> list[Letter]:
        with self.service.database.reading() as session:
            rows = session.exec(select(Letter).order_by(col(Letter.id))).all()
        return [row for row in rows if kind in {"", row.kind}]

    def letter(self, kind: str, to: str) -> Letter:
        """The newest letter of a kind to somebody."""
        return [row for row in self.letters(kind) if row.account_id == self.numbers.get(to)][-1]

    def written(self, letter: Letter, language: str = "es") -> EmailMessage | None:
        """A letter as its reader would get it now, in a language."""
        writer = LetterWriter(self.service, all_values(), all_handlers())
        with self.service.database.reading() as session:
            row = None if letter.account_id is None else session.get_one(Account, letter.account_id)
            reader = Reader(
                address=(row.email if row else letter.address) or "",
                language=language,
                name=row.name if row else "",
                account_id=letter.account_id,
                country="CO",
            )
            return writer.write(session, letter, (), reader, now=self.now)

    def said(self, kind: str, to: str, language: str = "es") -> str:
        """Subject and text of a letter that is well written: no gap, no other language, the same in HTML."""
        message = self.written(self.letter(kind, to), language)
        assert message is not None
        text, subject = text_of(message), str(message["Subject"])
        words = re.sub(r"https?://\S+", "", text)
        assert not BRACE.search(words)
        assert not BRACE.search(html_of(message))
        assert "word." not in words
        if language != "en":
            assert not ENGLISH.search(words), words
        return f"{subject}\n{text}"

    def is_cancelled(self, kind: str, to: str) -> bool:
        return self.written(self.letter(kind, to)) is None

    def token(self, kind: str, to: str, place: int = 0) -> str:
        """The signed answer of the button at this place."""
        message = self.written(self.letter(kind, to))
        assert message is not None
        return str(TOKEN.findall(text_of(message))[place])

    def demote(self, name: str) -> None:
        """Let somebody act for no member any more."""
        with self.service.database.transaction() as session:
            mine = select(Representation).where(Representation.account_id == self.numbers[name])
            for row in session.exec(mine).all():
                session.delete(row)

    def sent(self) -> list[EmailMessage]:
        send_letters(self.service)
        return left(self.service)


def scene_of(service: Service) -> Scene:
    """Ana for a city with a challenge, Luís for a firm, Rosa for the secretariat."""
    scene = Scene(service)
    with service.database.transaction() as session:
        for name, label, role in (
            ("city", "Ana", Role.CITY),
            ("firm", "Luís", Role.SUPPLIER),
            ("rosa", "Rosa", Role.SECRETARIAT),
        ):
            row = account(session, f"{name}@lugar.example", role=role)
            row.name = label
            scene.numbers[name] = row.id or 0
        owner = saved_profile(session, acting=scene.acting("city"), name="Sogamoso", kind="local_government")
        firm = saved_profile(session, acting=scene.acting("firm"))
        challenge = saved_challenge(session, acting=scene.acting("city"), owner=owner)
        scene.numbers |= {"owner": owner.id or 0, "profile": firm.id or 0, "challenge": challenge.id or 0}
    return scene


@dataclass(frozen=True)
class Link:
    """A signed link of a letter, as a person follows it."""

    client: TestClient
    token: str

    def open(self) -> Response:
        return self.client.get(f"/v1/answers/{self.token}", headers={"Accept-Language": "es"})

    def confirm(self) -> Response:
        return self.client.post(f"/v1/answers/{self.token}", headers={"Accept-Language": "es"})


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]
