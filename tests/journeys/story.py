"""People who meet through the service: by HTTP, by the letters that they find in the folder, while time passes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx2 import Response

from api.app import create_app
from api.letters.postmen import folder_of
from api.rounds import detect_once, drain_once, erase_once, follow_once, send_once, tend_once
from api.wiring import Service
from matchmaker.accounts.models import Role
from matchmaker.people.appointing import make_first
from matchmaker.people.representing import Invited
from tests.api.letters.conftest import read, text_of
from tests.api.rest.callers import challenge_body, profile_body
from tests.api.rest.signing_in import Browser
from tests.factories import NOW

CODE = re.compile(r"^\D*\b(\d{6,10})\b\D*$", re.MULTILINE)
ANSWER = re.compile(r"http://alianza\.example/\w\w/answers/(\S+)")


@dataclass
class Story:
    """A service whose clock moves when the story says so, with all that it does beside the requests."""

    service: Service
    now: datetime = NOW
    app: FastAPI = field(init=False)
    people: "list[Person]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self.service = replace(self.service, clock=lambda: self.now)
        self.app = create_app(self.service)

    @property
    def folder(self) -> Path:
        """Where letters are left."""
        return folder_of(self.service.settings)

    def later(self, *, days: int = 1) -> None:
        """Let days pass, so that it is morning again, and the service do what it does meanwhile."""
        self.now += timedelta(days=days)
        for work in (drain_once, follow_once, tend_once, detect_once, erase_once, send_once):
            work(self.service)

    def visitor(self) -> Browser:
        """Someone who is not signed in."""
        return Browser(self.app)

    def newcomer(self, name: str, address: str, role: Role = Role.SUPPLIER) -> "Person":
        """Someone who comes to the service, gets an account by the letter, and is signed in."""
        person = Person(self, name, address, self.visitor())
        person.sign_in(name=name, role=role)
        self.people.append(person)
        return person

    def member(self, name: str, address: str, role: Role = Role.SUPPLIER, /, **profile: Any) -> "Person":
        """A newcomer whose agent applies and is admitted."""
        person = self.newcomer(name, address, role)
        person.found_profile(**profile)
        application = person.apply()
        self.secretary.decide(application)
        self.later()
        return person

    @property
    def secretary(self) -> "Person":
        """Rosa."""
        return self.people[0]


@dataclass
class Person:
    """Someone with a browser and a mailbox."""

    story: Story
    name: str
    address: str
    browser: Browser
    profile: int = 0

    def sign_in(self, **more: Any) -> None:
        """Ask for a letter, and type the code that it says."""
        asked = self.browser.ask(self.address, language="es", **more)
        assert asked.status_code == 202, asked.text
        send_once(self.story.service)
        [code] = CODE.findall(self.letters("código")[-1])
        assert self.browser.type_code(code, self.address).status_code == 200

    def get(self, address: str) -> Response:
        """Read, signed in anew where the session has run out meanwhile."""
        return self._back().get(address)

    def post(self, address: str, body: object = None, *, status: int = 200) -> Any:
        """Do something that is taken; what it answers."""
        return _taken(self._back().post(address, body), status)

    def put(self, address: str, body: object, *, status: int = 200) -> Any:
        """Say something that is taken; what it answers."""
        return _taken(self._back().put(address, body), status)

    def refused(self, method: str, address: str, body: object = None) -> str:
        """The code with which something is refused."""
        browser = self._back()
        answer = browser.get(address) if method == "get" else getattr(browser, method)(address, body)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    def found_profile(self, **words: Any) -> int:
        """Write the profile of one's agent."""
        self.profile = int(
            self.post("/v1/profiles", profile_body(**{"email": self.address, **words}), status=201)["id"]
        )
        return self.profile

    def post_challenge(self, **words: Any) -> int:
        """Post a challenge of one's city."""
        return int(self.post("/v1/challenges", challenge_body(self.profile, **words), status=201)["id"])

    def apply(self) -> str:
        """Apply for one's agent; the address of the application."""
        begun = self.post("/v1/applications", {"profile_id": self.profile, "words": "Por el agua"}, status=201)
        address = f"/v1/applications/{begun['id']}"
        assert self.post(f"{address}/submission")["state"] == "submitted"
        return address

    def decide(self, application: str, outcome: str = "admitted", reason: str = "Cuenta lo que hizo") -> None:
        """Decide on an application, as the secretary."""
        decided = self.post(f"{application}/decision", {"outcome": outcome, "reason": reason})
        assert decided["outcome"] == outcome

    def matches(self, challenge: int) -> list[int]:
        """The agents that answer a challenge, as this person sees them."""
        found = self.get(f"/v1/challenges/{challenge}/matches").json()["matches"]
        return [match["profile"]["id"] for match in found]

    def letters(self, about: str = "") -> list[str]:
        """Subjects and texts of the letters that speak of something, oldest first."""
        mine = [message for message in self.mail() if message["To"] and self.address in str(message["To"])]
        said = [f"{message['Subject']}\n{text_of(message)}" for message in mine]
        return [words for words in said if about.lower() in words.lower()]

    def mail(self) -> Sequence[EmailMessage]:
        """All letters in the folder, in the order in which they were left."""
        left = sorted(self.story.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [read(path) for path in left]

    def follow_link(self, about: str, place: int = 0) -> Any:
        """Open a link of the newest letter about something, which does nothing yet, and confirm."""
        token = ANSWER.findall(self.letters(about)[-1])[place]
        asked = self.browser.get(f"/v1/answers/{token}").json()
        assert not asked["is_done"]
        return _taken(self.story.visitor().post(f"/v1/answers/{token}"), 200)

    def _back(self) -> Browser:
        if not self.browser.is_signed_in():
            self.sign_in()
        return self.browser


def begun(service: Service) -> Story:
    """The story of an alliance whose operator has made an administrator, who has appointed Rosa."""
    story = Story(service)
    with story.service.database.transaction() as session:  # what `matchmaker administrator` does
        first = Invited(address="ines@alianza.example", name="Inés", language="es")
        make_first(session, invited=first, role=Role.ADMINISTRATOR, now=story.now)
    ines, rosa = (
        Person(story, name, address, story.visitor())
        for name, address in (("Inés", "ines@alianza.example"), ("Rosa", "rosa@alianza.example"))
    )
    ines.sign_in()
    ines.post("/v1/accounts", {"email": rosa.address, "name": rosa.name, "language": "es", "role": "secretariat"})
    story.later()
    rosa.sign_in()
    story.people.append(rosa)
    return story


def _taken(answer: Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None
