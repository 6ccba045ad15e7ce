"""Who is not admitted, suspended or gone is behind no door: every address is opened before and after, by everyone else.

What the member wrote carries a word of its own, which is sought in every answer, page, feed and letter.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.app import create_app
from api.letters.sending import send_letters
from api.rounds import follow_once
from api.wiring import Service
from matchmaker.accounts.models import Account, ApiToken, Role
from matchmaker.accounts.seals import digest_of
from matchmaker.letters.models import LetterHabits
from tests.api.conftest import NewService
from tests.api.letters.conftest import left
from tests.api.rest.callers import Person, drain, new_challenge, new_profile, person
from tests.databases import Databases

WORD = "zafir"  # in everything that the member says, and in nothing else
NEED = "encontrar las fugas que no se ven en la red de agua"
OFFER = {"areas": ["energy_environment"], "languages": ["es"], "hours_a_month": 20}
LISTS = ("/v1/profiles", "/v1/challenges", "/v1/lessons", "/v1/register", "/es/profiles", "/es/challenges")
TRIED = {
    "language": "es", "title": "Agua", "description": f"Queremos {NEED}.", "needs": [NEED],
    "place": {"name": "Sogamoso", "country": "CO"},
}  # fmt: skip
PAGES = ("/", "/profiles", "/profiles/{profile_id}", "/profiles/{profile_id}/opportunities", "/challenges",
         "/challenges/{challenge_id}", "/alliance")  # fmt: skip


@dataclass
class World:
    """A member that will vanish, a city and a firm that remain, and all that the three have in common."""

    service: Service
    client: TestClient
    member: Person = field(init=False)
    city: Person = field(init=False)
    firm: Person = field(init=False)
    secretary: Person = field(init=False)
    numbers: dict[str, set[int]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.member = self.someone(Role.CITY, "Zafira Peña")
        self.city = self.someone(Role.CITY, "Ana")
        self.firm = self.someone(Role.SUPPLIER, "Luís")
        self.secretary = self.someone(Role.SECRETARIAT, "Rosa")

    def someone(self, role: Role, name: str) -> Person:
        """A person with an address and no quiet hours."""
        made = person(self.client, self.service, role=role, name=name)
        with self.service.database.transaction() as session:
            token = session.exec(select(ApiToken).where(ApiToken.digest == digest_of(made.token))).one()
            first = name.split(maxsplit=1)[0].lower()
            session.get_one(Account, token.account_id).email = f"{first}@buzon-de-{first}.example"
            session.add(LetterHabits(account_id=token.account_id, quiet_from=0, quiet_until=0))
        return made

    def account(self, who: Person) -> int:
        """Their number."""
        return int(who.get("/v1/me").json()["account_id"])

    def made(self, kind: str, number: int) -> int:
        """Remember a number for every address that asks for one of this kind."""
        self.numbers.setdefault(kind, set()).add(number)
        return number

    def posted(self, kind: str, who: Person, address: str, body: object) -> int:
        """The number of what was posted."""
        answer = who.post(address, body)
        assert answer.status_code in {200, 201}, answer.text
        return self.made(kind, int(answer.json()["id"]))

    def allowed(self, answer: Any) -> dict[str, Any]:
        """What was answered."""
        assert answer.status_code in {200, 201}, answer.text
        found: dict[str, Any] = answer.json()
        return found


def profile(world: World, who: Person, **changes: Any) -> int:
    text = f"Sabemos {NEED}" + (", dice Zafirotec." if who is world.member else ".")
    offers = [{"title": "Fugas", "text": text}]
    number = new_profile(who, offers=offers, experience=[], kind="local_government", **changes)
    return world.made("profile_id", number)


def populated(world: World) -> int:
    """Everything in which the member can be met; its number."""
    own = profile(world, world.member, name="Zafirotec", email="zafir@zafirotec.example", summary="Somos Zafirotec.")
    town = profile(world, world.city, name="Sogamoso", email="ana@sogamoso.example", summary="Municipio.")
    firm = profile(world, world.firm, name="Caudales", email="luis@caudales.example", summary="Redes.")
    for who, number in ((world.member, own), (world.city, town), (world.firm, firm)):
        apply(world, who, number, "admitted")
    theirs = world.made("challenge_id", new_challenge(
        world.member, own, title="Zafirar el agua", description=f"Zafirotec quiere {NEED}.", needs=[NEED]))  # fmt: skip
    asked = world.made("challenge_id", new_challenge(world.city, town, description=f"Queremos {NEED}.", needs=[NEED]))
    lesson(world, world.member, own, "Lo que Zafirotec aprendió")
    named = lesson(world, world.city, town, "Escuchar de noche", partner_id=own, challenge_id=theirs)
    world.allowed(world.member.put(f"/v1/lessons/{named}/partner", {}))
    world.allowed(world.member.put(f"/v1/profiles/{own}/mentor-offer", OFFER | {"text": "Zafirotec ayuda"}))
    world.allowed(world.city.put(f"/v1/profiles/{town}/mentor-offer", OFFER))
    request = {"mentor_id": town, "mentee_id": own, "hours_a_month": 2, "message": "Zafirotec pide ayuda"}
    world.posted("mentoring_id", world.member, "/v1/mentorings", request)
    proposal = {"challenge_id": asked, "profile_id": own, "message": "¿Nos ayudan?"}
    world.posted("introduction_id", world.city, "/v1/introductions", proposal)
    proposal = {"challenge_id": theirs, "profile_id": firm, "message": "Zafirotec los busca"}
    world.posted("introduction_id", world.member, "/v1/introductions", proposal)
    alert = world.posted("alert_id", world.firm, "/v1/alerts", {"profile_id": firm, "name": "Agua", "text": NEED})
    feed = world.firm.client.post(f"/v1/alerts/{alert}/feed", headers={"Authorization": f"Bearer {world.firm.token}"})
    world.secrets.add(str(world.allowed(feed)["address"]).rpartition("/")[2].removesuffix(".atom"))
    seat(world, own)
    drain(world.service)
    follow_once(world.service)
    shown(world, asked)
    return own


def lesson(world: World, who: Person, author: int, title: str, **changes: Any) -> int:
    said = {
        "author_id": author, "language": "es", "title": title, "context": "La mitad del agua se perdía.",
        "tried": f"Quisimos {NEED}.", "result": "Tarde.", "is_failure": True, "cost_band": "under_25k",
        "would_repeat": "no", "place": {"name": "Sogamoso", "country": "CO"},
    }  # fmt: skip
    return world.posted("lesson_id", who, "/v1/lessons", said | changes)


def seat(world: World, own: int) -> None:
    """A seat of the founding committee for the member."""
    committee = world.posted("committee_id", world.secretary, "/v1/committees", {"kind": "founding"})
    with world.service.database.transaction() as session:
        session.get_one(Account, world.account(world.member)).role = Role.COMMITTEE
    body = {"profile_id": own, "account_id": world.account(world.member)}
    world.allowed(world.secretary.post(f"/v1/committees/{committee}/seats", body))


def shown(world: World, challenge: int) -> None:
    """Matches that were kept as shown, with the member among them."""
    page = world.client.get(f"/es/challenges/{challenge}")
    assert page.status_code == 200
    found = world.city.get(f"/v1/challenges/{challenge}/matches")
    assert WORD in found.text.lower()
    for showing in world.allowed(world.city.get(f"/v1/challenges/{challenge}/showings"))["showings"]:
        world.made("showing_id", int(showing["id"]))


def apply(world: World, who: Person, number: int, outcome: str) -> None:
    """Hand in an application, and decide on it."""
    application = world.posted("application_id", who, "/v1/applications", {"profile_id": number, "words": ""})
    world.allowed(who.client.post(f"/v1/applications/{application}/submission",
                                  headers={"Authorization": f"Bearer {who.token}"}))  # fmt: skip
    body = {"outcome": outcome, "reason": "Lo acordamos"}
    world.allowed(world.secretary.post(f"/v1/applications/{application}/decision", body))


def suspended(world: World, own: int) -> None:
    world.allowed(world.secretary.post(f"/v1/members/{own}/suspension", {"reason": "Se examina"}))


def withdrawn(world: World, own: int) -> None:
    world.allowed(world.member.post(f"/v1/members/{own}/withdrawal", {"reason": "Nos vamos"}))


def refused(world: World, own: int) -> None:
    """Left, and not admitted again."""
    withdrawn(world, own)
    apply(world, world.member, own, "refused")


def addresses(world: World) -> Iterator[str]:
    """Every address that can be read, of the API and of the pages, with every number that there is."""
    app = world.client.app
    paths = [path for path, acts in app.openapi()["paths"].items() if "get" in acts]  # type: ignore[attr-defined]
    pages = [f"/es{path}" for path in PAGES]
    for path in (*paths, *pages):
        names = [piece.partition("}")[0] for piece in path.split("{")[1:]]
        values = [sorted(world.secrets) if name == "secret" else sorted(world.numbers.get(name, {1})) for name in names]
        for chosen in itertools.product(*values):
            yield path.format(**dict(zip(names, chosen, strict=True)))


def others(world: World) -> dict[str, Person]:
    return {"anyone": Person(world.client), "city": world.city, "firm": world.firm}


def doors(world: World) -> set[tuple[str, str]]:
    """By whom and where the member is met: in answers to reading, and in answers to asking."""
    found = set()
    for name, who in others(world).items():
        for address in addresses(world):
            answer = who.get(address)
            assert answer.status_code < 500, (address, answer.text)
            if WORD in answer.text.lower():
                found.add((name, address))
        for address, body in (("/v1/try", TRIED), ("/v1/needs", {"language": "es", "description": NEED}),
                              ("/v1/areas", {"language": "es", "title": "Agua", "description": NEED})):  # fmt: skip
            answer = who.post(address, body)
            assert answer.status_code < 500, (address, answer.text)
            if WORD in answer.text.lower():
                found.add((name, f"POST {address}"))
    page = world.client.post("/es/try", data={"title": "Agua", "description": f"Queremos {NEED}.", "language": "es"})
    assert page.status_code < 500
    return found | ({("anyone", "POST /es/try")} if WORD in page.text.lower() else set())


def written(world: World) -> list[str]:
    """Letters that speak of the member, but for its own."""
    send_letters(world.service)
    told = [letter for letter in left(world.service) if not str(letter["To"]).startswith("zafira@")]
    texts = [f"{letter['Subject']} {part.get_content()}" for letter in told for part in letter.iter_parts()]
    return [text for text in texts if WORD in text.lower()]


@pytest.fixture
def world(databases: Databases, new_service: NewService) -> Iterator[World]:
    service = new_service(DATABASE_URL=databases.migrated(), public_url="https://alianza.example",
                          letters_from="Alianza <cartas@alianza.example>")  # fmt: skip
    with TestClient(create_app(service), headers={"Accept-Language": "es"}) as client:
        yield World(service, client)


@pytest.mark.parametrize("vanish", [suspended, withdrawn, refused])
def test_a_member_vanishes_from_every_door_with_the_act_itself(
    world: World, vanish: Callable[[World, int], None]
) -> None:
    own = populated(world)
    before = {address for _, address in doors(world)}
    expected = {*LISTS, f"/v1/profiles/{own}", f"/es/profiles/{own}", "POST /v1/try", "POST /es/try", "/v1/mentorings"}
    assert expected <= before
    for piece in ("matches", "peers", "near-duplicates", "mentors", "opportunities", "findings", "showings",
                  "lessons/", "committees", "introductions/", "feeds/", "mentor-offer"):  # fmt: skip
        assert any(piece in address for address in before), piece
    vanish(world, own)
    assert doors(world) == set()  # the index still has it
    assert written(world) == []
    drain(world.service)
    assert doors(world) == set()
    follow_once(world.service)
    assert written(world) == []


def test_letters_speak_of_a_member_that_is_there(world: World) -> None:
    populated(world)
    assert written(world) != []


def test_who_was_never_admitted_is_behind_no_door(databases: Databases, new_service: NewService) -> None:
    service = new_service(DATABASE_URL=databases.migrated(), admission="reviewed")
    with TestClient(create_app(service), headers={"Accept-Language": "es"}) as client:
        world = World(service, client)
        own = profile(world, world.member, name="Zafirotec", email="zafir@zafirotec.example")
        town = profile(world, world.city, name="Sogamoso", email="ana@sogamoso.example")
        apply(world, world.city, town, "admitted")
        world.made("challenge_id", new_challenge(world.city, town, description=f"Queremos {NEED}.", needs=[NEED]))
        world.made("challenge_id", new_challenge(world.member, own, title="Zafirar el agua", needs=[NEED]))
        lesson(world, world.member, own, "Lo que Zafirotec aprendió")
        drain(service)
        assert doors(world) == set()
        assert world.member.get(f"/v1/profiles/{own}").status_code == 200
