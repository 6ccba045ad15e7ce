"""A conflict is declared, confirmed, and the two meet nowhere any more."""

from dataclasses import dataclass
from typing import Any

import feedparser

from tests.journeys.story import Person, Story

NEED = "encontrar las fugas que no se ven en la red de agua"
OFFER = [{"title": "Fugas", "text": f"Sabemos {NEED}."}]
MENTORING = {"areas": ["energy_environment"], "languages": ["es"], "hours_a_month": 8}
LESSON: dict[str, Any] = {
    "language": "es",
    "title": "Escuchar la red de noche",
    "context": f"Queríamos {NEED}.",
    "tried": "Alquilamos sensores acústicos.",
    "result": "Encontramos fugas que no se ven.",
    "is_failure": False,
    "would_repeat": "yes",
}


@dataclass
class Town:
    """A city and a firm that fit, and another firm that fits as well."""

    ana: Person
    firm: Person
    other: Person
    challenge: int
    alert: int
    feed: str

    def city_meets(self) -> dict[str, bool]:
        """Through which doors the city meets the firm."""
        ana, number, at = self.ana, self.firm.profile, f"/v1/challenges/{self.challenge}"
        matched = ana.matches(self.challenge)
        lists = ana.get(f"{at}/showings").json()["showings"]
        shown = [match for row in lists for match in ana.get(f"/v1/showings/{row['id']}").json()["matches"]]
        return {
            "matches": number in matched,
            "lists shown before": number in [match["profile"]["id"] for match in shown if match["profile"]],
            "mentors": f'"id":{number},' in ana.get(f"{at}/mentors").text,
            "mentors of the city": f'"id":{number},' in ana.get(f"/v1/profiles/{ana.profile}/mentors").text,
            "lessons": LESSON["title"] in ana.get(f"{at}/lessons").text,
            "peers": "El agua de la firma" in ana.get(f"{at}/peers").text,
            "the page": f"/profiles/{number}" in ana.get(f"/es/challenges/{self.challenge}").text,
        }

    def firm_meets(self) -> dict[str, bool]:
        """Through which doors the firm meets the city."""
        firm, at = self.firm, f"/profiles/{self.firm.profile}/opportunities"
        findings = firm.get(f"/v1/alerts/{self.alert}/findings").json()["findings"]
        entries = feedparser.parse(firm.get(self.feed).content).entries
        opportunities = firm.get(f"/v1{at}").json()["opportunities"]
        return {
            "opportunities": self.challenge in [found["challenge"]["id"] for found in opportunities],
            "findings": self.challenge in [found["challenge"]["id"] for found in findings],
            "feed": any(entry.link.endswith(f"/challenges/{self.challenge}") for entry in entries),
            "the page": f"/challenges/{self.challenge}" in firm.get(f"/es{at}").text,
        }


def test_from_a_declaration_to_nowhere(story: Story) -> None:
    town = _town(story)
    assert set(town.city_meets().values()) == {True}
    assert set(town.firm_meets().values()) == {True}
    introduction, mentoring = _asked(town)
    _declared_and_confirmed(story, town)
    assert set(town.city_meets().values()) == {False}
    assert set(town.firm_meets().values()) == {False}
    assert town.other.profile in town.ana.matches(town.challenge)
    _opens_for_nobody(town, introduction, mentoring)
    story.later(days=14)
    _ends_without_a_reason(town, introduction)


def _town(story: Story) -> Town:
    """The firm answers the city's challenge, has one like it, would be its mentor, and told what it learned."""
    ana = story.member("Ana", "ana@sogamoso.example", name="Sogamoso", kind="local_government", offers=[])
    firm = story.member("Luís", "luis@fugas.example", name="Fugas", offers=OFFER, experience=[])
    other = story.member("Zoe", "zoe@otra.example", name="Otra", offers=OFFER, experience=[])
    challenge = ana.post_challenge(needs=[NEED])
    firm.post_challenge(needs=[NEED], title="El agua de la firma")
    firm.put(f"/v1/profiles/{firm.profile}/mentor-offer", MENTORING)
    firm.post("/v1/lessons", LESSON | {"author_id": firm.profile}, status=201)
    alert = int(firm.post("/v1/alerts", {"profile_id": firm.profile, "name": "Agua"}, status=201)["id"])
    feed = firm.post(f"/v1/alerts/{alert}/feed", status=201)["address"].removeprefix("http://alianza.example")
    story.later()
    return Town(ana, firm, other, challenge, alert, feed)


def _proposal(town: Town) -> dict[str, Any]:
    return {"challenge_id": town.challenge, "profile_id": town.firm.profile, "message": "¿Hablamos?"}


def _asked(town: Town) -> tuple[str, str]:
    """The city proposes to talk, and asks for a mentor; both wait for an answer."""
    ana = town.ana
    asked = {"mentor_id": town.firm.profile, "mentee_id": ana.profile, "hours_a_month": 2, "message": "¿Nos ayudan?"}
    introduction = ana.post("/v1/introductions", _proposal(town), status=201)["id"]
    mentoring = ana.post("/v1/mentorings", asked, status=201)["id"]
    return f"/v1/introductions/{introduction}", f"/v1/mentorings/{mentoring}"


def _declared_and_confirmed(story: Story, town: Town) -> None:
    """Ana's brother joins the firm. She says so; the secretariat is told, looks, and confirms."""
    tie = {"with_profile_id": town.firm.profile, "nature": "family"}
    declared = town.ana.post(f"/v1/profiles/{town.ana.profile}/conflicts", tie, status=201)
    assert declared["state"] == "unknown"
    story.later()
    assert story.secretary.letters("conflicto") != []
    [waiting] = story.secretary.get("/v1/conflicts?state=unknown").json()["conflicts"]
    verdict = {"decision": "confirmed", "reason": "Lo dice el registro."}
    story.secretary.post(f"/v1/conflicts/{waiting['id']}/decision", verdict)


def _opens_for_nobody(town: Town, introduction: str, mentoring: str) -> None:
    """Whoever says yes; and what is seen is what is seen of silence."""
    town.firm.put(f"{introduction}/answer", {"answer": "yes"})
    assert [who.get(introduction).json()["state"] for who in (town.ana, town.firm)] == ["waiting"] * 2
    town.firm.browser.put(f"{mentoring}/answer", {"answer": "yes"})
    assert [who.get(f"{mentoring}/contacts").status_code // 100 for who in (town.ana, town.firm)] == [4, 4]
    assert town.ana.refused("post", "/v1/introductions", _proposal(town)) == "introduction_exists"


def _ends_without_a_reason(town: Town, introduction: str) -> None:
    for who in (town.ana, town.firm):
        assert who.get(introduction).json()["state"] == "did_not_come_about"
        assert who.refused("get", f"{introduction}/contacts") == "contacts_not_open"
    assert town.firm.get(f"/v1/profiles/{town.firm.profile}/conflicts").json() == {"conflicts": []}
    assert not any("conflicto" in words for words in town.firm.letters())
