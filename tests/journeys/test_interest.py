"""A supplier's alert finds a challenge, the supplier proposes itself, and the city says no with a reason."""

from tests.journeys.story import Person, Story

MESSAGE = "Buscamos fugas con micrófonos desde hace doce años."
PRIVATE_WORDS = "No nos convencen sus plazos, zarigüeya."


def test_from_an_alert_to_a_no_that_hurts_nobody(story: Story) -> None:
    luis = story.member("Luís", "luis@fugas.example", name="Fugas y Caudales")
    alert = luis.post("/v1/alerts", {"profile_id": luis.profile, "name": "Agua", "frequency": "daily"}, status=201)
    ana = story.member("Ana", "ana@sogamoso.example", name="Sogamoso", kind="local_government", offers=[])
    ana.put(f"/v1/profiles/{ana.profile}/asking-policy", {"kinds": ["company"], "per_week": 2})

    # The city posts what it needs; the next morning Luís reads of it, with the sentences that say why.
    challenge = ana.post_challenge()
    story.later()
    [digest] = luis.letters("La mitad del agua se pierde")
    assert "Encontramos fugas que no se ven" in digest
    assert "ni preferencia ni adjudicación" in digest or "no es preferencia" in digest
    [found] = luis.get(f"/v1/alerts/{alert['id']}/findings").json()["findings"]
    assert found["challenge"]["id"] == challenge

    # He proposes himself; the city reads his message beside the same reasons that he read.
    proposal = {"challenge_id": challenge, "profile_id": luis.profile, "message": MESSAGE}
    address = f"/v1/introductions/{luis.post('/v1/introductions', proposal, status=201)['id']}"
    assert luis.get(address).json()["reasons"] == ana.get(address).json()["reasons"]
    assert "Encontramos fugas que no se ven" in str(ana.get(address).json()["reasons"])
    story.later()
    [asked] = ana.letters(MESSAGE)
    assert "Encontramos fugas que no se ven" in asked

    _no_is_kept_to_herself(luis, ana, address)
    story.later(days=14)
    _end_says_neither_who_nor_why(story, luis, address)


def _no_is_kept_to_herself(luis: Person, ana: Person, address: str) -> None:
    """She says no, and why, for herself and the secretariat. To him nothing changes."""
    before = luis.get(address).text
    said = ana.put(f"{address}/answer", {"answer": "no", "reason": "already_served", "words": PRIVATE_WORDS})
    assert [(each["answer"], each["reason"]) for each in said["answers"]] == [("no", "already_served")]
    assert luis.get(address).text == before
    assert luis.refused("get", f"{address}/contacts") == "contacts_not_open"


def _end_says_neither_who_nor_why(story: Story, luis: Person, address: str) -> None:
    """On the day that was set at the beginning it did not come about."""
    told = luis.get(address)
    assert told.json()["state"] == "did_not_come_about"
    [closed] = luis.letters("quedó cerrada")
    for words in (told.text, closed):
        assert "zarigüeya" not in words
        assert "already_served" not in words
    assert PRIVATE_WORDS in story.secretary.get(address).text
    figures = story.secretary.get("/v1/introductions/figures").json()
    assert (figures["proposed"], figures["opened"], figures["succeeded"]) == (1, 0, 0)
