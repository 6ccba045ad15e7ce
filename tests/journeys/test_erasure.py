"""Someone asks to be erased, and nothing is left: in no table, index, cache, letter or page."""

from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from tests.journeys.story import Person, Story

WORD = "zarzaquemada"
TRACE = "zarzaquem"  # what a stemmer leaves of it
NEED = "encontrar las fugas que no se ven en la red de agua"
LESSON: dict[str, Any] = {
    "language": "es",
    "title": f"Escuchar de noche {WORD}",
    "context": f"Queríamos {NEED} {WORD}.",
    "tried": f"Alquilamos sensores {WORD}.",
    "result": f"Llegaron tarde {WORD}.",
    "is_failure": True,
    "would_repeat": "no",
}


def test_from_a_request_to_nothing(story: Story) -> None:
    ana = story.member("Ana", "ana@sogamoso.example", name="Sogamoso", kind="local_government", offers=[])
    ana.put(f"/v1/profiles/{ana.profile}/asking-policy", {"kinds": ["company"], "per_week": 2})
    challenge = ana.post_challenge(needs=[NEED])
    luis = _leaves_words_everywhere(story, ana, challenge)
    assert {"letters", "index"} <= _stores_with_the_word(story)
    assert {"account", "profile", "offer", "lesson", "alert", "introduction"} <= _tables_with_the_word(story)

    asked = [_asks_to_be_erased(luis, "profile", luis.profile)]
    _is_blocked_at_once(story, ana, luis, challenge)
    asked.append(_asks_to_be_erased(luis, "account", luis.get("/v1/me").json()["account_id"]))
    assert luis.browser.get("/v1/me").status_code == 401

    story.later(days=6)
    assert (
        luis.letters("Sus datos fueron borrados") != []
    )  # the last letter tells that it is done, and goes with its address
    story.later(days=2)
    assert [story.secretary.get(request).json()["state"] for request in asked] == ["done", "done"]
    _nothing_is_left(story, ana, luis, challenge)


def _leaves_words_everywhere(story: Story, ana: Person, challenge: int) -> Person:
    """Luís writes of himself wherever one can, and much of it leaves by letter."""
    luis = story.member(
        f"Luís {WORD}", f"luis@{WORD}.example", name=f"Fugas {WORD}", summary=f"Somos {WORD}.", experience=[],
        offers=[{"title": f"Fugas {WORD}", "text": f"Sabemos {NEED}, {WORD}."}],
    )  # fmt: skip
    luis.post_challenge(title=f"Otro reto {WORD}", needs=[f"Contar gotas {WORD}"])
    luis.post("/v1/lessons", LESSON | {"author_id": luis.profile}, status=201)
    alert = {"profile_id": luis.profile, "name": f"Agua {WORD}", "text": f"{NEED} {WORD}"}
    luis.post("/v1/alerts", alert, status=201)
    proposal = {"challenge_id": challenge, "profile_id": luis.profile, "message": f"Aquí estamos, {WORD}."}
    address = f"/v1/introductions/{luis.post('/v1/introductions', proposal, status=201)['id']}"
    story.later()
    assert ana.letters(f"Aquí estamos, {WORD}.") != []
    ana.post(f"{address}/questions", {"text": "¿Desde cuándo?"})
    luis.put(f"{address}/questions/1/reply", {"text": f"Desde siempre, {WORD}."})
    assert luis.profile in ana.matches(challenge)
    story.later()
    assert luis.letters() != []
    return luis


def _asks_to_be_erased(luis: Person, subject: str, number: int) -> str:
    body = {"right": "erase", "subject": subject, "subject_id": number, "words": f"Bórrenme {WORD}"}
    return f"/v1/rights/requests/{luis.post('/v1/rights/requests', body, status=201)['id']}"


def _is_blocked_at_once(story: Story, ana: Person, luis: Person, challenge: int) -> None:
    assert story.visitor().get(f"/v1/profiles/{luis.profile}").status_code == 404
    assert luis.profile not in ana.matches(challenge)
    assert WORD not in story.visitor().get("/v1/challenges").text


def _nothing_is_left(story: Story, ana: Person, luis: Person, challenge: int) -> None:
    assert _tables_with_the_word(story) == set()
    assert _stores_with_the_word(story) == set()
    assert luis.profile not in ana.matches(challenge)
    for address in (
        "/v1/lessons",
        "/v1/challenges",
        "/v1/register",
        "/v1/introductions",
        f"/v1/challenges/{challenge}/lessons",
    ):
        assert WORD not in ana.get(address).text
    assert story.secretary.get(f"/v1/profiles/{luis.profile}").status_code == 404
    assert story.visitor().ask(luis.address).status_code == 202  # as for any address that has no account


def _tables_with_the_word(story: Story) -> set[str]:
    found = set()
    with story.service.database.reading() as session:
        for table in SQLModel.metadata.sorted_tables:
            if any(TRACE in str(tuple(row)).lower() for row in session.connection().execute(table.select())):
                found.add(table.name)
    return found


def _stores_with_the_word(story: Story) -> set[str]:
    """The folders of the service that hold the word in any byte, and the file of the database where it is one."""
    home = story.service.settings.var_directory
    url = story.service.settings.database_url
    paths = [path for path in home.rglob("*") if path.is_file()]
    found = {path.relative_to(home).parts[0] for path in paths if TRACE.encode() in path.read_bytes().lower()}
    if url.startswith("sqlite:///"):
        files = Path(url.removeprefix("sqlite:///")).parent.glob(f"{Path(url).name}*")
        found |= {path.name for path in files if TRACE.encode() in path.read_bytes().lower()}
    return found
