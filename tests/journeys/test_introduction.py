"""A city proposes, both say yes, meet, confirm what came of it, and others learn from it."""

from typing import Any

from tests.journeys.story import Person, Story

MESSAGE = "Queremos oír cómo buscarían las fugas en El Carmen."
LESSON: dict[str, Any] = {
    "language": "es",
    "title": "Escuchar la red de noche",
    "context": "Queríamos encontrar las fugas que no se ven y la cuadrilla era de tres personas.",
    "tried": "Alquilamos sensores acústicos por tres meses.",
    "result": "Los sensores llegaron tarde y nadie sabía leerlos.",
    "is_failure": True,
    "would_repeat": "with_changes",
    "names_partner": True,
}


def test_from_a_proposal_to_a_lesson(story: Story) -> None:
    ana = story.member("Ana", "ana@sogamoso.example", name="Sogamoso", kind="local_government", offers=[])
    luis = story.member("Luís", "luis@fugas.example", name="Fugas y Caudales")
    challenge = ana.post_challenge()
    address = _both_agree(story, ana, luis, challenge)
    _each_reads_the_contacts_of_the_other(ana, luis, address)
    _both_say_that_they_met(story, ana, luis, address)
    _both_confirm_what_came_of_it(story, ana, luis, address)
    lesson = _city_tells_what_it_learned(story, ana, luis, address)
    _another_city_learns_from_it(story, lesson)


def _both_agree(story: Story, ana: Person, luis: Person, challenge: int) -> str:
    """The city proposes; the firm reads why, asks something back, and says yes by the link of its letter."""
    proposal = {"challenge_id": challenge, "profile_id": luis.profile, "message": MESSAGE}
    address = f"/v1/introductions/{ana.post('/v1/introductions', proposal, status=201)['id']}"
    story.later()
    [asked] = luis.letters(MESSAGE)
    assert "Encontramos fugas que no se ven" in asked
    assert luis.refused("get", f"{address}/contacts") == "contacts_not_open"
    question = luis.post(f"{address}/questions", {"text": "¿De qué año son las tuberías?"})["questions"][0]
    ana.put(f"{address}/questions/{question['id']}/reply", {"text": "De 1978."})
    story.later()
    assert luis.letters("De 1978.") != []

    assert luis.get(address).json()["state"] == "waiting"
    luis.follow_link(MESSAGE)
    assert [who.get(address).json()["state"] for who in (ana, luis)] == ["open", "open"]
    story.later()
    for who in (ana, luis):
        assert len(who.letters("dijeron que sí")) == 1
    return address


def _each_reads_the_contacts_of_the_other(ana: Person, luis: Person, address: str) -> None:
    """On the page, not in a letter; nobody else, not even the secretariat."""
    for reader, other in ((ana, luis), (luis, ana)):
        assert not any(other.address in words for words in reader.letters())
        contacts = reader.get(f"{address}/contacts").json()
        assert contacts["people"] == [{"name": other.name, "email": other.address}]
    assert ana.story.secretary.refused("get", f"{address}/contacts") == "only_representatives"


def _both_say_that_they_met(story: Story, ana: Person, luis: Person, address: str) -> None:
    story.later(days=14)
    for who in (ana, luis):
        who.follow_link("¿Se reuni")
    assert ana.get(address).json()["meeting"]["result"] == "met"


def _both_confirm_what_came_of_it(story: Story, ana: Person, luis: Person, address: str) -> None:
    """A pilot says the firm, a lesson says the city; the firm thinks again. Only then it counts."""
    story.later(days=17)
    pilot, lesson = ({"days": 30, "outcome": outcome} for outcome in ("pilot", "lesson"))
    luis.put(f"{address}/outcome", pilot)
    assert ana.put(f"{address}/outcome", lesson)["confirmed"] == {}
    assert story.secretary.get("/v1/introductions/figures").json()["succeeded"] == 0
    assert luis.put(f"{address}/outcome", lesson)["confirmed"] == {"30": "lesson"}
    assert story.secretary.get("/v1/introductions/figures").json()["succeeded"] == 1


def _city_tells_what_it_learned(story: Story, ana: Person, luis: Person, address: str) -> int:
    """It is asked by letter, and names the firm; whose name nobody reads before the firm agrees."""
    story.later()
    [asked] = ana.letters("¿Qué aprendió con Fugas y Caudales?")
    assert "Una lección" in asked
    lesson = int(ana.post(f"{address}/lesson", LESSON, status=201)["id"])
    stranger = story.visitor()
    told = stranger.get(f"/v1/lessons/{lesson}").json()
    assert (told["origin"], told["is_failure"], told["partner"]) == ("outcome", True, None)
    story.later()
    luis.follow_link("¿Puede nombrarse a Fugas y Caudales en una lección?")
    assert stranger.get(f"/v1/lessons/{lesson}").json()["partner"]["name"] == "Fugas y Caudales"
    return lesson


def _another_city_learns_from_it(story: Story, lesson: int) -> None:
    zoe = story.member("Zoe", "zoe@curitiba.example", name="Curitiba", kind="local_government", offers=[])
    challenge = zoe.post_challenge(title="Fugas en la red")
    story.later()
    found = zoe.get(f"/v1/challenges/{challenge}/lessons").json()["lessons"]
    assert [one["lesson"]["id"] for one in found] == [lesson]
