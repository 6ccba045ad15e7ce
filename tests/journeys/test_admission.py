"""An agent applies, is admitted, and is found."""

from tests.journeys.story import Story

NAME = "Fugas y Caudales"


def test_from_an_application_to_the_first_match(story: Story) -> None:
    town = story.member("Ana", "ana@sogamoso.example", name="Sogamoso", kind="local_government", offers=[])
    challenge = town.post_challenge()

    # Luís writes what his firm does; nobody finds it yet.
    luis = story.newcomer("Luís", "luis@fugas.example")
    firm = luis.found_profile(name=NAME)
    story.later()
    stranger = story.visitor()
    assert stranger.get(f"/v1/profiles/{firm}").status_code == 404
    assert firm not in town.matches(challenge)
    assert luis.get(f"/v1/profiles/{firm}").json()["visibility"] == "hidden"

    # He applies; the secretariat hears of it and decides with a reason; he is told by letter.
    application = luis.apply()
    assert firm not in town.matches(challenge)
    [waiting] = story.secretary.get("/v1/applications").json()["applications"][-1:]
    assert f"/v1/applications/{waiting['id']}" == application
    story.secretary.decide(application, reason="Encontró fugas en doce municipios.")
    story.later()
    [told] = luis.letters("Hay una decisión sobre la solicitud de Fugas y Caudales")
    assert "Decisión: se admite" in told
    assert "Motivos: Encontró fugas en doce municipios." in told

    # From then on he is found: by the city whose need he answers, word for word, and by anyone.
    assert firm in town.matches(challenge)
    [match] = [
        match
        for match in town.get(f"/v1/challenges/{challenge}/matches").json()["matches"]
        if match["profile"]["id"] == firm
    ]
    assert match["answers"][0]["quotation"]["text"] == "Encontramos fugas que no se ven y marcamos dónde excavar."
    assert stranger.get(f"/v1/profiles/{firm}").json()["name"] == NAME
    assert NAME in [row["name"] for row in stranger.get("/v1/register").json()["members"]]
    found = stranger.get(f"/v1/profiles/{firm}/opportunities").json()["opportunities"]
    assert [opportunity["challenge"]["id"] for opportunity in found] == [challenge]
